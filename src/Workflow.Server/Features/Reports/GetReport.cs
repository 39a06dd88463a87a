using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Running;
using Workflow.Engine.Storage.Reporting;
using Workflow.Server.Access;
using Workflow.Server.Features.Lists;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Reports;

internal static class GetReport
{
    public const string Address = "/api/v1/reports/tasks";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("reports/{report}", HandleAsync).Requires(Permission.ReadTasks).Produces<ReportTable>(StatusCodes.Status200OK, "application/json", ReportFile.Csv, ReportFile.Xlsx)
            .WithSummary("Figures of a period over the tasks that the caller may see, by group: indicators, durations, work, pauses, scorecard or ageing");

    /// <param name="report"><c>indicators</c>, <c>durations</c>, <c>work</c>, <c>pauses</c>, <c>scorecard</c> or <c>ageing</c> (open tasks at the end of the period).</param>
    /// <param name="scorecard">Id of a scorecard; the first one without it.</param>
    /// <param name="format"><c>json</c>, <c>csv</c> or <c>xlsx</c>; without it what the header <c>Accept</c> asks for, or JSON.</param>
    internal static async Task<IResult> HandleAsync(
        string report, string? scorecard, string? format, [AsParameters] ReportRequest request, HttpRequest http, Caller caller, InstanceReader reader, ReportRequestReader requests, ReportBuilder builder, ScorecardList scorecards,
        PlaceLibrary places, IOptions<ReportOptions> options, CancellationToken cancel)
    {
        await using var db = reader.Open();
        var problems = new List<ValueProblem>();
        var name = ListFilterReader.Read<ReportName>("/report", report, problems);
        var asked = await requests.ReadAsync(db, request, null, caller, problems, cancel);
        if (name == ReportName.Pauses && asked is { By: not ReportBy.All }) problems.Add(new("/by", "nothing: pauses go by their reason", $"'{request.By}'"));
        if (name == ReportName.Work && asked is { By: not (ReportBy.All or ReportBy.Team or ReportBy.TeamKind or ReportBy.Person) }) problems.Add(new("/by", "team, teamKind or person", $"'{request.By}'"));
        if (scorecard is not null && name is not (null or ReportName.Scorecard)) problems.Add(new("/scorecard", "the report scorecard with it", $"'{report}'"));
        var card = scorecard is null ? scorecards.First : scorecards.Find(scorecard);
        if (card is null && (scorecard is not null || name == ReportName.Scorecard)) problems.Add(new("/scorecard", string.Join(", ", scorecards.All.Select(known => known.Id)), RowText.Quote(scorecard)));
        var written = format is null ? ReportFile.Asked(http) : ListFilterReader.Read<ReportFormat>("/format", format, problems) ?? ReportFormat.Json;
        if (problems.Count > 0) return ProblemResults.Invalid(problems);

        if (await builder.BuildAsync(name!.Value, asked!, card, cancel) is not { } table)
            return ProblemResults.Invalid([new("/by", $"at most {options.Value.Groups} groups: narrow the report", "more")]);
        table = table with { Tasks = TasksOf(request, asked!.Period, table) };
        if (asked.By == ReportBy.Jurisdiction)
        {
            var areas = await places.LoadAsync(db, cancel);
            table = table with { Rows = [.. table.Rows.Select(row => row with { Label = row.Key is { } code ? areas.ByCode(code)?.Area.Area.Name : null })] };
        }
        return written == ReportFormat.Json ? Results.Ok(table) : ReportFile.Of(table, written, http);
    }

    /// <summary>The groups of work and pauses may share tasks: there the key of a row is a filter of its own.</summary>
    private static string TasksOf(ReportRequest request, ReportPeriod period, ReportTable table) => (table.Report, table.By) switch
    {
        ("work", "team") => $"{Address}?{(request with { By = null, WorkTeam = null }).Query(period)}&count={{count}}&workTeam={{key}}",
        ("work", "teamKind") => $"{Address}?{(request with { By = null, WorkTeamKind = null }).Query(period)}&count={{count}}&workTeamKind={{key}}",
        ("work", _) => $"{Address}?{(request with { By = null, WorkPerson = null }).Query(period)}&count={{count}}&workPerson={{key}}",
        ("pauses", _) => $"{Address}?{(request with { PauseReason = null }).Query(period)}&count={{count}}&pauseReason={{key}}",
        (_, "all") => $"{Address}?{request.Query(period)}&count={{count}}",
        _ => $"{Address}?{request.Query(period)}&count={{count}}&key={{key}}",
    };
}
