using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

internal static class CommentOnWorkItem
{
    public sealed record Body(string Text);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/comments", HandleAsync).Requires(Permission.ReadTasks).Produces<WorkItemChanged>().WithSummary("Writes a comment");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/text", body.Text)], (number, at) => new Stimulus.WorkItemCommented(number, body.Text) { At = at }, cancel);
}
