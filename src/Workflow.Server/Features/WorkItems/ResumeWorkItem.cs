using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

internal static class ResumeWorkItem
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    public sealed record Body(int Revision);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/resumption", HandleAsync).Requires(Permission.ReadTasks).Produces<WorkItemChanged>().WithSummary("Goes on with a suspended item");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [], (number, at) => new Stimulus.WorkItemResumed(number, body.Revision) { At = at }, cancel);
}
