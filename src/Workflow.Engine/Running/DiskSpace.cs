using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Running;

/// <summary>How much of the disk is kept for what runs already (configuration section <c>Disk</c>).</summary>
public sealed class DiskOptions
{
    /// <summary>Megabytes (1,048,576 bytes) that must be free for an instance to start. 0: nothing is asked for.</summary>
    public long MinFreeMegabytes { get; set; } = 512;
}

/// <summary>The disk that the engine writes to.</summary>
/// <param name="FreeBytes">Reads what this process may still write there.</param>
public sealed record Disk(Func<long> FreeBytes);

public sealed record DiskReading(long FreeBytes, long MinFreeBytes)
{
    public bool IsLow => FreeBytes < MinFreeBytes;
}

/// <summary>
/// Says no to new instances while the disk can still take what brings the running ones to their end. A start by a person, a program, an event from
/// outside or the time is refused; what an instance that runs starts, and what was promised a start before, goes on.
/// </summary>
public sealed class DiskSpace(Disk disk, IOptions<DiskOptions> options, ILogger<DiskSpace> log)
{
    private const int Megabyte = 1 << 20;

    private bool wasLow;

    /// <summary>Why nothing is started now; null when it may be.</summary>
    public Rejection? RefuseStart() => options.Value.MinFreeMegabytes > 0 && Read() is { IsLow: true } low
        ? new(Reason.DiskLow, $"at least {options.Value.MinFreeMegabytes} MB free on the disk", $"{low.FreeBytes / Megabyte} MB")
        : null;

    /// <summary>
    /// Why a file of this size is not taken now; null when it may be. What runs needs its evidence, so files go on half of the way that starts do not; the other half
    /// is for the database.
    /// </summary>
    public Rejection? RefuseFile(long bytes) => options.Value.MinFreeMegabytes > 0 && Read() is var reading && reading.FreeBytes - bytes < reading.MinFreeBytes / 2
        ? new(Reason.DiskLow, $"room on the disk for {bytes} bytes beside {options.Value.MinFreeMegabytes / 2} MB", $"{reading.FreeBytes / Megabyte} MB")
        : null;

    /// <summary>Also tells the log when it has changed.</summary>
    public DiskReading Read()
    {
        var reading = new DiskReading(disk.FreeBytes(), options.Value.MinFreeMegabytes * Megabyte);
        if (Interlocked.Exchange(ref wasLow, reading.IsLow) == reading.IsLow) return reading;
        if (reading.IsLow)
            log.LogError("The disk is low: {Free} MB are free, {Least} MB are needed. Nothing is started until there is room; what runs goes on", reading.FreeBytes / Megabyte, options.Value.MinFreeMegabytes);
        else log.LogWarning("The disk has room again: {Free} MB are free. Instances are started again", reading.FreeBytes / Megabyte);
        return reading;
    }
}
