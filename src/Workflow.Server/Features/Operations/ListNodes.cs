using Microsoft.Extensions.Options;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Operations;

/// <summary>A server on this database. Its times are real, also on a demo clock.</summary>
/// <param name="SeenSecondsAgo">How long ago it last said that it is there.</param>
/// <param name="IsGone">It was not seen for longer than the configured time.</param>
/// <param name="IsThis">It is the one that answers.</param>
internal sealed record NodeView(string Name, string Address, string Version, DateTimeOffset StartedAt, DateTimeOffset SeenAt, double SeenSecondsAgo, bool IsGone, bool IsThis);

internal sealed record NodeList(IReadOnlyList<NodeView> Items);

internal static class ListNodes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("operations/nodes", HandleAsync).Requires(Permission.Operate).Produces<NodeList>().WithSummary("The servers on this database, by name and address");

    internal static async Task<IResult> HandleAsync(Nodes nodes, Heartbeat heartbeat, IOptions<OperationsOptions> options, CancellationToken cancel)
    {
        var now = await nodes.NowAsync(cancel);
        var own = heartbeat.Own;
        return Results.Ok(new NodeList([.. (await nodes.AllAsync(cancel)).Select(node => Of(node, now - node.SeenAt))]));

        NodeView Of(NodeRow node, TimeSpan unseen) => new(
            node.Name, node.Address, node.Version, node.StartedAt, node.SeenAt, Math.Max(0, unseen.TotalSeconds), unseen.TotalSeconds > options.Value.GoneAfterSeconds,
            node.Name == own?.Name && node.Address == own.Address);
    }
}
