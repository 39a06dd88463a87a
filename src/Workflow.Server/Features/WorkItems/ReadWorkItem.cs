using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>The caller has opened the item: what they were told of it counts as read.</summary>
internal static class ReadWorkItem
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/reading", HandleAsync).Requires(Permission.ReadTasks).Produces<WorkItemChanged>()
            .WithSummary("Says that the caller has opened the item; counts once, while it is offered, for those who are told of it");

    internal static Task<IResult> HandleAsync(string id, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, new { }), (number, at) => new Stimulus.WorkItemRead(number) { At = at }, cancel);
}
