using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>催办.</summary>
internal static class UrgeWorkItem
{
    public sealed record Body(string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/urge", HandleAsync).Requires(Permission.ReadTasks).Produces<WorkItemChanged>().WithSummary("Urges whoever has to do an item");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/note", body.Note, isRequired: false)], (number, at) => new Stimulus.WorkItemUrged(number, body.Note) { At = at }, cancel);
}
