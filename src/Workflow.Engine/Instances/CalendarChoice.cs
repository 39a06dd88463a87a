using System.Collections.Frozen;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>The calendars that teams and areas have of their own: by the id of the team, by the code of the area.</summary>
public sealed record OwnCalendars(FrozenDictionary<string, string> Teams, FrozenDictionary<string, string> Areas)
{
    public static readonly OwnCalendars None = new(FrozenDictionary<string, string>.Empty, FrozenDictionary<string, string>.Empty);

    public bool IsEmpty => Teams.Count + Areas.Count == 0;
}

/// <summary>
/// Which calendar a clock counts on: the one that the target names; else that of the team which has the work; else that of the smallest area around
/// the task that has one; else <see cref="SlaDeclaration.DefaultCalendar"/>. When the work comes to another team, what was counted stays and the rest
/// counts on the new one. While several teams with different calendars work at once, and while nobody does, the clock stays where it is.
/// </summary>
internal static class CalendarChoice
{
    public static string For(Burst burst, SlaDeclaration sla, int? workItem)
    {
        if (sla.Calendar is { } named) return named;
        var team = workItem is { } number ? burst.Draft.WorkItems.Find(item => item.Number == number)?.Team.Id : null;
        return For(burst, team);
    }

    /// <summary>Moves the clocks that follow the work to the calendar of who has it now.</summary>
    public static void Follow(Burst burst)
    {
        foreach (var clock in burst.Draft.Clocks.Where(clock => clock.IsOpen && clock.Policy.FollowsHands).ToList())
        {
            var wanted = burst.Draft.WorkItems.Where(item => item.IsOpen && ClockDesk.Covers(clock, item)).Select(item => For(burst, item.Team.Id)).Distinct().Take(2).ToList();
            if (wanted is not [var id] || id == clock.Policy.Calendar) continue;
            var terms = ClockTerms.Of(clock).HandedOver(burst.World.Calendars[id], clock.StartedAt, burst.Stimulus.At);
            ClockRecount.Recount(burst, clock, terms, ClockChangeReason.HandedOver, ClockRecount.BasisOf(terms), null);
        }
    }

    private static string For(Burst burst, string? team)
    {
        var own = burst.World.Teams.Calendars;
        if (own.IsEmpty) return SlaDeclaration.DefaultCalendar;
        if (team is not null && own.Teams.TryGetValue(team, out var ofTeam) && burst.World.Calendars.ContainsKey(ofTeam)) return ofTeam;
        foreach (var code in (burst.Draft.Task?.Place.AreaPath ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
            if (own.Areas.TryGetValue(code, out var ofArea) && burst.World.Calendars.ContainsKey(ofArea)) return ofArea;
        return SlaDeclaration.DefaultCalendar;
    }
}
