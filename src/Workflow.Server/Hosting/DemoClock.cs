namespace Workflow.Server.Hosting;

/// <summary>
/// A clock for walk-throughs and tests: starts anywhere and runs at any speed. Timers on it are as fast as it is.
/// It stands still until <see cref="Start"/>, so that the time a server needs to come up does not count.
/// </summary>
internal sealed class DemoClock(DateTimeOffset start, double speed) : TimeProvider
{
    private long? origin;

    public double Speed => speed;

    public void Start() => origin = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() =>
        start.ToUniversalTime() + (origin is { } started ? System.GetElapsedTime(started) * speed : TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, ToReal(dueTime), ToReal(period));

    /// <summary>Real time never rounds down to nothing: a timer that fires early would find nothing due and spin.</summary>
    private TimeSpan ToReal(TimeSpan span) =>
        span == Timeout.InfiniteTimeSpan || span == TimeSpan.Zero ? span : TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(span.TotalMilliseconds / speed, uint.MaxValue - 2)));
}
