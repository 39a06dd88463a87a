using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Workflow.Engine.Clocks;

namespace Workflow.Engine.Instances;

/// <summary>About clocks.</summary>
[JsonDerivedType(typeof(ClockExtended), "clock-extended")]
[JsonDerivedType(typeof(ClockRecounted), "clock-recounted")]
[JsonDerivedType(typeof(ClockStarted), "clock-started")]
[JsonDerivedType(typeof(ClockStopped), "clock-stopped")]
[JsonDerivedType(typeof(ClockResumed), "clock-resumed")]
[JsonDerivedType(typeof(ClockEnded), "clock-ended")]
[JsonDerivedType(typeof(ClockBreached), "clock-breached")]
[JsonDerivedType(typeof(RungFired), "rung-fired")]
[JsonDerivedType(typeof(ClockRetargeted), "clock-retargeted")]
[JsonDerivedType(typeof(PauseCredited), "pause-credited")]
[JsonDerivedType(typeof(PauseCapped), "pause-capped")]
[JsonDerivedType(typeof(BreachAnnulled), "breach-annulled")]
[JsonDerivedType(typeof(ClockHeldUntil), "clock-held-until")]
public abstract partial record Fact
{
    /// <summary>A clock has another target, and what follows from it.</summary>
    /// <param name="Before">The target that it had.</param>
    public sealed record ClockExtended(int Clock, string Before, string After, ClockReading Reading) : Fact
    {
        public Person? By { get; init; }

        public string? Reason { get; init; }
    }

    /// <summary>The target of another priority: counted from the clock's original start, with what was approved on top.</summary>
    public sealed record ClockRetargeted(int Clock, string Before, SlaPolicy After, Person? By, string Reason, ClockReading Reading) : Fact;

    /// <summary>A pause was approved after it had begun: the clock has stood still since the request.</summary>
    /// <param name="Spans">All spans of the clock, as they are known now.</param>
    public sealed record PauseCredited(int Clock, ImmutableArray<ClockSpan> Spans, TimeSpan Counted, Person By, string? Reason, ClockReading Reading) : Fact;

    /// <summary>A pause has lasted as long as it may: the clock goes on by itself.</summary>
    /// <param name="At">When, which may be earlier than the burst that noticed.</param>
    public sealed record PauseCapped(int Clock, DateTimeOffset At, ClockReading Reading) : Fact;

    /// <summary>A due time that had passed has moved: the breach did not happen then.</summary>
    /// <param name="DueAt">Of the breach that is taken back. Rungs that fired have fired.</param>
    public sealed record BreachAnnulled(int Clock, DateTimeOffset DueAt) : Fact;

    public sealed record ClockStarted(SlaClock Clock) : Fact;

    /// <summary>The clock waits, for instance because its stage was left and may be entered again.</summary>
    public sealed record ClockStopped(int Clock, string Why, TimeSpan Counted) : Fact
    {
        /// <summary>When the cap of the pause lets it go on.</summary>
        public DateTimeOffset? Until { get; init; }

        public PauseNote? Pause { get; init; }
    }

    public sealed record ClockResumed(int Clock, ClockReading Reading) : Fact;

    public sealed record ClockEnded(int Clock, bool IsMet, TimeSpan Counted) : Fact;

    /// <param name="DueAt">The due time that passed, which may be earlier than the burst that noticed.</param>
    public sealed record ClockBreached(int Clock, DateTimeOffset DueAt) : Fact;

    /// <summary>A clock counts by other terms, from its start; rungs that have fired stay so.</summary>
    public sealed record ClockRecounted(int Clock, ClockTerms Terms, ClockChange Change, ClockReading Reading) : Fact;

    public sealed record RungFired(int Clock, string Rung) : Fact;

    /// <summary>A clock that stands still goes on at another time than it was to, because a cap has moved or an item that was capped earlier has ended.</summary>
    /// <param name="Until">Null when nothing lets it go on by itself.</param>
    public sealed record ClockHeldUntil(int Clock, DateTimeOffset? Until) : Fact;
}
