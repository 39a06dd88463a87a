using System.Collections.Frozen;
using System.Collections.Immutable;
using Workflow.Engine.Instances;
using static Workflow.Engine.WorkItems.WorkItemCommand;

namespace Workflow.Engine.WorkItems;

/// <summary>What a person is to a work item, by their role or by what they have to do with it.</summary>
public enum Relation
{
    /// <summary>A member of the team that the item is offered to, or the one person whom it is offered to.</summary>
    Candidate,

    /// <summary>Who has claimed it.</summary>
    Holder,

    /// <summary>Who works on it for the holder.</summary>
    Delegate,

    /// <summary>Who has delegated it.</summary>
    Delegator,

    /// <summary>Who has completed it.</summary>
    Completer,

    /// <summary>A member of the team that rules about it.</summary>
    Arbiter,

    /// <summary>Who has added this signer to a joint sign.</summary>
    Adder,

    /// <summary>Who has raised the task.</summary>
    Initiator,

    /// <summary>Has the role <c>supervisor</c>.</summary>
    Supervisor,

    /// <summary>Has the role <c>duty-officer</c>.</summary>
    DutyOfficer,

    /// <summary>Has the role <c>operator</c>, and keeps the organisation.</summary>
    Organiser,

    /// <summary>Has the role that the reason of an open request for a pause names.</summary>
    Approver,

    /// <summary>May see the task.</summary>
    Participant,
}

/// <summary>What keeps a person from a command whatever else they are.</summary>
public enum Bar
{
    /// <summary>回避: in post-evaluation, whoever handled the task, or whose team did.</summary>
    HandledIt,

    /// <summary>Who has asked for it does not decide about it.</summary>
    AskedForIt,

    /// <summary>Who has asked for a pause does not approve it.</summary>
    AskedForPause,

    /// <summary>Nobody answers a joint sign twice.</summary>
    SignsAlready,

    /// <summary>Who does not hold the certificates that the item asks for.</summary>
    NotCertified,
}

/// <summary>One row of the table of who may do what.</summary>
/// <param name="Who">One of them is enough.</param>
/// <param name="Never">None of them may.</param>
public sealed record WorkItemRight(WorkItemCommand Command, ImmutableArray<Relation> Who, ImmutableArray<Bar> Never);

/// <summary>A work item with what is needed of its task to say what a person is to it.</summary>
public sealed record ItemInTask(WorkItem Item, TaskState Task, IReadOnlyList<WorkItem> Items)
{
    public static ItemInTask Of(WorkflowInstance instance, WorkItem item)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new(item, instance.Task ?? throw new InvariantBrokenException("a work item outside a task"), instance.WorkItems);
    }
}

/// <summary>
/// The table of who may do what. Nothing else decides that; <c>docs/work-items.md</c> shows this table, and a test keeps it so. That the person may see the
/// task at all is decided before, by team and area.
/// </summary>
public static class WorkItemRights
{
    public const string SupervisorRole = "supervisor";
    public const string DutyOfficerRole = "duty-officer";
    public const string OrganiserRole = "operator";

    public static ImmutableArray<WorkItemRight> Table { get; } =
    [
        new(Claim, [Relation.Candidate], [Bar.HandledIt, Bar.NotCertified, Bar.SignsAlready]),
        new(Release, [Relation.Holder], []),
        new(Attach, [Relation.Holder, Relation.Delegate], []),
        new(Complete, [Relation.Holder], [Bar.HandledIt]),
        new(WorkItemCommand.Decline, [Relation.Candidate], []),
        new(Rule, [Relation.Arbiter], []),
        new(Transfer, [Relation.Holder, Relation.Supervisor, Relation.DutyOfficer, Relation.Organiser], []),
        new(WorkItemCommand.Delegate, [Relation.Holder], []),
        new(GiveBack, [Relation.Delegate, Relation.Delegator, Relation.Organiser], []),
        new(Return, [Relation.Holder], []),
        new(Withdraw, [Relation.Completer], []),
        new(Urge, [Relation.Supervisor, Relation.DutyOfficer, Relation.Initiator], []),
        new(Suspend, [Relation.Holder, Relation.Supervisor], []),
        new(Resume, [Relation.Holder, Relation.Supervisor, Relation.Organiser], []),
        new(DecidePause, [Relation.Approver], [Bar.AskedForPause]),
        new(AskExtension, [Relation.Holder], []),
        new(DecideExtension, [Relation.Supervisor], [Bar.AskedForIt]),
        new(WorkItemCommand.AddSigner, [Relation.Holder, Relation.Supervisor], []),
        new(WorkItemCommand.RemoveSigner, [Relation.Adder, Relation.Supervisor], []),
        new(Copy, [Relation.Holder, Relation.Initiator, Relation.Supervisor, Relation.DutyOfficer], []),
        new(Comment, [Relation.Participant], []),
    ];

    private static readonly FrozenDictionary<WorkItemCommand, WorkItemRight> ByCommand = Table.ToFrozenDictionary(right => right.Command);

