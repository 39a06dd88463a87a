namespace Workflow.Server.Replays;

/// <summary>The time of a replay: it stands where the log is, and never goes back.</summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref ticks), TimeSpan.Zero);

    public void AdvanceTo(DateTimeOffset at) => Volatile.Write(ref ticks, Math.Max(ticks, at.UtcTicks));
}
