using System.Text.Json.Serialization;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>How the answers of several signers become one.</summary>
public enum SignKind
{
    /// <summary>或签: the first answer decides.</summary>
    Any,

    /// <summary>会签: every signer has to agree.</summary>
    All,

    /// <summary>会签: a share of the signers has to agree.</summary>
    Percent,
}

/// <summary>By which rule the signers of one step decide together.</summary>
/// <param name="Percent">The share that has to agree, from 1 to 100; 100 for <see cref="SignKind.All"/>.</param>
/// <param name="Agree">The outcome that counts as agreement; every other one is disagreement.</param>
public sealed record SignRule(SignKind Kind, int Percent, string Agree)
{
    /// <summary>
    /// What has been decided by the answers so far; null while it is open. With <see cref="SignKind.Any"/> that is the first answer. Otherwise it is agreement as soon as
    /// enough have agreed, and as soon as that can no longer be reached the disagreement that was given most often, of two the one that was given first.
    /// </summary>
    /// <param name="parts">The signers that count, see <see cref="JointSigns.Counting"/>.</param>
    public SignDecision? Decide(IReadOnlyCollection<WorkItem> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var answers = parts.Select(part => part.State).OfType<WorkItemState.Done>().OrderBy(done => done.At).ToList();
        var agreed = answers.Count(done => done.Outcome == Agree);
        if (Kind == SignKind.Any) return answers.Count == 0 ? null : new(answers[0].Outcome, agreed, parts.Count);
        var needed = Needed(parts.Count);
        if (agreed >= needed && agreed > 0) return new(Agree, agreed, parts.Count);
        if (agreed + parts.Count(part => part.IsOpen) >= needed) return null;
        var against = answers.Where(done => done.Outcome != Agree).GroupBy(done => done.Outcome).MaxBy(group => group.Count());
        return against is null ? null : new(against.Key, agreed, parts.Count);
    }

    /// <summary>How many of so many signers have to agree.</summary>
    public int Needed(int signers) => Kind == SignKind.Any ? 1 : (int)(((long)signers * Percent + 99) / 100);
}

/// <summary>How a joint sign has ended.</summary>
/// <param name="Agreed">How many had agreed by then.</param>
/// <param name="Of">How many signers counted.</param>
public sealed record SignDecision(string Outcome, int Agreed, int Of);

/// <summary>What makes a work item one signer's part of a joint sign.</summary>
public sealed record SignerPart(SignRule Rule)
{
    /// <summary>The only person who may sign; null where a member of the item's team does.</summary>
    public Person? Person { get; init; }

    /// <summary>The role that whoever signs for the team needs; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>Who has added this signer; null for one whom the step names.</summary>
    public Person? AddedBy { get; init; }

    /// <summary>Why this signer was added.</summary>
    public string? Reason { get; init; }

    /// <summary>Set on the part by whose answer or removal the joint sign was decided.</summary>
    public SignDecision? Decision { get; init; }

    /// <summary>Whom the part is offered to, whoever has it now.</summary>
    [JsonIgnore]
    public WorkItemState.Offered Offer => Person is null ? WorkItemState.Offered.Instance : new(Person);
}
