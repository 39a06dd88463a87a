using System.Collections.Immutable;

namespace Workflow.Engine.Clocks;

/// <summary>What has become of a clock besides running and stopping. Null on a clock until the first of it happens.</summary>
public sealed record ClockHistory
{
    /// <summary>The calendars that it counted on before the one of its policy, in order.</summary>
    public ImmutableArray<CalendarTurn> Turns { get; init; } = [];

    /// <summary>Why its due time is another one than its spans alone would have made it, in order.</summary>
    public ImmutableArray<DueMove> Moves { get; init; } = [];

    /// <summary>The version of the definition whose policy was applied to it; null for that of its task.</summary>
    public int? PolicyVersion { get; init; }
}

/// <summary>A clock counted on this calendar until then; what was counted stays.</summary>
/// <param name="Version">Of the calendar, see <see cref="BusinessCalendar.Version"/>.</param>
public sealed record CalendarTurn(string Calendar, string Version, DateTimeOffset Until);

/// <summary>An entry of the ledger about the due time itself: it was counted again, for this reason.</summary>
/// <param name="Rule">One of <see cref="MoveRule"/>.</param>
/// <param name="Before">The due time that it had; null when it had none.</param>
/// <param name="After">The due time that it has since; null while it is stopped.</param>
/// <param name="Basis">What it was counted by since: a calendar and its version, or a definition and its version.</param>
/// <param name="Change">The change that was approved; null when none had to be.</param>
public sealed record DueMove(DateTimeOffset At, string Rule, DateTimeOffset? Before, DateTimeOffset? After, string Basis, ApprovedChange? Change);

/// <summary>Why a clock is counted again. Part of the stored form: never renamed.</summary>
public static class MoveRule
{
    /// <summary>Its calendar has another version.</summary>
    public const string CalendarChanged = "calendar-changed";

    /// <summary>Another version of the definition's policy holds for it.</summary>
    public const string PolicyChanged = "policy-changed";

    /// <summary>The work has come to a team, or to a district, with another calendar.</summary>
    public const string HandedOver = "handed-over";
}

/// <summary>A change of a calendar or of a policy that somebody has approved, as the facts of the clocks name it.</summary>
/// <param name="Number">Of the change.</param>
/// <param name="Subject">Id of the calendar or of the definition.</param>
/// <param name="Version">Of the calendar or of the definition.</param>
/// <param name="ApproverId">Null where the server itself brought the version in.</param>
public sealed record ApprovedChange(int Number, string Subject, string Version, string? ApproverId, string? ApproverName, string? Reason);
