using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Workflow.Engine.Clocks;

/// <summary>What a clock counts by, apart from the time in which it ran.</summary>
public sealed record ClockTerms(SlaPolicy Policy, string CalendarVersion, ImmutableArray<CalendarTurn> Turns, ImmutableArray<Rung> Rungs, int? PolicyVersion)
{
    public static ClockTerms Of(SlaClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new(clock.Policy, clock.CalendarVersion, clock.Turns, clock.Rungs, clock.History?.PolicyVersion);
    }

    /// <summary>The clock under these terms, not counted yet.</summary>
    public SlaClock On(SlaClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var history = Turns.IsEmpty && PolicyVersion is null ? null : new ClockHistory { Turns = Turns, PolicyVersion = PolicyVersion };
        return clock with { Policy = Policy, CalendarVersion = CalendarVersion, Rungs = Rungs, History = history };
    }

    /// <summary>The same on the versions of the calendars that are in force; itself when it is on them already.</summary>
    public ClockTerms On(FrozenDictionary<string, BusinessCalendar> calendars)
    {
        ArgumentNullException.ThrowIfNull(calendars);
        var version = VersionOf(Policy.Calendar, CalendarVersion);
        if (version == CalendarVersion && Turns.All(turn => VersionOf(turn.Calendar, turn.Version) == turn.Version)) return this;
        return this with { CalendarVersion = version, Turns = [.. Turns.Select(turn => turn with { Version = VersionOf(turn.Calendar, turn.Version) })] };
        string VersionOf(string id, string known) => calendars.TryGetValue(id, out var calendar) ? calendar.Version : known;
    }

    /// <summary>The same with another calendar from this time on. What has not begun to count has only one.</summary>
    public ClockTerms HandedOver(BusinessCalendar to, DateTimeOffset startedAt, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(to);
        var turns = at > (Turns is [.., var last] ? last.Until : startedAt) ? Turns.Add(new(Policy.Calendar, CalendarVersion, at)) : Turns;
        return this with { Policy = Policy with { Calendar = to.Id }, CalendarVersion = to.Version, Turns = turns };
    }
}
