using System.Runtime.CompilerServices;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>
/// Counts what a script uses. The promise: whatever a script does, it pays here first — steps for work, bytes for memory, depth for
/// recursion — and no work between two payments is unbounded. The counts depend on the script and its values only.
/// </summary>
internal sealed class Meter(ScriptLimits limits, Func<bool>? mustStop)
{
    private const int StepsBetweenChecks = 256;

    private long checkAt = Math.Min(StepsBetweenChecks, limits.MaxSteps);

    public ScriptLimits Limits { get; } = limits;

    public long Steps { get; private set; }

    public long Bytes { get; private set; }

    public int Depth { get; private set; }

    public void Step()
    {
        if (++Steps > checkAt) Check();
    }

    public void Work(long units)
    {
        Steps += units;
        if (Steps > checkAt) Check();
    }

    /// <summary>Work on characters that the machine handles in bulk: copying, comparing, searching for one character.</summary>
    public void Characters(long count) => Work(1 + (count >> 4));

    /// <summary>Work on items of arrays that the machine handles in bulk.</summary>
    public void Items(long count) => Work(1 + (count >> 3));

    public void Allocate(long bytes)
    {
        Bytes += bytes;
        if (Bytes > Limits.MaxBytes) throw Exceeded(nameof(ScriptLimits.MaxBytes), Limits.MaxBytes);
    }

    /// <summary>Pays for a new string of this length.</summary>
    public void Text(long length)
    {
        if (length > Limits.MaxStringLength) throw Exceeded(nameof(ScriptLimits.MaxStringLength), Limits.MaxStringLength);
        Characters(length);
        Allocate(24 + (length * 2));
    }

    /// <summary>Pays for slots of an array.</summary>
    public void Slots(long count)
    {
        if (count > Limits.MaxArrayLength) throw Exceeded(nameof(ScriptLimits.MaxArrayLength), Limits.MaxArrayLength);
        Items(count);
        Allocate(24 + (count * 16));
    }

    /// <summary>The end of a script that has reached a limit.</summary>
    public ScriptLimitException Exceeded(string limit, long allowed) => new(limit, allowed, Steps);

    public void Enter(int levels)
    {
        Depth += levels;
        if (Depth > Limits.MaxDepth) throw Exceeded(nameof(ScriptLimits.MaxDepth), Limits.MaxDepth);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new ScriptHardStopException("The stack of this thread is too small for the script.");
    }

    public void Leave(int levels) => Depth -= levels;

    /// <summary>Takes the depth back to where an error is caught; pays for the levels that it came up.</summary>
    public void Unwind(int depth)
    {
        Work((Depth - depth) * 8L);
        Depth = depth;
    }

    private void Check()
    {
        if (Steps > Limits.MaxSteps) throw Exceeded(nameof(ScriptLimits.MaxSteps), Limits.MaxSteps);
        if (mustStop?.Invoke() == true) throw new ScriptHardStopException("The time that a script may take on this machine is used up.");
        checkAt = Math.Min(Steps + StepsBetweenChecks, Limits.MaxSteps);
    }
}
