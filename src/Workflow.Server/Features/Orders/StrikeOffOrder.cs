using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Features.JointWork;

namespace Workflow.Server.Features.Orders;

/// <summary>销号: accepts the report on an order and closes it.</summary>
internal static class StrikeOffOrder
{
    public sealed record Body(string Report);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("orders/{id}/strike-off", HandleAsync).HonoursIfMatch().Requires(Permission.ReadTasks).Produces<OrderView>().WithSummary("Strikes an order off that was reported, with the report");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, TaskDesk desk, CancellationToken cancel) => desk.SubmitAsync(
        id, new(request, caller, body), [desk.CheckText("/report", body.Report)], at => new Stimulus.OrderStruckOff(body.Report.Trim()) { At = at }, task => Answer.Of(StatusCodes.Status200OK, OrderView.Of(task)), cancel);
}
