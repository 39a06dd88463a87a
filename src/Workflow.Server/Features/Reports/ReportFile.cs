using System.Globalization;
using Workflow.Engine.Reports;

namespace Workflow.Server.Features.Reports;

internal enum ReportFormat
{
    Json,
    Csv,
    Xlsx,
}

/// <summary>A report as a file to keep.</summary>
internal static class ReportFile
{
    public const string Csv = "text/csv";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly Words Group = new("分组", "Group");
    private static readonly Words Name = new("名称", "Name");
    private static readonly Words Total = new("合计", "Total");

    /// <summary>A spreadsheet would take a text of a CSV that begins so for a formula.</summary>
    private const string Formula = "=+-@\t\r";

    /// <summary>What a client asks for by its header <c>Accept</c>.</summary>
    public static ReportFormat Asked(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1).Select(type => type.MediaType.Value).FirstOrDefault(type => type is Csv or Xlsx or "application/json" or "*/*");
        return accepted switch { Csv => ReportFormat.Csv, Xlsx => ReportFormat.Xlsx, _ => ReportFormat.Json };
    }

    /// <summary>CSV with the names of the columns, for programs; XLSX with their titles in the language asked for, for people, and what the figures mean on a second sheet.</summary>
    public static IResult Of(ReportTable table, ReportFormat format, HttpRequest request)
    {
        var file = $"{table.Report}-{Day(table.From, table)}-{Day(table.To.AddTicks(-1), table)}";
        if (format == ReportFormat.Csv)
            return Results.Stream(
                to => CsvTable.WriteAsync(["key", "label", .. table.Columns.Select(column => column.Name)], Rows(table, "total").Select(row => row.Select(Plain)).ToAsyncEnumerable(), to, request.HttpContext.RequestAborted),
                Csv, $"{file}.csv");
        var isEnglish = request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase);
        string In(Words words) => isEnglish ? words.En : words.Zh;
        var bytes = Workbook.Write(
            new(isEnglish ? "Report" : "报表", [In(Group), In(Name), .. table.Columns.Select(column => In(column.Title))], [.. Rows(table, In(Total))]),
            new(isEnglish ? "Meaning" : "口径", [isEnglish ? "Figure" : "指标", isEnglish ? "Unit" : "单位", isEnglish ? "Tasks" : "任务范围", isEnglish ? "Share of" : "分母"], [.. table.Columns.Select(column => Meaning(column, In))]));
        return Results.File(bytes, Xlsx, $"{file}.xlsx");
    }

    private static IEnumerable<object?[]> Rows(ReportTable table, string total)
    {
        foreach (var row in table.Rows) yield return [row.Key, row.Label, .. row.Values.Cast<object?>()];
        if (table.Total is { } all) yield return [total, null, .. all.Values.Cast<object?>()];
    }

    private static object?[] Meaning(ReportColumn column, Func<Words, string> text)
    {
        string? Of(string? count) => TaskCounts.Find(count ?? "") is { } found ? $"{text(found.Title)}: {text(found.Meaning)}" : null;
        return [text(column.Title), System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(column.Unit.ToString()), Of(column.Count), Of(column.Of)];
    }

    private static string? Plain(object? value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        string { Length: > 0 } text when Formula.Contains(text[0], StringComparison.Ordinal) => $"'{text}",
        _ => value as string,
    };

    private static string Day(DateTimeOffset time, ReportTable table) => TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(table.TimeZone)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