    /// <summary>Why a person may not do this to an item; null when they may.</summary>
    public static Rejection? Refuse(ItemInTask place, WorkItemCommand command, Actor by)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(by);
        var right = ByCommand[command];
        var rule = $"who-may/{WorkItemChanges.Word(command)}";
        if (!right.Who.Any(relation => Is(relation, place, by)))
            return new(ReasonOf(command), string.Join(" or ", right.Who.Select(relation => Describe(relation, place.Item))), by.Name) { Rule = rule };
        foreach (var bar in right.Never)
            if ((bar == Bar.NotCertified ? Uncertified(place.Item, by.Name, kind => by.Certificates?.Contains(kind) == true) : Barred(bar, place, by.Person, by.Teams)) is { } why) return why.Rule is null ? why with { Rule = $"{rule}/{WorkItemChanges.Word(bar)}" } : why;
        return null;
    }

    /// <summary>Why somebody may not work on an item for want of a certificate; null when they may.</summary>
    public static Rejection? Uncertified(WorkItem item, string name, Func<string, bool> holds)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Content.Certificates?.FirstOrDefault(kind => !holds(kind)) is { } missing
            ? new(Reason.NotAllowed, $"somebody with a valid certificate of kind '{missing}'", $"{name}, who has none")
            : null;
    }

    /// <summary>Why a person is kept from an item whatever else they are; null when nothing does.</summary>
    public static Rejection? Barred(Bar bar, ItemInTask place, Person person, IReadOnlyList<string> teams)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(person);
        switch (bar)
        {
            case Bar.HandledIt:
                return place.Item.Stage == StageName.PostEvaluation && Avoidance.WhoHandled(place.Items).FirstOrDefault(hand => hand.IsOne(person, teams)) is { } hand
                    ? Avoidance.Refusal($"{person.Name}: {hand.Person.Name} of {hand.Team.Name} handled it")
                    : null;
            case Bar.AskedForIt:
                return OfAsker(place.Item.History?.Extensions is [.., { Decision: null } open] ? open.By : null, person);
            case Bar.AskedForPause:
                return OfAsker(place.Item.UndecidedPause?.By, person);
            case Bar.SignsAlready:
                return JointSigns.OtherPartOf(place, person) is { } other
                    ? new(Reason.NotAllowed, "somebody without another part in this joint sign", $"{person.Name}, who signs for {other.Team.Name}")
                    : null;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>One of those whom an item is offered to.</summary>
    internal static bool IsCandidate(WorkItem item, Actor by) => item.State is WorkItemState.Offered { To: { } only }
        ? by.ActsAs(only)
        : by.Teams.Contains(item.Team.Id) && (item.Signing?.Role is not { } role || by.Roles?.Contains(role) == true);

    private static Rejection? OfAsker(Person? asker, Person person) =>
        asker?.UserId == person.UserId ? new(Reason.NotAllowed, "another person than the one who has asked", person.Name) : null;

    private static bool Is(Relation relation, ItemInTask place, Actor by) => relation switch
    {
        Relation.Candidate => IsCandidate(place.Item, by),
        Relation.Holder => by.ActsAs(place.Item.Holder) && place.Item.Status != WorkItemStatus.Delegated,
        Relation.Delegate => place.Item.State is WorkItemState.Delegated delegated && by.ActsAs(delegated.By),
        Relation.Delegator => place.Item.State is WorkItemState.Delegated delegated && by.ActsAs(delegated.For),
        Relation.Completer => place.Item.State is WorkItemState.Done done && done.By.UserId == by.UserId,
        Relation.Arbiter => place.Item.State is WorkItemState.Disputed disputed && by.Teams.Contains(disputed.Arbiter.Id),
        Relation.Adder => place.Item.Signing?.AddedBy is { } adder && adder.UserId == by.UserId,
        Relation.Initiator => place.Task.RaisedBy?.UserId == by.UserId,
        Relation.Supervisor => by.Roles?.Contains(SupervisorRole) == true,
        Relation.DutyOfficer => by.Roles?.Contains(DutyOfficerRole) == true,
        Relation.Organiser => by.Roles?.Contains(OrganiserRole) == true,
        Relation.Approver => place.Item.UndecidedPause is { Approval: { } role } && by.Roles?.Contains(role) == true,
        Relation.Participant => true,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Describe(Relation relation, WorkItem item) => relation switch
    {
        Relation.Candidate => item.State is WorkItemState.Offered { To: { } one } ? one.Name : $"a member of {item.Team.Name}{(item.Signing?.Role is { } role ? $" with the role {role}" : "")}",
        Relation.Holder => "the person who has claimed the item",
        Relation.Delegate => "the person to whom it is delegated",
        Relation.Delegator => "the person who has delegated it",
        Relation.Completer => "the person who has completed it",
        Relation.Arbiter => item.State is WorkItemState.Disputed disputed ? $"a member of {disputed.Arbiter.Name}" : "a member of the arbiter's team",
        Relation.Adder => "the person who has added this signer",
        Relation.Initiator => "the person who has raised the task",
        Relation.Supervisor => $"a {SupervisorRole}",
        Relation.DutyOfficer => $"a {DutyOfficerRole}",
        Relation.Organiser => $"an {OrganiserRole}",
        Relation.Approver => item.UndecidedPause is { } asked ? $"a {asked.Approval}" : "an item with an open request for a pause",
        _ => "who may see the task",
    };

    private static Reason ReasonOf(WorkItemCommand command) => command switch
    {
        Claim => Reason.NotCandidate,
        Release or Attach or Complete => Reason.NotClaimant,
        _ => Reason.NotAllowed,
    };
}
