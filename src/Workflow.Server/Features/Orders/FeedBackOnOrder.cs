using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Features.JointWork;

namespace Workflow.Server.Features.Orders;

/// <summary>Periodic feedback of those who answer for an order.</summary>
internal static class FeedBackOnOrder
{
    public sealed record Body(string Text);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("orders/{id}/feedback", HandleAsync).HonoursIfMatch().Requires(Permission.ReadTasks).Produces<OrderView>().WithSummary("Says how far an order is");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, TaskDesk desk, CancellationToken cancel) => desk.SubmitAsync(
        id, new(request, caller, body), [desk.CheckText("/text", body.Text)], at => new Stimulus.OrderFedBack(body.Text.Trim()) { At = at }, task => Answer.Of(StatusCodes.Status200OK, OrderView.Of(task)), cancel);
}
