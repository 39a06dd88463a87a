using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Features.Instances;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Operations;

/// <summary>What was decided on a dead letter.</summary>
internal sealed record DeadLetterChanged(string Id);

/// <summary>What a person wants done with a dead letter.</summary>
internal sealed record DeadLetterDecision(string Id, string Name, string? Reason, bool NeedsReason);

/// <summary>Decisions on dead letters: each once under its key, and each told in the log with who made it and why.</summary>
internal sealed class DeadLetterDesk(CommandDesk desk, InstanceDesk instances, ILogger<DeadLetterDesk> log)
{
    private static readonly Rejection NoSuch = new(Reason.DeadLetterUnknown, "an effect that was given up and that nobody has decided on", "none with this id");

    public static IResult Unknown() => NoSuch.ToResult();

    /// <param name="act">Changes the row; false when there is none.</param>
    public async Task<IResult> DecideAsync(DeadLetterDecision decision, Ask ask, Func<WorkflowDb, EffectId, Task<bool>> act, CancellationToken cancel)
    {
        if (instances.Refuse(decision.Reason, decision.NeedsReason) is { } problem) return ProblemResults.Invalid([problem]);
        if (!EffectId.TryParse(decision.Id, out var key)) return Unknown();
        var isDecided = false;
        var answer = await desk.WriteAsync(ask, async (db, _) =>
        {
            isDecided = await act(db, key);
            return isDecided ? Answer.Of(StatusCodes.Status200OK, new DeadLetterChanged(key.ToString())) : Answer.Of(ProblemResults.Of(NoSuch));
        }, cancel);
        // A second request with the same key has waited for the first and found nothing to decide.
        if (isDecided)
            log.LogInformation(
                "Dead letter {Effect}: {Decision} by {UserId} {UserName}, reason: {Reason}",
                key, decision.Name, ask.Caller.Actor.UserId, ask.Caller.Actor.Name, decision.Reason?.Trim() ?? "none given");
        return answer;
    }
}
