using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Features.Instances;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Operations;

/// <summary>What was decided on a dead letter.</summary>
internal sealed record DeadLetterChanged(string Id);

/// <summary>Decisions on dead letters: each once under its key, and each told in the log with who made it and why.</summary>
internal sealed class DeadLetterDesk(CommandDesk desk, InstanceDesk instances, ILogger<DeadLetterDesk> log)
{
    private static readonly Rejection NoSuch = new(Reason.DeadLetterUnknown, "an effect that was given up and that nobody has decided on", "none with this id");

    public static IResult Unknown() => NoSuch.ToResult();

    /// <param name="act">Changes the row; false when there is none.</param>
    public async Task<IResult> DecideAsync(
        string id, string decision, string? reason, bool isReasonRequired, Ask ask, Func<WorkflowDb, EffectId, Task<bool>> act, CancellationToken cancel)
    {
        if (instances.Refuse(reason, isReasonRequired) is { } problem) return ProblemResults.Invalid([problem]);
        if (!EffectId.TryParse(id, out var key)) return Unknown();
        return await desk.CommitAsync(ask, async db =>
        {
            if (!await act(db, key)) return Answer.Of(ProblemResults.Of(NoSuch));
            log.LogInformation("Dead letter {Effect}: {Decision} by {UserId} {UserName}, reason: {Reason}", key, decision, ask.Caller.Actor.UserId, ask.Caller.Actor.Name, reason?.Trim() ?? "none given");
            return Answer.Of(StatusCodes.Status200OK, new DeadLetterChanged(key.ToString()));
        }, cancel);
    }
}
