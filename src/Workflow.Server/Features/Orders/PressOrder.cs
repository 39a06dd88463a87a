using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using Workflow.Server.Access;
using Workflow.Server.Features.JointWork;

namespace Workflow.Server.Features.Orders;

/// <summary>催办, 督办, 约谈, 通报: the next rung.</summary>
internal static class PressOrder
{
    public sealed record Body(OrderRung Rung, string Text);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("orders/{id}/press", HandleAsync).HonoursIfMatch().Requires(Permission.ReadTasks).Produces<OrderView>().WithSummary("Presses the next rung of an order's ladder: urge, order, interview, circular");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, TaskDesk desk, CancellationToken cancel) => desk.SubmitAsync(
        id, new(request, caller, body), [desk.CheckText("/text", body.Text)], at => new Stimulus.OrderPressed(body.Rung, body.Text.Trim()) { At = at }, task => Answer.Of(StatusCodes.Status200OK, OrderView.Of(task)), cancel);
}
