using Workflow.Reliability.Faults;

// Servers of one run must not starve those of another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Workflow.Reliability;

/// <summary>A test that mounts a disk of its own; skipped where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DiskTheoryAttribute : TheoryAttribute
{
    public DiskTheoryAttribute()
    {
        if (!Tmpfs.IsAllowed) Skip = "needs the right to mount a tmpfs";
    }
}

/// <summary>A test that makes a clock jump; skipped where libfaketime is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClockTheoryAttribute : TheoryAttribute
{
    public ClockTheoryAttribute()
    {
        if (JumpClock.Library is null) Skip = "needs libfaketime (Debian package faketime)";
    }
}
