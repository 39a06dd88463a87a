using System.Net;
using System.Text.Json;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Operations;

/// <summary>What operators see of two servers on one PostgreSQL.</summary>
public class TwoServersTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Each_sees_the_other_and_that_it_was_killed_and_both_tell_the_same_of_their_database()
    {
        await using var postgres = await PostgresServer.StartNewAsync();
        var connection = await postgres.NewDatabaseAsync();
        await using var first = Server(connection, "first");
        await using var second = Server(connection, "second");
        await first.StartAsync();
        await second.StartAsync();
        using var client = await ApiClient.SignInAsync(first.Address, "operator");
        using var other = await ApiClient.SignInAsync(second.Address, "operator");
        var stopped = (await client.PostAsync("instances", new { definitionId = "ops-broken" })).Text("id")!;
        await client.PostAsync("instances", new { definitionId = "ops-sends" });

        await UntilNodesAsync(client, "first here, second alive");
        await Poll.UntilAsync("a dead letter is there", Limit, async () => (await other.GetAsync("operations/dead-letters")).Body.GetProperty("items").GetArrayLength() == 1);
        var stuck = (await other.GetAsync("operations/stuck")).Body.GetProperty("items")[0];
        var letter = (await other.GetAsync("operations/dead-letters")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        var discarded = await other.PostAsync($"operations/dead-letters/{letter}/discard", new { reason = "not needed" }, "once");
        var status = (await other.GetAsync("operations/status")).Body;
        await second.KillAsync();

        stuck.GetProperty("id").GetString().ShouldBe(stopped);
        discarded.Status.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("operations/dead-letters")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (status.GetProperty("openIncidents").GetInt32(), status.GetProperty("database").GetProperty("provider").GetString()).ShouldBe((1, "postgres"));
        status.GetProperty("database").GetProperty("sizeBytes").GetInt64().ShouldBeGreaterThan(1_000_000);
        await UntilNodesAsync(client, "first here, second gone");
    }

    private static async Task UntilNodesAsync(ApiClient client, string expected)
    {
        await Poll.UntilAsync(expected, Limit, async () =>
            string.Join(", ", (await client.GetAsync("operations/nodes")).Body.GetProperty("items").EnumerateArray().Select(Describe)) == expected);

        static string Describe(JsonElement node) =>
            $"{node.GetProperty("name").GetString()} {(node.GetProperty("isGone").GetBoolean() ? "gone" : node.GetProperty("isThis").GetBoolean() ? "here" : "alive")}";
    }

    private static ServerProcess Server(string connection, string name)
    {
        var server = new ServerProcess(ServerProcess.NewFolder());
        server.Settings["Database__Provider"] = "Postgres";
        server.Settings["Database__ConnectionString"] = connection;
        server.Settings["Data__Definitions"] = OperationsDefinitions.Folder;
        server.Settings["Operations__NodeName"] = name;
        server.Settings["Operations__HeartbeatSeconds"] = "0.2";
        server.Settings["Operations__GoneAfterSeconds"] = "2";
        return server;
    }
}
