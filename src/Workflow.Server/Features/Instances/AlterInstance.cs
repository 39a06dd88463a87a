using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Instances;

internal static class AlterInstance
{
    /// <summary>The most alterations of one request.</summary>
    private const int MaxAlterations = 100;

    /// <param name="Alterations">Applied in order, all or none.</param>
    /// <param name="Reason">Kept with the alteration; one line. Required unless <c>dryRun</c> is true.</param>
    /// <param name="DryRun">True to be told what would happen; nothing is stored then.</param>
    public sealed record Body(IReadOnlyList<Alteration> Alterations, string? Reason = null, bool DryRun = false);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("instances/{id}/alterations", HandleAsync).HonoursIfMatch().Requires(Permission.Operate).Produces<AlterationReport>()
            .WithSummary("Alters a running instance, or says what an alteration would do");

    internal static async Task<IResult> HandleAsync(
        string id, Body body, HttpRequest request, Caller caller, InstanceReader reader, InstanceDesk desk, DryRun dryRun, TimeProvider time, CancellationToken cancel)
    {
        if (Check(body, desk) is { Count: > 0 } problems) return ProblemResults.Invalid(problems);
        var altered = new Stimulus.Altered([.. body.Alterations], body.Reason?.Trim()) { At = time.GetUtcNow(), By = caller.Actor };
        if (!body.DryRun)
            return await desk.SubmitAsync(
                id, new(request, caller, body), at => altered with { At = at }, 
                (before, step) => Answer.Of(StatusCodes.Status200OK, AlterationReport.Of(before, step, isDryRun: false), etag: InstanceChanged.TagOf(step.After)), cancel);
        if (!InstanceId.TryParse(id, out var key) || await reader.FindAsync(key, caller, cancel) is null || await dryRun.TryAsync(key, altered, cancel) is not var (before, tried))
            return ProblemResults.NotFound("an instance");
        if (Precondition.ReadRevision(request, out var expected) is { } unreadable) return unreadable.ToResult();
        if (expected is { } revision && revision != before.Revision) return new Rejection(Reason.PreconditionFailed, $"revision {revision}", $"revision {before.Revision} of {before.UpdatedAt:O}").ToResult();
        return tried switch
        {
            Step.Advanced advanced => Results.Ok(AlterationReport.Of(before, advanced, isDryRun: true)),
            Step.Rejected rejected => rejected.Why.ToResult(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Everything that is wrong with the request itself; whether the alterations fit the instance, the instance says.</summary>
    private static List<ValueProblem> Check(Body body, InstanceDesk desk)
    {
        var problems = new List<ValueProblem>();
        if (body.Alterations.Count is 0 or > MaxAlterations) problems.Add(new("/alterations", $"1 to {MaxAlterations} alterations", $"{body.Alterations.Count}"));
        if (desk.Refuse(body.Reason, isRequired: !body.DryRun) is { } refused) problems.Add(refused);
        return problems;
    }
}
