using System.Globalization;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Running;

/// <summary>A command on its way through the commit queue.</summary>
internal sealed class PendingCommand(Command asked)
{
    private int attempts;
    private long? failedAt;

    /// <summary>As it was submitted.</summary>
    public Command Asked { get; } = asked;

    /// <summary>As it is applied: an alarm may join an open task.</summary>
    public Command Command { get; set; } = asked;

    public TaskCompletionSource<CommandResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CommandResult? Result { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>Why the database does not take what the command leads to.</summary>
    public Exception? Refused { get; set; }

    /// <summary>What was written, if anything; for a failed burst, its incident.</summary>
    public Step? Recorded { get; set; }

    /// <summary>What came of an earlier try does not count.</summary>
    public void Forget() => (Result, Failure, Recorded) = (null, null, null);

    public void Answer(CommandResult result) => Completion.TrySetResult(result);

    public void Complete()
    {
        if (Failure is { } failure) Completion.TrySetException(failure);
        else Completion.TrySetResult(Result!);
    }

    /// <summary>The database did not answer; it may come back.</summary>
    public bool MayWait(TimeSpan limit)
    {
        failedAt ??= TimeProvider.System.GetTimestamp();
        if (TimeProvider.System.GetElapsedTime(failedAt.Value) < limit) return true;
        Answer(CommandResult.Refused(Reason.Overloaded, "a database that answers", string.Create(CultureInfo.InvariantCulture, $"none for {limit.TotalSeconds} s")));
        return false;
    }

    public bool MayTryAgain(int maxAttempts)
    {
        if (++attempts < maxAttempts) return true;
        Answer(CommandResult.Refused(Reason.Overloaded, "an instance that others leave alone for a moment", $"{attempts} lost races"));
        return false;
    }
}
