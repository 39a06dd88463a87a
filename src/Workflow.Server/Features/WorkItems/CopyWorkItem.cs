using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.WorkItems;

/// <summary>抄送: whoever gets a copy may see the task.</summary>
internal static class CopyWorkItem
{
    /// <param name="To">User ids.</param>
    public sealed record Body(IReadOnlyList<string> To);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/copies", HandleAsync).Requires(Permission.ReadTasks).Produces<WorkItemChanged>().WithSummary("Shows an item to other people");

    internal static Task<IResult> HandleAsync(
        string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, IOptions<Limits> limits, CancellationToken cancel)
    {
        var most = limits.Value.Recipients;
        return desk.SubmitAsync(
            id, new(request, caller, body), [body.To.Count is var count && (count == 0 || count > most) ? new ValueProblem("/to", $"1 to {most} people", $"{count}") : null],
            (number, at) => new Stimulus.WorkItemCopied(number, [.. body.To]) { At = at }, cancel);
    }
}
