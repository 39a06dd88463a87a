namespace Workflow.Engine.Running;

/// <summary>
/// A clock for walk-throughs and tests: starts anywhere and runs at any speed. Timers on it are as fast as it is.
/// It stands still until <see cref="Start"/>, so that the time a server needs to come up does not count.
/// </summary>
public sealed class DemoClock(DateTimeOffset start, double speed) : TimeProvider
{
    private long? origin;

    public double Speed => speed;

    public void Start() => origin = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() =>
        start.ToUniversalTime() + (origin is { } started ? System.GetElapsedTime(started) * speed : TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, ToReal(dueTime), ToReal(period));

    /// <summary>How long real time takes for a span of <paramref name="time"/>.</summary>
    public static TimeSpan RealSpan(TimeProvider time, TimeSpan span) => time is DemoClock demo ? demo.ToReal(span) : span;

    /// <summary>Real time never rounds down to nothing: what fires early would find nothing due and spin.</summary>
    private TimeSpan ToReal(TimeSpan span) =>
        span == Timeout.InfiniteTimeSpan || span <= TimeSpan.Zero ? span : TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(span.TotalMilliseconds / speed, uint.MaxValue - 2)));
}
