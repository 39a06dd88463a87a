using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Places;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Tests.Places;

/// <summary>A district of two streets, one of which a functional zone runs.</summary>
public class PlaceDirectoryTests
{
    private static readonly AreaDivisions Divisions = new(
    [
        new("51", "city", AreaKind.City), new("d1", "district", AreaKind.Jurisdiction, "51"),
        new("s1", "old street", AreaKind.Street, "d1"), new("s2", "new street", AreaKind.Street, "d1"), new("c2", "community", AreaKind.Community, "s2"),
    ]);

    private static readonly ManagementAreas Management = new([new("zone", "functional zone", "51", [new("s2", "new street")])]);

    private static readonly TeamDirectory Teams = new(
        [new("tech", "tech", TeamKind.TechGrid), new("grid-d", "grid of the district", TeamKind.CommunityGrid), new("grid-z", "grid of the zone", TeamKind.CommunityGrid)],
        [new("51", "tech"), new("d1", "grid-d"), new("zone", "grid-z")]);

    private static readonly IReadOnlyList<AreaRow> Areas = Build(Divisions, Management);

    [Fact]
    public void A_path_follows_who_runs_an_area_and_its_district_how_it_is_coded()
    {
        var community = Areas.Single(area => area.Code == "c2");

        (community.Path, community.JurisdictionName, community.DistrictName, community.DistrictCode).ShouldBe(("51/zone/s2/c2/", "functional zone", "district", "d1"));
        Areas.Single(area => area.Code == "zone").DistrictCode.ShouldBe("");
    }

    [Fact]
    public void An_overlay_that_does_not_fit_the_divisions_is_refused()
    {
        Problems(Divisions, new([new("zone", "zone", "51", [new("s9", "nowhere")])])).ShouldBe(["/jurisdictions/0/runs/0/code"]);
        Problems(Divisions, new([new("zone", "zone", "51", [new("s2", "another name")])])).ShouldBe(["/jurisdictions/0/runs/0/name"]);
        Problems(Divisions, new([new("z1", "one", "51", [new("s2", "new street")]), new("z2", "two", "51", [new("s2", "new street")])])).ShouldBe(["/jurisdictions/1/runs/0/code"]);
        Problems(new([.. Divisions.Areas, new("s1", "again", AreaKind.Street, "d1")]), Management).ShouldBe(["/areas/5/code"]);
        Problems(new([.. Divisions.Areas, new("lost", "lost", AreaKind.Street, "nobody")]), Management).ShouldHaveSingleItem().ShouldEndWith("/parent");
        Problems(new([.. Divisions.Areas, new("x", "x", AreaKind.Street, "y"), new("y", "y", AreaKind.Street, "x")]), Management).Count.ShouldBe(2);
    }

    [Fact]
    public void A_code_has_the_owners_of_who_runs_it_in_both_grids()
    {
        var found = Directory().ByCode("c2").ShouldNotBeNull();

        found.By.ShouldBe(PlaceBasis.AreaCode);
        found.Area.Owners.Single(owner => owner.Grid == Grid.Technical).Team!.Id.ShouldBe("tech");
        found.Area.Owners.Single(owner => owner.Kind == TeamKind.CommunityGrid).Team!.Id.ShouldBe("grid-z");
        found.Area.Owners.Single(owner => owner.Kind == TeamKind.Enforcement).Team.ShouldBeNull();
    }

    [Fact]
    public void A_position_in_a_district_says_that_a_zone_may_run_the_spot()
    {
        var found = Directory(Box("d1", 0, 2)).ByPosition(new(1.5, 1.5)).ShouldNotBeNull();

        (found.Area.Area.Code, found.By).ShouldBe(("d1", PlaceBasis.Outline));
        found.Area.Others.Select(zone => zone.Code).ShouldBe(["zone"]);
    }

    [Fact]
    public void The_closest_outline_counts_and_a_zone_before_the_district_that_it_lies_over()
    {
        var directory = Directory(Box("d1", 0, 2), Box("zone", 1, 4), Box("s2", 1, 1.5));

        directory.ByPosition(new(0.5, 0.5))!.Area.Area.Code.ShouldBe("d1");
        directory.ByPosition(new(1.8, 1.8))!.Area.Area.Code.ShouldBe("zone");
        directory.ByPosition(new(1.2, 1.2))!.Area.Area.Code.ShouldBe("s2");
        directory.ByPosition(new(9, 9)).ShouldBeNull();
    }

