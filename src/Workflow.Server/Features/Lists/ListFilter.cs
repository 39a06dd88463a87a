using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Lists;

/// <summary>What a list of tasks or work items is narrowed by, as the address has it.</summary>
/// <param name="Area">Code of an area; what lies below it counts.</param>
/// <param name="DefinitionId">All versions of this definition.</param>
/// <param name="Priority"><c>normal</c> or <c>urgent</c>.</param>
/// <param name="Stage"><c>initiation</c>, <c>response</c>, <c>analysis</c>, <c>handling</c> or <c>postEvaluation</c>.</param>
/// <param name="Due"><c>overdue</c>, or <c>today</c>: due in the course of the day in the zone of task numbers.</param>
/// <param name="TeamKind">Of work items: the kind of team that they are offered to.</param>
/// <param name="Search">Words, each part of the number, the subject, a title or another text of the task.</param>
/// <param name="Sort"><c>due</c> (earliest first), <c>created</c> (latest first) or <c>priority</c> (urgent first, then by due); of the list <c>done</c> also <c>latest</c>.</param>
internal sealed record ListFilter(
    [FromQuery(Name = "area")] string? Area, [FromQuery(Name = "definitionId")] string? DefinitionId, [FromQuery(Name = "priority")] string? Priority,
    [FromQuery(Name = "stage")] string? Stage, [FromQuery(Name = "due")] string? Due, [FromQuery(Name = "teamKind")] string? TeamKind,
    [FromQuery(Name = "search")] string? Search, [FromQuery(Name = "sort")] string? Sort);

internal enum DuePeriod
{
    Overdue,
    Today,
}

internal enum ListSort
{
    Due,
    Created,
    Priority,

    /// <summary>Of what is done: what was done last comes first.</summary>
    Latest,
}

/// <summary>A filter that was read: what it says can be asked of the database.</summary>
/// <param name="AreaPath">Null: every area.</param>
/// <param name="Today">From when to when the caller's day lasts.</param>
internal sealed record Narrowing(
    string? AreaPath, string? DefinitionId, Priority? Priority, StageName? Stage, DuePeriod? Due, TeamKind? TeamKind, IReadOnlyList<string> Words, ListSort? Sort,
    DateTimeOffset Now, (DateTimeOffset Begin, DateTimeOffset End) Today)
{
    /// <summary>Paths of the areas whose rows the caller may list, none within another; one that is empty stands for everything.</summary>
    public IReadOnlyList<string> Scopes(Caller caller)
    {
        if (caller.SeesAll) return [AreaPath ?? ""];
        var scopes = caller.Scopes.Select(scope =>
            AreaPath is null || scope.StartsWith(AreaPath, StringComparison.Ordinal) ? scope : AreaPath.StartsWith(scope, StringComparison.Ordinal) ? AreaPath : null).OfType<string>().Distinct().ToList();
        return [.. scopes.Where(scope => !scopes.Exists(wider => wider.Length < scope.Length && scope.StartsWith(wider, StringComparison.Ordinal)))];
    }

    /// <summary>Rows that the filter lets pass, but for its words.</summary>
    public IQueryable<T> Of<T>(IQueryable<T> rows)
        where T : class, IListed
    {
        var (definition, priority, stage) = (DefinitionId, Priority, Stage);
        if (AreaPath is { } area) rows = Within(rows, area);
        if (definition is not null) rows = rows.Where(row => row.DefinitionId == definition);
        if (priority is { } urgency) rows = rows.Where(row => row.Priority == urgency);
        if (stage is { } name) rows = rows.Where(row => row.Stage == name);
        return DueIn(rows, Due);
    }

    /// <summary>Rows that are late, or due in the course of the caller's day; all of them for null.</summary>
    public IQueryable<T> DueIn<T>(IQueryable<T> rows, DuePeriod? period)
        where T : class, IListed
    {
        var (now, today) = (Now, Today);
        return period switch
        {
            DuePeriod.Overdue => Overdue(rows, now),
            DuePeriod.Today => rows.Where(row => row.OpenDue >= today.Begin && row.OpenDue < today.End),
            _ => rows,
        };
    }

    /// <summary>The texts that hold the words of the search; null when nothing is looked for.</summary>
    public async Task<TextSearch.Found?> SearchAsync(WorkflowDb db, TextSearch texts, CancellationToken cancel) =>
        Words.Count == 0 ? null : await texts.FindAsync(db, Words, AreaPath is { } path ? [AreaLevels.Codes(path)[^1]] : [], cancel);

    /// <summary>Rows of an area and below, by the index of the closest level that has one.</summary>
    public static IQueryable<T> Within<T>(IQueryable<T> rows, string path)
        where T : class, IListed
    {
        if (path.Length == 0) return rows;
        var above = path;
        if (AreaLevels.Street(path) is { } street) rows = rows.Where(row => row.StreetCode == street);
        else if (AreaLevels.Jurisdiction(path) is { } jurisdiction)
        {
            // The code and the path above it say the same as the path; of code and whole path a planner would expect a few of each hundred that are there.
            above = path[..^(jurisdiction.Length + 1)];
            rows = rows.Where(row => row.JurisdictionCode == jurisdiction);
        }
        return rows.Where(row => row.AreaPath.StartsWith(above));
    }

    /// <summary>Its due time has passed while its clock ran: one that is paused is not late.</summary>
    private static IQueryable<T> Overdue<T>(IQueryable<T> rows, DateTimeOffset now)
        where T : class, IListed => rows.Where(row => row.OpenDue <= now && row.IsBreached);
}

