using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>Why something was refused. The names are the <c>reason</c> of a problem, in kebab case.</summary>
public enum Reason
{
    AlterationRefused,
    AlarmBelowLimit,
    AlreadyClaimed,
    AlreadyDecided,
    AlreadyDone,
    AlreadyStarted,
    AreaUnknown,
    AvoidanceRequired,
    CalendarUnknown,
    ChangeNotLegal,
    ClaimLost,
    ClockChangeUnknown,
    DeadLetterUnknown,
    DefinitionInvalid,
    DefinitionRetracted,
    DefinitionUnknown,
    DiskLow,
    DraftUnknown,
    EvaluationIncomplete,
    EvidenceMissing,
    EventNotAwaited,
    FeedbackMissing,
    FileTooLarge,
    FileTypeRefused,
    IdempotencyKeyReused,
    IncidentUnknown,
    InputInvalid,
    InstanceFaulted,
    InstanceFinished,
    InstanceUnknown,
    NextStepClaimed,
    NotAllowed,
    NotCandidate,
    NotClaimant,
    NotificationUnknown,
    OutcomeUnknown,
    Overloaded,
    PersonUnknown,
    PlaceUnknown,
    PreconditionFailed,
    PreconditionRequired,
    RevisionStale,
    RulingFinal,
    SignInRequired,
    StepUnknown,
    StoredByNewerVersion,
    SubjectUnknown,
    TaskClosed,
    TeamUnknown,
    TimerStale,
    ValuesInvalid,
    VersionUnknown,
    WaitUnknown,
    WorkItemUnknown,
    WrongCredentials,
}

/// <summary>An expected "no": changes nothing.</summary>
public sealed record Rejection(Reason Reason, string Expected, string Found, IReadOnlyList<ValueProblem>? Problems = null)
{
    /// <summary>An idempotency key came with a second request that is not the first one again.</summary>
    public static Rejection KeyReused(string found) => new(Reason.IdempotencyKeyReused, "the body and If-Match that came with this Idempotency-Key first", found);

    public static Rejection InputsDoNotFit(IReadOnlyList<ValueProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return new(Reason.InputInvalid, "inputs as the definition declares them", $"{problems.Count} that do not fit", problems);
    }

    /// <summary>Names the row of a table or the rule that refused, see docs/work-items.md; null where the reason says it all.</summary>
    public string? Rule { get; init; }

    /// <summary>This server cannot do it now; later, or another server, can. Nothing is wrong with what was asked.</summary>
    public bool IsPassing => Reason is Reason.Overloaded or Reason.DiskLow or Reason.StoredByNewerVersion;

    /// <summary>In one sentence, with each problem.</summary>
    public string Describe() => Problems is { Count: > 0 }
        ? string.Join("; ", Problems.Select(problem => $"{problem.Pointer}: expected {problem.Expected}, found {problem.Found}"))
        : $"expected {Expected}, found {Found}";
}
