using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>Why inspection looks at a task, or does not.</summary>
public enum SampleReason
{
    /// <summary>The lot has decided, for or against.</summary>
    Lot,

    /// <summary>督办: ordered, or escalated to inspection.</summary>
    Ordered,

    Complained,

    /// <summary>复发: the same subject again within the recurrence window.</summary>
    Repeated,

    /// <summary>An earlier post-evaluation has sent it back.</summary>
    Returned,
}

/// <summary>Whether a task was drawn for inspection, with what is needed to draw it again.</summary>
/// <param name="Rate">As the definition says it.</param>
/// <param name="Ticket">What was hashed, see <see cref="Sampling"/>.</param>
/// <param name="Lot">The first 8 hexadecimal digits of its SHA-256.</param>
public sealed record SampleDraw(bool IsDrawn, SampleReason Reason, string Rate, string Ticket, string Lot);

/// <summary>
/// The draw of the sample: nobody chooses, and everybody can draw again. The ticket is <c>salt:task id:definition:version</c>; the first 8 hexadecimal digits
/// of its SHA-256 are the lot; a lot below the rate × 2³² is drawn. Tasks that are always inspected are drawn whatever their lot is.
/// </summary>
public static class Sampling
{
    public static SampleDraw Draw(InstanceId id, DefinitionVersion definition, TaskState task, EvaluationDeclaration declared)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(declared);
        var ticket = string.Create(CultureInfo.InvariantCulture, $"{declared.Salt}:{id}:{definition.DefinitionId}:{definition.Version}");
        var lot = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(ticket)));
        var always = AlwaysFor(task);
        return new(always is not null || lot < declared.Rate * 0x1_0000_0000L, always ?? SampleReason.Lot, declared.Sample ?? "0%", ticket, lot.ToString("x8", CultureInfo.InvariantCulture));
    }

    /// <summary>Why a task is inspected whatever its lot is; null when its lot decides.</summary>
    public static SampleReason? AlwaysFor(TaskState task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.Ordered || task.Origin == TaskOrigin.Order || task.EscalatedTo.Contains(TeamKind.Inspection)) return SampleReason.Ordered;
        if (task.Origin == TaskOrigin.Complaint) return SampleReason.Complained;
        if (task.Earlier is not null) return SampleReason.Repeated;
        return task.Visits.Any(visit => visit is { Stage: StageName.PostEvaluation, Outcome: StageOutcome.Return }) ? SampleReason.Returned : null;
    }
}
