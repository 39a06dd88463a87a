using Workflow.Engine.Running;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Clock;

/// <param name="Now">The engine's time.</param>
/// <param name="Speed">Seconds of that time per second of real time.</param>
internal sealed record ServerClock(DateTimeOffset Now, double Speed, bool Demo);

internal static class GetClock
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("clock", Handle).OpenToAll().WithSummary("The time that deadlines are measured by");

    internal static ServerClock Handle(TimeProvider time) => new(time.GetUtcNow(), (time as DemoClock)?.Speed ?? 1, time is DemoClock);
}
