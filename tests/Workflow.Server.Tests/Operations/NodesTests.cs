using Workflow.Engine.Storage;
using Workflow.Server.Tests.Running;
using Microsoft.EntityFrameworkCore;

namespace Workflow.Server.Tests.Operations;

[Collection(Stores.Collection)]
public class NodesTests(Stores stores)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_server_has_one_row_at_its_place_and_those_not_seen_for_long_are_removed(string store)
    {
        var database = await stores.NewAsync(store);
        await using (var db = database.CreateDbContext()) await db.Database.MigrateAsync();
        var nodes = new Nodes(database);
        await nodes.BeatAsync(Node("a", "http://127.0.0.1:1", 0), CancellationToken.None);
        await nodes.BeatAsync(Node("a", "http://127.0.0.1:2", 0), CancellationToken.None);
        await nodes.BeatAsync(Node("b", "http://127.0.0.1:1", 9), CancellationToken.None);
        await nodes.BeatAsync(Node("a", "http://127.0.0.1:1", 10), CancellationToken.None);

        await nodes.RemoveAsync(Now.AddMinutes(5), CancellationToken.None);
        var left = await nodes.AllAsync(CancellationToken.None);
        await nodes.LeaveAsync(left[0], CancellationToken.None);

        left.Select(node => (node.Name, node.Address, node.SeenAt)).ShouldBe([("a", "http://127.0.0.1:1", Now.AddMinutes(10)), ("b", "http://127.0.0.1:1", Now.AddMinutes(9))]);
        (await nodes.AllAsync(CancellationToken.None)).ShouldHaveSingleItem().Name.ShouldBe("b");
    }

    private static NodeRow Node(string name, string address, int minute) =>
        new() { Name = name, Address = address, Version = "1", StartedAt = Now, SeenAt = Now.AddMinutes(minute) };
}
