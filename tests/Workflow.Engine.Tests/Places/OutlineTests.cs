using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Places;

namespace Workflow.Engine.Tests.Places;

public class OutlineTests
{
    private const string Square = "[[0,0],[1,0],[1,1],[0,1],[0,0]]";

    [Fact]
    public void An_outline_holds_what_is_inside_and_not_what_is_in_its_hole()
    {
        var index = Index(Read($$"""{"type":"Polygon","coordinates":[{{Square}},[[0.4,0.4],[0.6,0.4],[0.6,0.6],[0.4,0.6],[0.4,0.4]]]}"""));

        index.Find(0.2, 0.2).ShouldBe(("a", 0));
        index.Find(0.5, 0.5).ShouldBeNull();
        index.Find(1.5, 0.5).ShouldBeNull();
    }

    [Fact]
    public void A_ring_that_crosses_itself_is_repaired_and_one_without_surface_is_left_out()
    {
        var crossing = Read("""{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}""");
        var collapsed = Read($$"""{"type":"MultiPolygon","coordinates":[[{{Square}}],[[[3,3],[3.1,3],[3,3]]]]}""");

        crossing.Shape.IsValid.ShouldBeTrue();
        crossing.Change.ShouldNotBeNull();
        Index(crossing).Find(0.5, 0.1).ShouldBeNull();
        Index(crossing).Find(0.9, 0.5).ShouldBe(("a", 0));
        collapsed.Change.ShouldBe(0);
        Index(collapsed).Find(0.5, 0.5).ShouldBe(("a", 0));
    }

    [Fact]
    public void An_outline_is_the_same_after_it_was_stored()
    {
        var outline = Read($$"""{"type":"Polygon","coordinates":[{{Square}}]}""");

        Outline.Read("a", outline.Write(), null).Shape.EqualsExact(outline.Shape).ShouldBeTrue();
    }

    [Fact]
    public void Of_outlines_that_overlap_the_first_counts_and_outside_of_all_the_nearest_within_the_margin()
    {
        var index = new OutlineIndex([Read($$"""{"type":"Polygon","coordinates":[{{Square}}]}""", "first"), Read("""{"type":"Polygon","coordinates":[[[0.5,0],[2,0],[2,1],[0.5,1],[0.5,0]]]}""", "second")], 100);

        index.Find(0.7, 0.5).ShouldBe(("first", 0));
        index.Find(1.5, 0.5).ShouldBe(("second", 0));
        var near = index.Find(2.0005, 0.5).ShouldNotBeNull();
        near.AreaCode.ShouldBe("second");
        near.Metres.ShouldBe(55.7, 0.5);
        index.Find(2.002, 0.5).ShouldBeNull();
    }

    [Fact]
    public void Coordinates_of_another_datum_are_led_to_WGS_84()
    {
        var outline = OutlineReader.Read(Collection("""{"type":"Polygon","coordinates":[[[104,30],[104.1,30],[104.1,30.1],[104,30.1],[104,30]]]}""", "\"datum\":\"GCJ-02\","), null, out var problems).ShouldHaveSingleItem();

        problems.ShouldBeEmpty();
        var corner = DatumConversion.Convert(new(104, 30, Datum.Gcj02), Datum.Wgs84);
        (outline.Shape.Coordinate.X, outline.Shape.Coordinate.Y).ShouldBe((corner.Longitude, corner.Latitude));
    }

    [Theory]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}""", "/features/0/geometry/coordinates/0", "a ring that ends where it begins")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,"0"],[1,1],[0,0]]]}""", "/features/0/geometry/coordinates/0/1", "[longitude, latitude]")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[200,0],[1,1],[0,0]]]}""", "/features/0/geometry/coordinates/0/1", "[longitude, latitude]")]
    [InlineData("""{"type":"Polygon","coordinates":[]}""", "/features/0/geometry/coordinates", "a list of at least one ring")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}""", "/features/0/geometry", "polygons that cover something")]
    [InlineData("""{"type":"Point","coordinates":[0,0]}""", "/features/0/geometry", "a Polygon or a MultiPolygon")]
    [InlineData("null", "/features/0/geometry", "a Polygon or a MultiPolygon")]
    public void Rubbish_is_named_with_its_place(string geometry, string pointer, string expected)
    {
        OutlineReader.Read(Collection(geometry), null, out var problems);

        var problem = problems.ShouldHaveSingleItem();
        problem.Pointer.ShouldBe(pointer);
        problem.Expected.ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""{"type":"FeatureCollection","datum":"Mars","features":[]}""", "/datum")]
    [InlineData("""{"type":"FeatureCollection","datum":4,"features":[]}""", "/datum")]
    public void What_is_no_collection_is_refused_as_a_whole(string json, string pointer)
    {
        OutlineReader.Read(JsonElement.Parse(json), null, out var problems).ShouldBeEmpty();

        problems.ShouldHaveSingleItem().Pointer.ShouldBe(pointer);
    }

    private static OutlineIndex Index(Outline outline) => new([outline], 0);

    private static Outline Read(string geometry, string code = "a")
    {
        var outlines = OutlineReader.Read(Collection(geometry, code: code), null, out var problems);
        problems.ShouldBe(Array.Empty<ValueProblem>());
        return outlines.ShouldHaveSingleItem();
    }

    private static JsonElement Collection(string geometry, string more = "", string code = "a") =>
        JsonElement.Parse($$"""{"type":"FeatureCollection",{{more}}"features":[{"type":"Feature","properties":{"code":"{{code}}"},"geometry":{{geometry}}}]}""");
}
