using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>挂起: the clocks that name the reason in <c>pauseReasons</c> stop.</summary>
internal static class SuspendWorkItem
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    /// <param name="Reason">A word such as one of the item's <c>pauseReasons</c>.</param>
    public sealed record Body(int Revision, string Reason, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/suspension", HandleAsync).Requires(Permission.ReadTasks).Produces<WorkItemChanged>().WithSummary("Suspends a claimed item with a reason");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/reason", body.Reason), desk.CheckText("/note", body.Note, isRequired: false)], (number, at) => new Stimulus.WorkItemSuspended(number, body.Revision, body.Reason, body.Note) { At = at }, cancel);
}
