using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.Storage.Reporting;
using Workflow.Server.Access;
using Workflow.Server.Features.Lists;

namespace Workflow.Server.Features.Reports;

/// <summary>The period of a report and the tasks that it is about, as the address has them.</summary>
/// <param name="From">The first day (<c>2026-09-01</c>) in the organisation's zone, or a time with offset. Default: the first of this month.</param>
/// <param name="To">The day or time at which the period ends; it does not belong to it. Default, and latest: now.</param>
/// <param name="By"><c>all</c> (the default), <c>jurisdiction</c>, <c>teamKind</c>, <c>team</c>, <c>person</c>, <c>definition</c>, <c>category</c>, <c>priority</c> or <c>source</c>.</param>
/// <param name="Area">Code of an area; what lies below it counts.</param>
/// <param name="TeamKind">Of the team that answers for the task.</param>
/// <param name="Team">Id of the team that answers for the task.</param>
/// <param name="Person">Id of who had its last item of handling.</param>
/// <param name="Category">What post-evaluation found the source to be.</param>
/// <param name="Source"><c>person</c>, <c>alarm</c> or <c>system</c>.</param>
/// <param name="WorkTeam">Id of a team that had a work item of it.</param>
/// <param name="WorkPerson">Id of a person who had a work item of it; empty for items that nobody had.</param>
/// <param name="WorkTeamKind">Kind of a team that had a work item of it.</param>
/// <param name="PauseReason">For which a clock of one of its stages stood still.</param>
internal sealed record ReportRequest(
    [FromQuery(Name = "from")] string? From, [FromQuery(Name = "to")] string? To, [FromQuery(Name = "by")] string? By, [FromQuery(Name = "area")] string? Area, [FromQuery(Name = "teamKind")] string? TeamKind,
    [FromQuery(Name = "team")] string? Team, [FromQuery(Name = "person")] string? Person, [FromQuery(Name = "definitionId")] string? DefinitionId, [FromQuery(Name = "category")] string? Category,
    [FromQuery(Name = "priority")] string? Priority, [FromQuery(Name = "source")] string? Source, [FromQuery(Name = "workTeam")] string? WorkTeam, [FromQuery(Name = "workPerson")] string? WorkPerson,
    [FromQuery(Name = "workTeamKind")] string? WorkTeamKind, [FromQuery(Name = "pauseReason")] string? PauseReason)
{
    /// <summary>The same question with the period that it was answered for, as a part of an address.</summary>
    public string Query(ReportPeriod period)
    {
        (string Name, string? Value)[] parts =
        [
            ("from", IsoText(period.From)), ("to", IsoText(period.To)), ("by", By), ("area", Area), ("teamKind", TeamKind), ("team", Team), ("person", Person), ("definitionId", DefinitionId), ("category", Category),
            ("priority", Priority), ("source", Source), ("workTeam", WorkTeam), ("workPerson", WorkPerson), ("workTeamKind", WorkTeamKind), ("pauseReason", PauseReason),
        ];
        return string.Join('&', parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
    }

    private static string IsoText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
}

/// <summary>Reads what a report is asked for, and says what of it cannot be used.</summary>
internal sealed class ReportRequestReader(PlaceLibrary places, ReportNames names, TimeProvider time, IOptions<ReportOptions> options, IOptions<CommitQueueOptions> queue)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(queue.Value.TimeZone);

    /// <param name="key">The group whose tasks are asked for; null for a report.</param>
    /// <returns>Null with problems.</returns>
    public async Task<ReportAsked?> ReadAsync(WorkflowDb db, ReportRequest request, string? key, Caller caller, List<ValueProblem> problems, CancellationToken cancel)
    {
        var period = Period(request, problems);
        var by = ListFilterReader.Read<ReportBy>("/by", request.By, problems) ?? ReportBy.All;
        var filter = new ReportFilter
        {
            TeamKind = ListFilterReader.Read<TeamKind>("/teamKind", request.TeamKind, problems),
            WorkTeamKind = ListFilterReader.Read<TeamKind>("/workTeamKind", request.WorkTeamKind, problems),
            Priority = ListFilterReader.Read<Priority>("/priority", request.Priority, problems),
            Source = ListFilterReader.Read<TaskSource>("/source", request.Source, problems),
            TeamId = request.Team,
            PersonId = request.Person,
            DefinitionId = request.DefinitionId,
            Category = request.Category,
            WorkTeamId = request.WorkTeam,
            WorkPersonId = request.WorkPerson,
            PauseReason = request.PauseReason,
            AreaPath = request.Area is { } code ? (await places.LoadAsync(db, cancel)).ByCode(code)?.Area.Area.Path : null,
        };
        if (request.Area is not null && filter.AreaPath is null) problems.Add(new("/area", "the code of an area", RowText.Quote(request.Area)));
        problems.AddRange(await names.CheckAsync(db, request, by, key, cancel));
        if (key is not null && by == ReportBy.All) problems.Add(new("/key", "the groups that it is one of, named by 'by'", RowText.Quote(key)));
        if (problems.Count > 0) return null;
        return new(period!, filter, caller.SeesAll ? ReportScope.Everything : new(caller.Scopes, caller.TeamIds, caller.Actor.UserId), by, options.Value.Ages);
    }

    /// <summary>The key of a group as its rows have it.</summary>
    public static ReportGroup GroupOf(ReportBy by, string key, List<ValueProblem> problems) => new(key.Length == 0 ? null : by switch
    {
        ReportBy.TeamKind => ListFilterReader.Read<TeamKind>("/key", key, problems)?.ToString(),
        ReportBy.Priority => ListFilterReader.Read<Priority>("/key", key, problems)?.ToString(),
        ReportBy.Source => ListFilterReader.Read<TaskSource>("/key", key, problems)?.ToString(),
        _ => key,
    });

    /// <summary>The key of a group as the API has it.</summary>
    public static string? KeyOf(ReportBy by, string? key) => key is not null && by is ReportBy.TeamKind or ReportBy.Priority or ReportBy.Source ? JsonNamingPolicy.CamelCase.ConvertName(key!) : key;

    private ReportPeriod? Period(ReportRequest request, List<ValueProblem> problems)
    {
        var now = time.GetUtcNow();
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var from = request.From is null ? BeginOf(today.AddDays(1 - today.Day)) : Read("/from", request.From, problems);
        var to = request.To is null ? now : Read("/to", request.To, problems);
        if (from is not { } begin || to is not { } asked) return null;
        // Nobody knows what will be: what is due after now is not late yet.
        var end = asked < now ? asked : now;
        if (begin >= asked) problems.Add(new("/to", "a time after 'from'", $"'{request.To ?? "now"}'"));
        else if (begin >= now) problems.Add(new("/from", "a time that has passed", $"'{request.From}'"));
        else if (end - begin > TimeSpan.FromDays(options.Value.PeriodDays)) problems.Add(new("/to", $"a period of at most {options.Value.PeriodDays} days", string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling((end - begin).TotalDays)} days")));
        return new(begin, end);
    }

    private DateTimeOffset? Read(string pointer, string text, List<ValueProblem> problems)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return BeginOf(day.ToDateTime(default));
        if (Hosting.IsoTime.Parse(text) is { } exact) return exact.ToUniversalTime();
        problems.Add(new(pointer, "a day such as 2026-09-01, or a time with its offset such as 2026-09-01T08:00:00+08:00", RowText.Quote(text)));
        return null;
    }

    private DateTimeOffset BeginOf(DateTime day) => day.Year < 2 ? DateTimeOffset.MinValue : new DateTimeOffset(day, zone.GetUtcOffset(day)).ToUniversalTime();
}
