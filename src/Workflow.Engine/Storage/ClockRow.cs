using System.Collections.Immutable;
using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>A clock with everything that it takes to count it, so that all of them can be counted without their tasks.</summary>
public sealed record ClockRow : IInstancePart
{
    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => Number;

    public required int Number { get; init; }

    public required ClockScope Scope { get; init; }

    public required string? Stage { get; init; }

    public required int? WorkItem { get; init; }

    public required string Target { get; init; }

    public required string Calendar { get; init; }

    public required ClockState State { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset? Due { get; init; }

    public required DateTimeOffset? BreachedAt { get; init; }

    public required bool IsProvisional { get; init; }

    public required string Node { get; init; }

    public required string CalendarVersion { get; init; }

    public required DayEnd? DayEnd { get; init; }

    /// <summary>The calendar of a clock that runs or waits; null for one that has ended, so that an index holds no others.</summary>
    public required string? OpenCalendar { get; init; }

    /// <summary>In which it ran, as JSON; null for one that has run since its start without a stop.</summary>
    public required string? Spans { get; init; }

    /// <summary>The calendars before, as JSON; null where there were none.</summary>
    public required string? Turns { get; init; }

    /// <summary>See <see cref="ClockHistory.PolicyVersion"/>.</summary>
    public required int? PolicyVersion { get; init; }

    public static ClockRow Of(InstanceId id, SlaClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new()
        {
            InstanceId = id,
            Number = clock.Id,
            Scope = clock.Scope,
            Stage = clock.Stage,
            WorkItem = clock.WorkItem,
            Target = clock.Policy.Target,
            Calendar = clock.Policy.Calendar,
            State = clock.State,
            StartedAt = clock.StartedAt,
            Due = clock.Due,
            BreachedAt = clock.BreachedAt,
            IsProvisional = clock.IsProvisional,
            Node = clock.Node,
            CalendarVersion = clock.CalendarVersion,
            DayEnd = clock.Policy.DayEnd,
            OpenCalendar = clock.IsOpen ? clock.Policy.Calendar : null,
            Spans = clock.Spans is [{ To: null } only] && only.From == clock.StartedAt ? null : InstanceJson.Write(clock.Spans),
            Turns = clock.Turns.IsEmpty ? null : InstanceJson.Write(clock.Turns),
            PolicyVersion = clock.History?.PolicyVersion,
        };
    }

    /// <summary>The clock as far as it takes to count it.</summary>
    public SlaClock ToClock() => new(Number, Scope, Node, new(Target, Calendar, null, false) { DayEnd = DayEnd }, CalendarVersion, StartedAt)
    {
        Stage = Stage,
        WorkItem = WorkItem,
        State = State,
        Spans = Spans is null ? [new(StartedAt, null, null)] : InstanceJson.Read<ImmutableArray<ClockSpan>>(Spans),
        Due = Due,
        IsProvisional = IsProvisional,
        BreachedAt = BreachedAt,
        History = Turns is null && PolicyVersion is null ? null
            : new() { Turns = Turns is null ? [] : InstanceJson.Read<ImmutableArray<CalendarTurn>>(Turns), PolicyVersion = PolicyVersion },
    };

    /// <summary>What <see cref="Turns"/> holds of a calendar; with a version, of that one.</summary>
    internal static string TurnOf(string calendar, string? version = null) => $$"""
        "calendar":"{{calendar}}","version":"{{version}}
        """;
}
