namespace Workflow.Engine.WorkItems;

/// <summary>Where a work item stands.</summary>
public enum WorkItemStatus
{
    /// <summary>Open to its team, or to one person of it.</summary>
    Offered,

    Claimed,

    /// <summary>Another person works on it for the one who has claimed it.</summary>
    Delegated,

    /// <summary>Its holder waits for something, with a reason.</summary>
    Suspended,

    /// <summary>Two teams have declined it; the arbiter rules.</summary>
    Disputed,

    Done,

    /// <summary>Its holder has sent the task back to an earlier step.</summary>
    Returned,

    /// <summary>Who had completed it took that back.</summary>
    TakenBack,

    /// <summary>Taken back by the engine because its activity was cancelled.</summary>
    Withdrawn,

    /// <summary>A signer's part of a joint sign that the others have decided without it.</summary>
    NotNeeded,

    /// <summary>A signer's part of a joint sign from which the signer was removed.</summary>
    Removed,
}

/// <summary>What can be done to a work item. <see cref="WorkItemChanges"/> says when, <see cref="WorkItemRights"/> by whom.</summary>
public enum WorkItemCommand
{
    Claim,
    Release,
    Attach,
    Complete,
    Decline,
    Rule,
    Transfer,
    Delegate,
    GiveBack,
    Return,
    Withdraw,
    Urge,
    Suspend,
    Resume,
    DecidePause,
    AskExtension,
    DecideExtension,
    AddSigner,
    RemoveSigner,
    Copy,
    Comment,

    /// <summary>The engine's own: the item's activity was cancelled.</summary>
    Cancel,

    /// <summary>The engine's own: a rung gives the item to somebody else.</summary>
    Reassign,

    /// <summary>The engine's own: a joint sign was decided without the item.</summary>
    Settle,
}
