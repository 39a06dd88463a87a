using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Orders;

internal static class GetOrder
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("orders/{id}", HandleAsync).Requires(Permission.ReadTasks).Produces<OrderView>().WithSummary("One order: what it covers, its feedback, its ladder");

    internal static async Task<IResult> HandleAsync(string id, Caller caller, InstanceReader reader, CancellationToken cancel) =>
        InstanceId.TryParse(id, out var key) && await reader.FindTaskAsync(key, caller, cancel) is { Task.Order: not null } order ? Results.Ok(OrderView.Of(order)) : ProblemResults.NotFound("an order");
}
