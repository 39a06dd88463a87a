using FsCheck.Fluent;
using Workflow.Engine.Places;
using Workflow.Engine.Tests.Clocks;
using Xunit.Abstractions;

namespace Workflow.Engine.Tests.Places;

public class DatumConversionTests(ITestOutputHelper output)
{
    /// <summary>Degrees: a millimetre.</summary>
    private const double Millimetre = 1e-8;

    /// <summary>The vectors with which eviltransform tests itself.</summary>
    [Theory]
    [InlineData(121.5272106, 31.1774276, 121.531541859215, 31.17530398364597)]
    [InlineData(113.912316, 22.543847, 113.9171764808363, 22.540796131694766)]
    [InlineData(116.377817, 39.911954, 116.38404722455657, 39.91334545536069)]
    public void The_published_places_come_out_in_both_directions(double longitude, double latitude, double shiftedLongitude, double shiftedLatitude)
    {
        ShouldBeAt(DatumConversion.Convert(new(longitude, latitude), Datum.Gcj02), shiftedLongitude, shiftedLatitude, Millimetre);
        ShouldBeAt(DatumConversion.Convert(new(shiftedLongitude, shiftedLatitude, Datum.Gcj02), Datum.Wgs84), longitude, latitude, Millimetre);
    }

    /// <summary>The example with which coordtransform explains itself.</summary>
    [Fact]
    public void Baidus_place_comes_out_in_both_directions()
    {
        ShouldBeAt(DatumConversion.Convert(new(116.404, 39.915, Datum.Gcj02), Datum.Bd09), 116.41036949371029, 39.92133699351021, Millimetre);
        ShouldBeAt(DatumConversion.Convert(new(116.41036949371029, 39.92133699351021, Datum.Bd09), Datum.Gcj02), 116.404, 39.915, Millimetre);
    }

    [Fact]
    public void In_Chengdu_the_shift_is_some_hundred_metres_to_the_south_east()
    {
        var shifted = DatumConversion.Convert(new(104.0657, 30.6574), Datum.Gcj02);

        (shifted.Longitude - 104.0657).ShouldBeInRange(0.002, 0.003);
        (shifted.Latitude - 30.6574).ShouldBeInRange(-0.003, -0.002);
    }

    [Fact]
    public void Outside_of_China_nothing_is_shifted() => ShouldBeAt(DatumConversion.Convert(new(-104.990300, 39.739200), Datum.Gcj02), -104.990300, 39.739200, Millimetre);

    [Fact]
    public void There_and_back_is_where_one_was()
    {
        var anywhere = from longitude in Gen.Choose(75_000_000, 133_000_000) from latitude in Gen.Choose(5_000_000, 53_000_000) select new Position(longitude / 1e6, latitude / 1e6);

        output.Check(20_000, anywhere, at =>
        {
            foreach (var datum in Enum.GetValues<Datum>())
                ShouldBeAt(DatumConversion.Convert(DatumConversion.Convert(at, datum), Datum.Wgs84), at.Longitude, at.Latitude, Millimetre);
        });
    }

    private static void ShouldBeAt(Position position, double longitude, double latitude, double tolerance)
    {
        position.Longitude.ShouldBe(longitude, tolerance);
        position.Latitude.ShouldBe(latitude, tolerance);
    }
}
