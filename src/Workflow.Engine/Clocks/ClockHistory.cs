using System.Collections.Immutable;

namespace Workflow.Engine.Clocks;

/// <summary>What has become of a clock besides running and stopping. Null on a clock until the first of it happens.</summary>
public sealed record ClockHistory
{
    /// <summary>The calendars that it counted on before the one of its policy, in order.</summary>
    public ImmutableArray<CalendarTurn> Turns { get; init; } = [];

    /// <summary>The version of the definition whose policy was applied to it; null for that of its task.</summary>
    public int? PolicyVersion { get; init; }
}

/// <summary>A clock counted on this calendar until then; what was counted stays.</summary>
/// <param name="Version">Of the calendar, see <see cref="BusinessCalendar.Version"/>.</param>
public sealed record CalendarTurn(string Calendar, string Version, DateTimeOffset Until);

/// <summary>A change of a calendar or of a policy that somebody has approved, as the facts of the clocks name it.</summary>
/// <param name="Number">Of the change.</param>
/// <param name="Subject">Id of the calendar or of the definition.</param>
/// <param name="Version">Of the calendar or of the definition.</param>
/// <param name="ApproverId">Null where the server itself brought the version in.</param>
public sealed record ApprovedChange(int Number, string Subject, string Version, string? ApproverId, string? ApproverName, string? Reason);
