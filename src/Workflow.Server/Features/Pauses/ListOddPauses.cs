using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Pauses;

internal sealed record SeenPause(string WorkItemId, string TaskId, string TaskNumber, string Subject, string Reason, DateTimeOffset From, DateTimeOffset? To);

/// <param name="Marks">What is odd: around closing time, many short ones, most of the team's.</param>
internal sealed record OddPauserView(Person Person, string TeamId, string Team, int Pauses, int AroundClosing, int Short, int SharePercent, IReadOnlyList<OddPauseMark> Marks, IReadOnlyList<SeenPause> Items);

/// <param name="Looked">How many pauses were looked at.</param>
/// <param name="IsCut">There were more in the period: the oldest were left out.</param>
internal sealed record OddPausesView(DateTimeOffset From, DateTimeOffset To, int Looked, bool IsCut, IReadOnlyList<OddPauserView> People);

/// <summary>For supervisors: who pauses around closing time, often and briefly, or nearly alone in their team, in the tasks that the caller may see.</summary>
internal static class ListOddPauses
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("pauses/odd", HandleAsync).Requires(Permission.ReadTasks).Produces<OddPausesView>().WithSummary("Odd pausing in the tasks that the caller may see; for supervisors");

    internal static async Task<IResult> HandleAsync(
        int? days, Caller caller, InstanceReader reader, CalendarLibrary calendars, TimeProvider time, IOptions<OddPausingOptions> options, CancellationToken cancel)
    {
        if (PauseAccess.Refuse(caller) is { } no) return no;
        if (days is < 1 or > 366) return ProblemResults.Invalid([new("/days", "1 to 366 days", $"{days}")]);
        var to = time.GetUtcNow();
        var from = to - TimeSpan.FromDays(days ?? options.Value.PeriodDays);
        await using var db = reader.Open();
        var rows = await InstanceReader.VisibleTasks(db, caller).Join(db.Pauses.AsNoTracking(), task => task.InstanceId, pause => pause.InstanceId, (task, pause) => new { task.Number, task.Subject, pause })
            .Where(row => row.pause.At >= from && row.pause.At <= to && !row.pause.IsRefused)
            .OrderByDescending(row => row.pause.At).ThenBy(row => row.pause.InstanceId).ThenBy(row => row.pause.Number).Take(options.Value.Pauses + 1)
            .Select(row => new
            {
                row.Number,
                row.Subject,
                row.pause,
                Stage = db.WorkItems.Where(item => item.InstanceId == row.pause.InstanceId && item.Number == row.pause.WorkItem).Select(item => item.Stage).FirstOrDefault(),
                Clocks = db.Clocks.Where(clock => clock.InstanceId == row.pause.InstanceId).OrderBy(clock => clock.Number)
                    .Select(clock => new CountedOn(clock.Scope, clock.Stage, clock.WorkItem, clock.Calendar)).ToList(),
            }).ToListAsync(cancel);
        var looked = rows.Take(options.Value.Pauses).ToDictionary(row => $"{row.pause.InstanceId}:{row.pause.Number}");
        var found = OddPausing.Find(
            [.. looked.Select(row => new PauseSeen(
                row.Key, row.Value.pause.UserId, row.Value.pause.TeamId, row.Value.pause.At, row.Value.pause.EndedAt,
                calendars.Calendars.GetValueOrDefault(CountedOn.Nearest(row.Value.Clocks, row.Value.pause.WorkItem, row.Value.Stage)) ?? BusinessCalendar.Continuous))],
            options.Value);
        return Results.Ok(new OddPausesView(from, to, looked.Count, rows.Count > looked.Count, [.. found.Select(View)]));

        OddPauserView View(OddPauser odd)
        {
            var first = looked[odd.Pauses[0].Key].pause;
            return new(
                new(first.UserId, first.UserName), first.TeamId, first.TeamName, odd.Count, odd.AroundClosing, odd.Short, odd.SharePercent, odd.Marks,
                [.. odd.Pauses.Select(pause => looked[pause.Key]).Select(row => new SeenPause(
                    new WorkItemId(row.pause.InstanceId, row.pause.WorkItem).ToString(), row.pause.InstanceId.ToString(), row.Number, row.Subject, row.pause.Reason, row.pause.At, row.pause.EndedAt))]);
        }
    }

    /// <summary>What a clock of a task counts on.</summary>
    private sealed record CountedOn(ClockScope Scope, string? Stage, int? WorkItem, string Calendar)
    {
        /// <summary>The calendar of the clock that an item is judged by: its own, else its stage's, else the task's.</summary>
        public static string Nearest(List<CountedOn> clocks, int workItem, StageName? stage) =>
            (clocks.FindLast(clock => clock.WorkItem == workItem)
                ?? clocks.FindLast(clock => clock.Scope == ClockScope.Stage && clock.Stage == stage?.ToString())
                ?? clocks.FindLast(clock => clock.Scope == ClockScope.Task))?.Calendar ?? SlaDeclaration.DefaultCalendar;
    }
}

internal static class PauseAccess
{
    /// <summary>Supervisors, duty officers and operators see how others pause.</summary>
    public static IResult? Refuse(Caller caller) =>
        caller.Actor.Roles?.Any(role => role is WorkItemRights.SupervisorRole or WorkItemRights.DutyOfficerRole or WorkItemRights.OrganiserRole) == true
            ? null
            : new Rejection(Reason.NotAllowed, $"a {WorkItemRights.SupervisorRole}, a {WorkItemRights.DutyOfficerRole} or an {WorkItemRights.OrganiserRole}", caller.Actor.Name) { Rule = "who-may/see-pauses" }.ToResult();
}
