using System.Collections.Immutable;

namespace Workflow.Engine.Clocks;

/// <summary>What about pauses is worth a look (configuration section <c>OddPausing</c>).</summary>
public sealed class OddPausingOptions
{
    /// <summary>How far back is looked where nobody says.</summary>
    public int PeriodDays { get; set; } = 30;

    /// <summary>So close to the closing time of a working day, before or after it, a beginning or an end is around it.</summary>
    public int ClosingMinutes { get; set; } = 30;

    /// <summary>So many pauses around closing time are odd.</summary>
    public int AroundClosing { get; set; } = 3;

    /// <summary>Shorter than this a pause is short.</summary>
    public int ShortMinutes { get; set; } = 60;

    /// <summary>So many short ones are odd.</summary>
    public int ManyShort { get; set; } = 5;

    /// <summary>Such a part of the pauses of a team by one person of it is odd.</summary>
    public int SharePercent { get; set; } = 60;

    /// <summary>Below so many pauses of a team nothing is said about whose they are.</summary>
    public int LeastOfTeam { get; set; } = 5;

    /// <summary>Pauses that are looked at, latest first; the answer says when there were more.</summary>
    public int Pauses { get; set; } = 20_000;

    /// <summary>Pauses that are listed with a person.</summary>
    public int Listed { get; set; } = 50;
}

/// <summary>A pause as the list looks at it.</summary>
/// <param name="Key">Names it for whoever asked.</param>
/// <param name="To">Null while it goes on.</param>
/// <param name="Calendar">Of the clock that it is about: whose closing time counts.</param>
public sealed record PauseSeen(string Key, string UserId, string TeamId, DateTimeOffset From, DateTimeOffset? To, BusinessCalendar Calendar);

/// <summary>Why somebody's pauses are worth a look.</summary>
public enum OddPauseMark
{
    AroundClosing,
    ManyShort,
    MostOfTeam,
}

/// <param name="SharePercent">Of the pauses of the team, rounded down.</param>
/// <param name="Pauses">Those that the marks are about, latest first.</param>
public sealed record OddPauser(string UserId, string TeamId, int Count, int AroundClosing, int Short, int SharePercent, ImmutableArray<OddPauseMark> Marks, ImmutableArray<PauseSeen> Pauses);

/// <summary>
/// Finds who pauses oddly: around closing time again and again, often for a short time, or nearly alone in their team. That gains nobody time (a pause within a
/// date excludes no day, and hours after closing do not count anyway); it is a question for the supervisor to ask, not an answer.
/// </summary>
public static class OddPausing
{
    /// <summary>Most marks first, then most pauses. Pure.</summary>
    public static ImmutableArray<OddPauser> Find(IReadOnlyCollection<PauseSeen> pauses, OddPausingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var ofTeam = pauses.CountBy(pause => pause.TeamId).ToDictionary();
        return
        [
            .. pauses.GroupBy(pause => (pause.UserId, pause.TeamId)).Select(group => Look(group.Key, [.. group.OrderByDescending(pause => pause.From)], ofTeam[group.Key.TeamId], options))
                .Where(person => !person.Marks.IsEmpty).OrderByDescending(person => person.Marks.Length).ThenByDescending(person => person.Count).ThenBy(person => person.UserId, StringComparer.Ordinal),
        ];
    }

    private static OddPauser Look((string UserId, string TeamId) who, List<PauseSeen> pauses, int ofTeam, OddPausingOptions options)
    {
        var around = pauses.Where(pause => IsAroundClosing(pause.From, pause.Calendar, options) || (pause.To is { } to && IsAroundClosing(to, pause.Calendar, options))).ToList();
        var brief = pauses.Where(pause => pause.To - pause.From < TimeSpan.FromMinutes(options.ShortMinutes)).ToList();
        var share = pauses.Count * 100 / ofTeam;
        var marks = ImmutableArray.CreateBuilder<OddPauseMark>();
        if (around.Count >= options.AroundClosing) marks.Add(OddPauseMark.AroundClosing);
        if (brief.Count >= options.ManyShort) marks.Add(OddPauseMark.ManyShort);
        if (ofTeam >= options.LeastOfTeam && share >= options.SharePercent) marks.Add(OddPauseMark.MostOfTeam);
        var about = marks.Contains(OddPauseMark.MostOfTeam) ? pauses : pauses.Where(pause => marks.Contains(OddPauseMark.AroundClosing) && around.Contains(pause) || marks.Contains(OddPauseMark.ManyShort) && brief.Contains(pause));
        return new(who.UserId, who.TeamId, pauses.Count, around.Count, brief.Count, share, marks.ToImmutable(), [.. about.Take(options.Listed)]);
    }

    private static bool IsAroundClosing(DateTimeOffset at, BusinessCalendar calendar, OddPausingOptions options)
    {
        var local = calendar.InZone(at);
        var plan = calendar.PlanOf(DateOnly.FromDateTime(local.DateTime));
        return !calendar.IsContinuous && plan.IsWorking && Math.Abs(local.TimeOfDay.Ticks - plan.Hours[^1].ToTicks) <= TimeSpan.FromMinutes(options.ClosingMinutes).Ticks;
    }
}
