using System.Security.Cryptography;
using System.Text;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>Names one request of one caller; the second one with the same name gets the first one's answer.</summary>
/// <param name="BodyHash">Of what was asked, see <see cref="HashOf"/>, so that a key used again for something else is refused.</param>
public sealed record IdempotencyKey(string Caller, string Route, string Key, string BodyHash)
{
    /// <summary>The body in the first half, what the caller had seen in the second: after a 412 it is another request, and a refusal can say so.</summary>
    public static string HashOf(string body, string ifMatch) => HalfOf(body) + HalfOf(ifMatch);

    /// <summary>Why this is not the request that came with the key first; null when it is.</summary>
    public Rejection? Refuse(string earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (earlier == BodyHash) return null;
        var half = BodyHash.Length / 2;
        var isSameBody = earlier.Length == BodyHash.Length && earlier.AsSpan(0, half).SequenceEqual(BodyHash.AsSpan(0, half));
        return Rejection.KeyReused(isSameBody ? "another If-Match" : "another body");
    }

    private static string HalfOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    /// <summary>Names the request in an index, whatever the length of its parts.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes($"{Caller}\n{Route}\n{Key}"));
}

/// <summary>A stimulus on its way to an instance.</summary>
public sealed record Command(InstanceId Instance, Stimulus Stimulus)
{
    /// <summary>The version to start; null for an instance that exists.</summary>
    public DefinitionVersion? Definition { get; init; }

    /// <summary>The revision that the caller has seen; another one is a refusal. Null when any will do.</summary>
    public int? Expected { get; init; }

    /// <summary>An instance that runs has asked for this start, or somebody was told that it will come: it is taken also while the disk is low.</summary>
    public bool IsPromised { get; init; }

    /// <summary>The subject of an alarm: the start joins the open task of this definition and subject instead, when there is one.</summary>
    public string? AlarmOf { get; init; }

    /// <summary>A start that may be the repeat of a closed task of the same subject; null where the definition has no recurrence window.</summary>
    public RepeatQuery? Repeats { get; init; }

    public IdempotencyKey? Key { get; init; }

    /// <summary>What to remember as the answer to <see cref="Key"/>.</summary>
    public Func<CommandResult.Applied, string>? Answer { get; init; }

    /// <summary>The effect whose end this command tells; its row is settled in the same transaction.</summary>
    public OutboxRow? Ended { get; init; }
}

/// <summary>Which closed tasks a new one repeats: those of this subject that were closed since then.</summary>
public sealed record RepeatQuery(string SubjectKey, DateTimeOffset Since, RecurrenceAction Do);

/// <summary>What came of a command, after the commit: the step, or the remembered answer to an earlier command with the same key.</summary>
public abstract record CommandResult
{
    private CommandResult()
    {
    }

    /// <summary>Why it was refused; null when it was not, or when that is not known any more.</summary>
    public Rejection? Refusal => this is Applied { Step: Step.Rejected rejected } ? rejected.Why : null;

    internal static Applied Refused(Reason reason, string expected, string found) => new(new Step.Rejected(new(reason, expected, found)));

    /// <param name="Before">The instance as the step found it; null when there was none.</param>
    public sealed record Applied(Step Step, WorkflowInstance? Before = null) : CommandResult;

    /// <param name="Schema">The number of the answer's shape.</param>
    public sealed record Remembered(string Answer, int Schema) : CommandResult;
}
