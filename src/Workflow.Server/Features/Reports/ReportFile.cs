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
    private static readonly Words Figure = new("指标", "Figure");
    private static readonly Words Unit = new("单位", "Unit");
    private static readonly Words Meaning = new("口径", "Meaning");

    /// <summary>What a client asks for by its header <c>Accept</c>.</summary>
    public static ReportFormat Asked(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1).Select(type => type.MediaType.Value).FirstOrDefault(type => type is Csv or Xlsx or "application/json" or "*/*");
        return accepted switch { Csv => ReportFormat.Csv, Xlsx => ReportFormat.Xlsx, _ => ReportFormat.Json };
    }

    /// <summary>CSV with the names of the columns, for programs, and what they mean in a last row; XLSX with their titles, for people, and what they mean on a second sheet.</summary>
    public static IResult Of(ReportTable table, ReportFormat format, HttpRequest request)
    {
        var file = $"{table.Report}-{Day(table.From, table)}-{Day(table.To.AddTicks(-1), table)}";
        var isEnglish = request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase);
        string In(Words words) => isEnglish ? words.En : words.Zh;
        IEnumerable<object?[]> Rows(string total) =>
            [.. table.Rows.Select(row => Fields(row.Key, row.Title is { } title ? In(title) : row.Label, row)), .. table.Total is { } all ? [Fields(total, null, all)] : Array.Empty<object?[]>()];
        if (format == ReportFormat.Csv)
        {
            object?[] meanings = ["meaning", null, .. table.Columns.Select(column => In(column.Meaning))];
            return Results.Stream(
                to => CsvTable.WriteAsync(["key", "label", .. table.Columns.Select(column => column.Name)], Rows("total").Append(meanings).Select(row => row.Select(Plain)).ToAsyncEnumerable(), to, request.HttpContext.RequestAborted),
                Csv, $"{file}.csv");
        }
        var bytes = Workbook.Write(
            new(isEnglish ? "Report" : "报表", [In(Group), In(Name), .. table.Columns.Select(column => In(column.Title))], [.. Rows(In(Total))]),
            new(In(Meaning), [In(Figure), In(Unit), In(Meaning)], [.. table.Columns.Select(column => new object?[] { In(column.Title), In(NameOf(column.Unit)), In(column.Meaning) })]));
        return Results.File(bytes, Xlsx, $"{file}.xlsx");
    }

    private static object?[] Fields(string? key, string? label, ReportRow row) => [key, label, .. row.Values.Cast<object?>()];

    private static Words NameOf(FigureUnit unit) => unit switch
    {
        FigureUnit.Tasks => new("个任务", "tasks"),
        FigureUnit.Share => new("比例（1 为全部）", "share of 1"),
        FigureUnit.Seconds => new("秒", "seconds"),
        FigureUnit.Times => new("次", "times"),
        _ => new("分", "points"),
    };

    private static string? Plain(object? value) => value is double number ? number.ToString("R", CultureInfo.InvariantCulture) : value is string text ? RowText.Cell(text) : null;

    private static string Day(DateTimeOffset time, ReportTable table) => TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(table.TimeZone)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
