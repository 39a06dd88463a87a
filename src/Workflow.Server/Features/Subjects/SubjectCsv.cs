using System.Globalization;
using Workflow.Engine.Places;

namespace Workflow.Server.Features.Subjects;

/// <summary>Subjects as CSV.</summary>
internal static class SubjectCsv
{
    private const string Longitude = "longitude", Latitude = "latitude", DatumColumn = "datum", AreaCode = "areaCode";

    private static readonly string[] Needed = ["key", "name", "category"];

    private static readonly string[] Columns = [.. Needed, Longitude, Latitude, DatumColumn, AreaCode];

    public static IEnumerable<SubjectLine> Read(string text, int most, RowProblems problems) =>
        CsvTable.Read(text, Needed, Columns, most, problems).Select(row => ReadRow(row, problems)).OfType<SubjectLine>();

    public static Task WriteAsync(IAsyncEnumerable<SubjectRecord> subjects, Stream to, CancellationToken cancel) => CsvTable.WriteAsync(Columns, subjects.Select(FieldsOf), to, cancel);

    private static IEnumerable<string?> FieldsOf(SubjectRecord subject)
    {
        var at = subject.Position;
        return
        [
            subject.Key, subject.Name, subject.Category, at?.Longitude.ToString(CultureInfo.InvariantCulture), at?.Latitude.ToString(CultureInfo.InvariantCulture),
            at is null ? null : DatumName.Of(at.Datum), subject.AreaCode,
        ];
    }

    private static SubjectLine? ReadRow(CsvRow row, RowProblems problems)
    {
        var before = problems.Total;
        double? Number(string column, string range)
        {
            if (row.Field(column) is not { } text) return null;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
            problems.Add($"/rows/{row.Number}/{column}", $"a number of {range}", $"'{text}'");
            return null;
        }

        var (longitude, latitude) = (Number(Longitude, Position.LongitudeRange), Number(Latitude, Position.LatitudeRange));
        if (problems.Total == before && longitude is null != latitude is null)
            problems.Add($"/rows/{row.Number}/{(longitude is null ? Longitude : Latitude)}", "longitude and latitude together", "nothing");
        var datum = row.Field(DatumColumn) is { } name ? DatumName.Read(name) : Datum.Wgs84;
        if (datum is null) problems.Add($"/rows/{row.Number}/{DatumColumn}", DatumName.All, $"'{row.Field(DatumColumn)}'");
        if (problems.Total > before) return null;
        var position = longitude is { } east && latitude is { } north ? new Position(east, north, datum!.Value) : null;
        return new(
            new(row.Field("key") ?? "", row.Field("name") ?? "", row.Field("category") ?? "", position, row.Field(AreaCode)),
            column => $"/rows/{row.Number}{(column == "position" ? "" : $"/{column}")}");
    }
}
