using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Workflow.Server.Features;

/// <param name="Number">Counted with the header from 1.</param>
/// <param name="Field">The text of a column; null where it is empty or missing.</param>
internal sealed record CsvRow(int Number, Func<string, string?> Field);

/// <summary>Tables as CSV (RFC 4180, UTF-8, a header with the names of the columns in any order).</summary>
internal static class CsvTable
{
    /// <param name="needed">Columns that the header has to name.</param>
    /// <param name="columns">All columns.</param>
    public static IEnumerable<CsvRow> Read(string text, IReadOnlyList<string> needed, IReadOnlyList<string> columns, int most, RowProblems problems)
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
        if (!CheckHeader(header, needed, columns, problems)) yield break;
        for (var count = 1; Next(parser, problems); count++)
        {
            if (count > most) problems.Add($"/rows/{parser.RawRow}", $"at most {most} rows", "more");
            if (count > most) yield break;
            var bad = broken;
            broken = false;
            if (bad) continue;
            if (parser.Count != header.Count) problems.Add($"/rows/{parser.RawRow}", $"{header.Count} fields, as the header has", $"{parser.Count}");
            else yield return RowOf(parser, header);
        }
    }

    public static async Task WriteAsync(IReadOnlyList<string> columns, IAsyncEnumerable<IEnumerable<string?>> rows, Stream to, CancellationToken cancel)
    {
        // With a mark at its beginning, by which spreadsheets know UTF-8.
        await using var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        foreach (var column in columns) csv.WriteField(column);
        await foreach (var row in rows.WithCancellation(cancel))
        {
            await csv.NextRecordAsync();
            foreach (var field in row) csv.WriteField(field);
        }
        await csv.NextRecordAsync();
    }

    private static CsvRow RowOf(CsvParser parser, List<string> header)
    {
        var fields = parser.Record!;
        return new(parser.RawRow, column => header.FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index && fields[index] is { Length: > 0 } text ? text : null);
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

    private static bool CheckHeader(List<string> header, IReadOnlyList<string> needed, IReadOnlyList<string> columns, RowProblems problems)
    {
        var before = problems.Total;
        foreach (var missing in needed.Except(header, StringComparer.OrdinalIgnoreCase)) problems.Add("/rows/1", $"a header with the column {missing}", $"'{string.Join(',', header)}'");
        foreach (var other in header.Except(columns, StringComparer.OrdinalIgnoreCase)) problems.Add($"/rows/1/{other}", $"columns of {string.Join(", ", columns)}", $"'{other}'");
        foreach (var twice in header.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)) problems.Add($"/rows/1/{twice.Key}", "each column once", $"'{twice.Key}' again");
        return problems.Total == before;
    }
}