    [Theory]
    [InlineData("s2", 0.5, "s2", PlaceBasis.Subject)]
    [InlineData("d1", 5.5, "d2", PlaceBasis.Outline)]
    [InlineData("gone", 0.5, "d1", PlaceBasis.Outline)]
    [InlineData("s1", 99.0, "s1", PlaceBasis.Subject)]
    public void The_area_of_a_subject_counts_while_its_position_does_not_know_better(string areaCode, double at, string expected, PlaceBasis by)
    {
        var areas = Build(new([.. Divisions.Areas, new("d2", "other district", AreaKind.Jurisdiction, "51")]), Management);
        var directory = new PlaceDirectory(areas, Teams, [Box("d1", 0, 2), Box("d2", 5, 6)], new());
        var subject = new SubjectRow { Key = "k", Name = "k", Category = "site", Longitude = at, Latitude = Math.Min(at, 80), Datum = Datum.Cgcs2000, AreaCode = areaCode, ImportedAt = default };

        var found = directory.BySubject(subject).ShouldNotBeNull();

        (found.Area.Area.Code, found.By).ShouldBe((expected, by));
    }

    [Fact]
    public void Every_area_has_one_owner_or_the_proof_names_it()
    {
        GridCover[] covers = [new(TeamKind.TechGrid, "51", "tech"), new(TeamKind.CommunityGrid, "zone", "b"), new(TeamKind.CommunityGrid, "zone", "a"), new(TeamKind.CommunityGrid, "s1", "c")];

        var proof = OwnershipProof.Of(Areas, covers);

        proof.Holds.ShouldBeFalse();
        proof.Kinds.Single(kind => kind.Kind == TeamKind.TechGrid).ShouldBe(new(TeamKind.TechGrid, null, 5, 5));
        proof.Kinds.Single(kind => kind.Kind == TeamKind.CommunityGrid).Owned.ShouldBe(1);
        var overlap = proof.Overlaps.ShouldHaveSingleItem();
        (overlap.Area.Code, overlap.Areas, string.Join(',', overlap.TeamIds)).ShouldBe(("zone", 3, "a,b"));
        proof.Gaps.Where(gap => gap.Kind == TeamKind.CommunityGrid).Select(gap => (gap.Area.Code, gap.Areas)).ShouldBe([("d1", 1)]);
        proof.Gaps.Where(gap => gap.Kind == TeamKind.Inspection).Select(gap => (gap.Area.Code, gap.Areas)).ShouldBe([("d1", 2), ("zone", 3)]);
    }

    [Fact]
    public void An_owner_of_the_day_leaves_a_gap_at_night()
    {
        var covers = Enum.GetValues<TeamKind>().Select(kind => new GridCover(kind, "51", $"{kind}", kind == TeamKind.Enforcement ? "day" : null)).Append(new(TeamKind.Inspection, "s1", "night-patrol", "night")).ToList();

        var proof = OwnershipProof.Of(Areas, covers);

        proof.Overlaps.ShouldBeEmpty();
        proof.Gaps.Select(gap => (gap.Kind, gap.Shift, gap.Area.Code)).ShouldBe([(TeamKind.Enforcement, "night", "d1"), (TeamKind.Enforcement, "night", "zone")]);
        OwnershipProof.Of(Areas, [.. covers, new(TeamKind.Enforcement, "51", "night-duty", "night")]).Holds.ShouldBeTrue();
    }

    private static PlaceDirectory Directory(params Outline[] outlines) => new(Areas, Teams, outlines, new());

    private static IReadOnlyList<AreaRow> Build(AreaDivisions divisions, ManagementAreas management)
    {
        var problems = new List<ValueProblem>();
        var rows = AreaTree.Build(divisions, management, problems);
        problems.ShouldBeEmpty();
        return rows;
    }

    private static List<string> Problems(AreaDivisions divisions, ManagementAreas management)
    {
        var problems = new List<ValueProblem>();
        AreaTree.Build(divisions, management, problems);
        return problems.ConvertAll(problem => problem.Pointer);
    }

    private static Outline Box(string code, double from, double to)
    {
        var json = string.Create(System.Globalization.CultureInfo.InvariantCulture, $$$"""{"type":"FeatureCollection","features":[{"properties":{"code":"{{{code}}}"},"geometry":{"type":"Polygon","coordinates":[[[{{{from}}},{{{from}}}],[{{{to}}},{{{from}}}],[{{{to}}},{{{to}}}],[{{{from}}},{{{to}}}],[{{{from}}},{{{from}}}]]]}}]}""");
        return OutlineReader.Read(JsonElement.Parse(json), null, out _).ShouldHaveSingleItem();
    }
}
