using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.ClockChanges;

/// <summary>A calendar of this server.</summary>
/// <param name="Years">Whose holidays are known.</param>
/// <param name="Since">Since when this version is in force.</param>
/// <param name="Document">As <c>calendars/{id}/preview</c> takes it.</param>
internal sealed record CalendarView(string Id, string Name, string Version, IReadOnlyList<int> Years, DateTimeOffset? Since, int? Change, JsonElement? Document);

internal static class ChangeCalendar
{
    /// <summary>What the API document says of the body; it is read by <see cref="BusinessCalendar.Read"/>, see definitions/schema/calendar.schema.json.</summary>
    private sealed record CalendarDocument(int SchemaVersion, string Id, string Name, string TimeZone);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("calendars", ListAsync).Requires(Permission.ReadTasks).Produces<IReadOnlyList<CalendarView>>().WithSummary("The calendars in force");
        routes.MapGet("calendars/{id}", GetAsync).Requires(Permission.ReadTasks).Produces<CalendarView>().WithSummary("A calendar in force, with its document");
        routes.MapPost("calendars/{id}/preview", PreviewAsync).Accepts<CalendarDocument>("application/json").Requires(Permission.ProposeClockChanges).Produces<ClockChangePreview>()
            .WithSummary("Proposes another version of a calendar and says what it would do to all open clocks; changes nothing");
        routes.MapPost("calendars/{id}/apply", ApplyAsync).Requires(Permission.ApproveClockChanges).Produces<ClockChangeView>(StatusCodes.Status202Accepted)
            .WithSummary("Brings a previewed version of a calendar into force and has every open clock counted by it");
    }

    internal static async Task<IResult> ListAsync(Database database, CalendarLibrary calendars, CancellationToken cancel) => Results.Ok(await ReadAsync(database, calendars, cancel));

    internal static async Task<IResult> GetAsync(string id, Database database, CalendarLibrary calendars, CancellationToken cancel) =>
        (await ReadAsync(database, calendars, cancel)).Find(calendar => calendar.Id == id) is not { } found ? ProblemResults.NotFound("a calendar", Reason.CalendarUnknown)
        : Results.Ok(found with { Document = calendars.Calendars[id].Document is { Length: > 0 } text ? JsonElement.Parse(text) : null });

    internal static async Task<IResult> PreviewAsync(
        string id, string? cursor, int? limit, HttpRequest request, Caller caller, ClockChangeDesk desk, Database database, CalendarLibrary calendars, CancellationToken cancel)
    {
        if ((await ReadAsync(database, calendars, cancel)).Find(known => known.Id == id) is null) return ProblemResults.NotFound("a calendar", Reason.CalendarUnknown);
        var body = await ImportText.ReadAsync(request, cancel);
        if (body.Problem is { } unreadable) return ProblemResults.Invalid([unreadable]);
        if (JsonText.Parse(body.Text, out var broken) is not { } json) return ProblemResults.Invalid([new("", broken!.Expected, broken.FoundWhere)]);
        var problems = new List<CalendarProblem>();
        var calendar = BusinessCalendar.Read(json, problems);
        if (calendar is not null && calendar.Id != id) problems.Add(new("/id", $"'{id}', as in the path", $"'{calendar.Id}'"));
        if (problems.Count > 0) return ProblemResults.Invalid([.. problems.Select(problem => new ValueProblem(problem.Pointer, problem.Expected, problem.Found))]);
        return await desk.PreviewAsync(new(request, caller, new { body.Sha256, cursor, limit }), (cursor, limit), async db =>
            (await Engine.Storage.ClockChanges.InForceAsync(db, ClockChangeKind.Calendar, id, cancel))?.Version == calendar!.Version
                ? (null, ProblemResults.InputInvalid([new("", "a calendar that differs from the one in force", $"the same: version {calendar.Version}")]))
                : (new ProposedVersion(ClockChangeKind.Calendar, id, calendar.Version, calendar.Document), null), cancel);
    }

    internal static async Task<IResult> ApplyAsync(
        string id, ApplyClockChange body, HttpRequest request, Caller caller, ClockChangeDesk desk, Database database, CalendarLibrary calendars, CancellationToken cancel) =>
        (await ReadAsync(database, calendars, cancel)).Find(known => known.Id == id) is null ? ProblemResults.NotFound("a calendar", Reason.CalendarUnknown)
        : await desk.ApplyAsync(new(request, caller, body), ClockChangeKind.Calendar, id, body, (_, _) => Task.FromResult<Rejection?>(null), cancel);

    private static async Task<List<CalendarView>> ReadAsync(Database database, CalendarLibrary calendars, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        var (inForce, changes) = await calendars.LoadAsync(db, await OrganisationStore.RevisionAsync(db, cancel), cancel);
        var since = await db.ClockChanges.AsNoTracking().Where(row => row.Kind == ClockChangeKind.Calendar && row.AppliedAt != null).ToDictionaryAsync(row => row.Number, row => row.AppliedAt, cancel);
        return [.. inForce.Values.OrderBy(calendar => calendar.Id, StringComparer.Ordinal).Select(calendar =>
        {
            var change = changes.Calendars.GetValueOrDefault(calendar.Id)?.Number;
            return new CalendarView(calendar.Id, calendar.Name, calendar.Version, [.. calendar.KnownYears.Order()], change is { } number ? since[number] : null, change, null);
        })];
    }
}
