using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Tasks;

/// <summary>What became of one of many.</summary>
/// <param name="Status">As if it had been asked for alone.</param>
/// <param name="Task">The task that was raised or joined; null when it was refused.</param>
/// <param name="Problem">Why it was refused.</param>
internal sealed record RaiseAnswer(int Status, TaskCreated? Task, Problem? Problem)
{
    public static RaiseAnswer Of(Answer answer) => answer.Status < StatusCodes.Status400BadRequest
        ? new(answer.Status, InstanceJson.Read<TaskCreated>(answer.Body.GetRawText()), null)
        : new(answer.Status, null, InstanceJson.Read<Problem>(answer.Body.GetRawText()));
}

/// <param name="Items">In the order of the request.</param>
internal sealed record RaiseAnswers(IReadOnlyList<RaiseAnswer> Items);

internal static class RaiseTasks
{
    /// <param name="Key">Keeps it from being raised twice. Null: the batch's <c>Idempotency-Key</c> with its place in the batch does, where there is one.</param>
    public sealed record One(RaiseTask.Body Task, string? Key = null);

    /// <param name="Tasks">Each is raised, joined or refused by itself.</param>
    public sealed record Body(IReadOnlyList<One> Tasks);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("tasks/batch", HandleAsync).Requires(Permission.RaiseTasks).Produces<RaiseAnswers>().WithSummary("Raises many tasks; each has its own answer");

    internal static async Task<IResult> HandleAsync(Body body, HttpRequest request, Caller caller, TaskRaiser raiser, IOptions<Limits> limits, CancellationToken cancel)
    {
        var most = limits.Value.BatchTasks;
        if (body.Tasks.Count == 0 || body.Tasks.Count > most) return ProblemResults.Invalid([new("/tasks", $"1 to {most} tasks", $"{body.Tasks.Count}")]);
        var batch = request.Headers[CommandDesk.KeyHeader].ToString();
        var asks = body.Tasks.Index().Select(one => (new Ask(request, caller, one.Item.Task, one.Item.Key ?? (batch.Length > 0 ? $"{batch}/{one.Index}" : "")), one.Item.Task));
        return Results.Ok(await raiser.RaiseAllAsync([.. asks], cancel));
    }
}
