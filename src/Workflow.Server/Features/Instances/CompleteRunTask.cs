using System.Text.Json;
using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Instances;

internal static class CompleteRunTask
{
    public sealed record Body(JsonElement? Result = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("run-tasks/{taskId}/completion", HandleAsync).Requires(Permission.RunWorkflows).Produces<InstanceChanged>()
            .WithSummary("Reports that a task which a RunTask activity asked for is done");

    internal static async Task<IResult> HandleAsync(string taskId, Body body, HttpRequest request, Caller caller, InstanceReader reader, InstanceDesk desk, CancellationToken cancel)
    {
        // A task's id is that of its instance and a number; which wait it is, the instance says.
        if (!WorkItemId.TryParse(taskId, out var parsed) || await reader.FindAsync(parsed.Instance, caller, cancel) is not { } instance) return ProblemResults.NotFound("a task of a RunTask activity");
        var wait = instance.Bookmarks.FirstOrDefault(bookmark => bookmark.Kind == BookmarkKind.RunTask && bookmark.Key == taskId);
        return await desk.SubmitAsync(instance.Id.ToString(), new(request, caller, body), at => new Stimulus.BookmarkResumed(wait?.Id ?? 0, body.Result) { At = at }, cancel);
    }
}