/// <summary>Reads filters, and says what of one cannot be used.</summary>
internal sealed class ListFilterReader(PlaceLibrary places, TimeProvider time, IOptions<Limits> limits, IOptions<CommitQueueOptions> queue)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(queue.Value.TimeZone);

    public async Task<(Narrowing? Narrowing, IReadOnlyList<ValueProblem> Problems)> ReadAsync(WorkflowDb db, ListFilter filter, CancellationToken cancel)
    {
        var problems = new List<ValueProblem>();
        var (priority, stage, due, kind, sort) = (
            Read<Priority>("/priority", filter.Priority, problems), Read<StageName>("/stage", filter.Stage, problems), Read<DuePeriod>("/due", filter.Due, problems),
            Read<TeamKind>("/teamKind", filter.TeamKind, problems), Read<ListSort>("/sort", filter.Sort, problems));
        var words = TextSearch.Words(filter.Search);
        if (filter.Search?.Length > limits.Value.SearchLength) problems.Add(new("/search", $"at most {limits.Value.SearchLength} characters", $"{filter.Search.Length}"));
        else if (words.Count > limits.Value.SearchWords) problems.Add(new("/search", $"at most {limits.Value.SearchWords} words", $"{words.Count}"));
        string? path = null;
        if (filter.Area is { } code && (path = (await places.LoadAsync(db, cancel)).ByCode(code)?.Area.Area.Path) is null) problems.Add(new("/area", "the code of an area", $"'{code}'"));
        if (problems.Count > 0) return (null, problems);
        var now = time.GetUtcNow();
        return (new(path, filter.DefinitionId, priority, stage, due, kind, words, sort, now, DayOf(now)), []);
    }

    /// <summary>The names that an enum's values have in JSON.</summary>
    public static T? Read<T>(string pointer, string? text, List<ValueProblem> problems)
        where T : struct, Enum
    {
        if (text is null) return null;
        var names = Enum.GetValues<T>().ToDictionary(value => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), StringComparer.Ordinal);
        if (names.TryGetValue(text, out var found)) return found;
        problems.Add(new(pointer, string.Join(", ", names.Keys), $"'{text}'"));
        return null;
    }

    private (DateTimeOffset, DateTimeOffset) DayOf(DateTimeOffset now)
    {
        var day = TimeZoneInfo.ConvertTime(now, zone).Date;
        return (BeginOf(day), BeginOf(day.AddDays(1)));
    }

    private DateTimeOffset BeginOf(DateTime day) => new DateTimeOffset(day, zone.GetUtcOffset(day)).ToUniversalTime();
}
