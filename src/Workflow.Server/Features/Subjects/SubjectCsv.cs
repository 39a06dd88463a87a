using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Workflow.Engine.Places;

namespace Workflow.Server.Features.Subjects;

/// <summary>Subjects as CSV (RFC 4180, UTF-8, a header with the names of the columns in any order).</summary>
internal static class SubjectCsv
{
    private const string Longitude = "longitude", Latitude = "latitude", DatumColumn = "datum", AreaCode = "areaCode";

    private static readonly string[] Needed = ["key", "name", "category"];

    private static readonly string[] Columns = [.. Needed, Longitude, Latitude, DatumColumn, AreaCode];

    public static IEnumerable<SubjectLine> Read(string text, int most, RowProblems problems)
    {
        var broken = false;
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            MaxFieldSize = 10_000,
            BadDataFound = bad =>
            {
                broken = true;
                problems.Add($"/rows/{bad.Context.Parser!.RawRow}", "fields as RFC 4180 writes them: quoted whole, quotes inside doubled", "a quote within a field");
            },
        });
        if (!Next(parser, problems)) yield break;
        var header = parser.Record!.Select(name => name.Trim()).ToList();
        if (!CheckHeader(header, problems)) yield break;
        for (var count = 1; Next(parser, problems); count++)
        {
            if (count > most) problems.Add($"/rows/{parser.RawRow}", $"at most {most} rows", "more");
            if (count > most) yield break;
            var bad = broken;
            broken = false;
            if (!bad && ReadRow(parser, header, problems) is { } line) yield return line;
        }
    }

    public static async Task WriteAsync(IAsyncEnumerable<SubjectRecord> subjects, Stream to, CancellationToken cancel)
    {
        // With a mark at its beginning, by which spreadsheets know UTF-8.
        await using var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        foreach (var column in Columns) csv.WriteField(column);
        await foreach (var subject in subjects.WithCancellation(cancel))
        {
            await csv.NextRecordAsync();
            var at = subject.Position;
            foreach (var field in (string?[])[
                subject.Key, subject.Name, subject.Category, at?.Longitude.ToString(CultureInfo.InvariantCulture), at?.Latitude.ToString(CultureInfo.InvariantCulture),
                at is null ? null : DatumName.Of(at.Datum), subject.AreaCode])
                csv.WriteField(field);
        }
        await csv.NextRecordAsync();
    }

    private static bool Next(CsvParser parser, RowProblems problems)
    {
        try
        {
            return parser.Read();
        }
        catch (CsvHelperException problem)
        {
            problems.Add($"/rows/{parser.RawRow + 1}", "rows as RFC 4180 writes them", problem is MaxFieldSizeException ? "a field without end: a quote that is not closed" : "something else");
            return false;
        }
    }

    private static bool CheckHeader(List<string> header, RowProblems problems)
    {
        var before = problems.Total;
        foreach (var missing in Needed.Except(header, StringComparer.OrdinalIgnoreCase)) problems.Add("/rows/1", $"a header with the column {missing}", $"'{string.Join(',', header)}'");
        foreach (var other in header.Except(Columns, StringComparer.OrdinalIgnoreCase)) problems.Add($"/rows/1/{other}", $"columns of {string.Join(", ", Columns)}", $"'{other}'");
        foreach (var twice in header.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)) problems.Add($"/rows/1/{twice.Key}", "each column once", $"'{twice.Key}' again");
        return problems.Total == before;
    }

    private static SubjectLine? ReadRow(CsvParser parser, List<string> header, RowProblems problems)
    {
        var (row, before) = (parser.RawRow, problems.Total);
        if (parser.Count != header.Count)
        {
            problems.Add($"/rows/{row}", $"{header.Count} fields, as the header has", $"{parser.Count}");
            return null;
        }
        string? Field(string column) => header.FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index && parser[index] is { Length: > 0 } text ? text : null;
        double? Number(string column, string range)
        {
            if (Field(column) is not { } text) return null;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
            problems.Add($"/rows/{row}/{column}", $"a number of {range}", $"'{text}'");
            return null;
        }

        var (longitude, latitude) = (Number(Longitude, Position.LongitudeRange), Number(Latitude, Position.LatitudeRange));
        if (problems.Total == before && longitude is null != latitude is null)
            problems.Add($"/rows/{row}/{(longitude is null ? Longitude : Latitude)}", "longitude and latitude together", "nothing");
        var datum = Field(DatumColumn) is { } name ? DatumName.Read(name) : Datum.Wgs84;
        if (datum is null) problems.Add($"/rows/{row}/{DatumColumn}", DatumName.All, $"'{Field(DatumColumn)}'");
        if (problems.Total > before) return null;
        var position = longitude is { } east && latitude is { } north ? new Position(east, north, datum!.Value) : null;
        return new(
            new(Field("key") ?? "", Field("name") ?? "", Field("category") ?? "", position, Field(AreaCode)),
            column => $"/rows/{row}{(column == "position" ? "" : $"/{column}")}");
    }
}
