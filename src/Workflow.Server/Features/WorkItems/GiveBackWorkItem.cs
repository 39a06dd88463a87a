using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>A delegated item comes back to who delegated it.</summary>
internal static class GiveBackWorkItem
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    /// <param name="Result">What came of it.</param>
    public sealed record Body(int Revision, string? Result = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/give-back", HandleAsync).Requires(Permission.WorkOnItems).Produces<WorkItemChanged>().WithSummary("Gives a delegated item back");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel) =>
        desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/result", body.Result, isRequired: false)], (number, at) => new Stimulus.WorkItemGivenBack(number, body.Revision, body.Result) { At = at }, cancel);
}
