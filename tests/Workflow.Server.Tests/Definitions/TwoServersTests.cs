using System.Net;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Definitions;

/// <summary>Two servers on one PostgreSQL: what one has published, retracted or changed, the other knows.</summary>
public sealed class TwoServersTests : IAsyncLifetime
{
    private PostgresServer Postgres { get; set; } = null!;

    private ServerProcess One { get; } = new(ServerProcess.NewFolder());

    private ServerProcess Two { get; } = new(ServerProcess.NewFolder());

    public async Task InitializeAsync()
    {
        Postgres = await PostgresServer.StartNewAsync();
        var database = await Postgres.NewDatabaseAsync();
        foreach (var server in new[] { One, Two })
        {
            server.Settings["Database__Provider"] = "Postgres";
            server.Settings["Database__ConnectionString"] = database;
        }
        await Task.WhenAll(One.StartAsync(), Two.StartAsync());
    }

    public async Task DisposeAsync()
    {
        await One.DisposeAsync();
        await Two.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    [Fact]
    public async Task A_draft_has_one_winner_and_a_version_is_known_and_retracted_everywhere()
    {
        using var one = await ApiClient.SignInAsync(One.Address, "operator");
        using var two = await ApiClient.SignInAsync(Two.Address, "operator");
        var first = await one.SaveAsync("shared", Documents.Waiting("shared", "go", "Geteilt"));

        var saved = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => (number % 2 == 0 ? one : two).SaveAsync("shared", Documents.Waiting("shared", $"event-{number}", "Geteilt"), first.ETag)));
        var winner = saved.Where(answer => answer.Status == HttpStatusCode.OK).ShouldHaveSingleItem();
        var published = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => (number % 2 == 0 ? one : two).PostAsync("definitions/shared/publish", new { etag = winner.ETag })));
        var started = await two.PostAsync("instances", new { definitionId = "shared" });
        await one.RequestAsync(HttpMethod.Post, "definitions/shared/versions/1/retract");
        var retracted = await two.PostAsync("instances", new { definitionId = "shared" });

        saved.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed).ShouldBe(9);
        published.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        published.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed).ShouldBe(9);
        started.Status.ShouldBe(HttpStatusCode.Created);
        retracted.Text("reason").ShouldBe("definition-retracted");
        var found = (await two.GetAsync("definitions?search=gETEILT&state=retracted")).Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        found.GetProperty("version").GetInt32().ShouldBe(1);
        (await two.GetAsync($"definitions?limit=1")).Text("next").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_same_key_at_both_servers_saves_once()
    {
        using var one = await ApiClient.SignInAsync(One.Address, "designer");
        using var two = await ApiClient.SignInAsync(Two.Address, "designer");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number =>
            (number % 2 == 0 ? one : two).RequestAsync(HttpMethod.Put, "definitions/keyed/draft", Documents.Waiting("keyed", "go"), key: "save-keyed")));

        answers.Select(answer => (answer.Status, answer.ETag)).Distinct().ShouldBe([(HttpStatusCode.Created, answers[0].ETag)]);
        (await one.GetAsync("definitions/keyed/draft")).Body.GetProperty("draft").GetProperty("revision").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_revision_that_only_the_other_server_has_seen_counts()
    {
        using var one = await ApiClient.SignInAsync(One.Address, "operator");
        using var two = await ApiClient.SignInAsync(Two.Address, "operator");
        await one.PublishAsync("moved-on", """{ "definitionId": "moved-on", "variables": [ { "name": "n", "typeName": "Int32", "value": 0 } ], "root": { "id": "e", "type": "Elsa.Event", "eventName": "go" } }""");
        var started = await one.PostAsync("instances", new { definitionId = "moved-on", correlationId = "both" });
        var tag = started.ETag!;

        // Each server knows the instance as it left it; the other one has changed it since.
        foreach (var round in Enumerable.Range(1, 6))
        {
            var client = round % 2 == 0 ? one : two;
            var altered = await client.RequestAsync(
                HttpMethod.Post, $"instances/{started.Text("id")}/alterations", $$"""{"alterations":[{"type":"ModifyVariable","variableId":"n","value":{{round}}}],"reason":"round"}""", tag);
            altered.Status.ShouldBe(HttpStatusCode.OK, $"round {round}: {altered.Body}");
            tag = altered.ETag!;
        }

        tag.ShouldBe("\"7\"");
        var card = (await two.GetAsync("instances?correlationId=both&status=running&hasIncidents=false&isRoot=true")).Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        card.GetProperty("id").GetString().ShouldBe(started.Text("id"));
        (await two.GetAsync($"instances/{started.Text("id")}/journal?verify=true")).Body.GetProperty("chain").GetProperty("holds").GetBoolean().ShouldBeTrue();
    }
}
