using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Instances;

public sealed class InstanceHistoryTests(WorkflowServer server) : IClassFixture<WorkflowServer>
{
    [Fact]
    public async Task An_instance_is_shown_as_it_was_at_a_time()
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "wait" })).Text("id")!;
        var first = await client.GetAsync($"instances/{id}");
        await client.PostRawAsync($"instances/{id}/alterations", """{"alterations":[{"type":"ModifyVariable","variableId":"level","value":7}],"reason":"test"}""");
        var second = await client.GetAsync($"instances/{id}");
        await client.PostAsync($"instances/{id}/events", new { name = "go" });

        var then = await client.GetAsync($"instances/{id}?at={At(first, "updatedAt")}");
        var later = await client.GetAsync($"instances/{id}?at={At(second, "updatedAt")}");
        var before = await client.GetAsync($"instances/{id}?at=2000-01-01T00:00:00Z");
        var now = await client.GetAsync($"instances/{id}?at=2999-01-01T00:00:00Z");

        then.Body.GetRawText().ShouldBe(first.Body.GetRawText());
        later.Body.GetRawText().ShouldBe(second.Body.GetRawText());
        (then.ETag, second.ETag).ShouldBe((null, "\"2\""));
        (before.Status, before.Text("detail")).ShouldBe((HttpStatusCode.NotFound, "Expected an instance that had begun at 2000-01-01T00:00:00.0000000+00:00, that exists and that you may see, found none."));
        now.Text("status").ShouldBe("finished");
        (await client.GetAsync($"instances/{id}?at=noon")).Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/at");
        Level(await client.GetAsync($"instances/{id}/variables?at={At(first, "updatedAt")}")).ShouldBe(1);
        Level(await client.GetAsync($"instances/{id}/variables")).ShouldBe(7);

        static string At(ApiAnswer instance, string member) => Uri.EscapeDataString(instance.Text(member)!);
        static int Level(ApiAnswer answer) => answer.Body.GetProperty("variables").EnumerateArray().Single(variable => variable.GetProperty("name").GetString() == "level").GetProperty("value").GetInt32();
    }

    [Fact]
    public async Task Variables_are_told_with_their_types_and_those_of_a_container_apart()
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "scoped" })).Text("id")!;

        var variables = (await client.GetAsync($"instances/{id}/variables")).Body;

        Names(variables).ShouldBe(["outer Int32 1"]);
        var scope = variables.GetProperty("scopes").EnumerateArray().ShouldHaveSingleItem();
        scope.GetProperty("activityId").GetString().ShouldBe("s");
        Names(scope).ShouldBe(["inner String here"]);

        static IEnumerable<string> Names(JsonElement of) =>
            of.GetProperty("variables").EnumerateArray().Select(one => $"{one.GetProperty("name")} {one.GetProperty("type")} {one.GetProperty("value")}");
    }

    [Fact]
    public async Task The_journal_is_read_page_by_page_and_its_chain_is_checked()
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "steps", version = 1 })).Text("id")!;
        foreach (var name in new[] { "first", "second" }) await client.PostAsync($"instances/{id}/events", new { name, payload = new { 名 = name } });

        var first = await client.GetAsync($"instances/{id}/journal?limit=2&verify=true");
        var second = await client.GetAsync($"instances/{id}/journal?limit=2&cursor={Uri.EscapeDataString(first.Text("next")!)}");

        Revisions(first).ShouldBe(["1 Started u-operator", "2 EventReceived u-operator"]);
        Revisions(second).ShouldBe(["3 EventReceived u-operator"]);
        (second.Text("next"), second.Text("chain")).ShouldBe((null, null));
        var entry = first.Body.GetProperty("items")[1];
        entry.GetProperty("facts").EnumerateArray().Select(fact => fact.GetProperty("fact").GetString()).ShouldContain("bookmark-removed");
        entry.GetProperty("hash").GetString()!.Length.ShouldBe(64);
        first.Body.GetProperty("chain").GetRawText().ShouldBe("""{"holds":true,"revisions":3}""");

        static IEnumerable<string> Revisions(ApiAnswer page) =>
            page.Body.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("revision")} {item.GetProperty("stimulus").GetString()} {item.GetProperty("actor").GetProperty("userId")}");
    }

    [Fact]
    public async Task A_journal_row_that_was_changed_breaks_the_chain()
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "steps", version = 1 })).Text("id")!;
        await client.PostAsync($"instances/{id}/events", new { name = "first" });
        InstanceId.TryParse(id, out var key).ShouldBeTrue();
        await using (var db = server.Server.Database.CreateDbContext())
            (await db.Journal.Where(row => row.InstanceId == key && row.Revision == 2).ExecuteUpdateAsync(set => set.SetProperty(row => row.ActorName, "somebody else"))).ShouldBe(1);

        var chain = (await client.GetAsync($"instances/{id}/journal?verify=true")).Body.GetProperty("chain");

        (chain.GetProperty("holds").GetBoolean(), chain.GetProperty("firstBreak").GetInt32()).ShouldBe((false, 2));
    }

    [Fact]
    public async Task A_command_that_names_an_older_revision_is_refused_and_one_that_names_the_current_one_is_done()
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "wait" })).Text("id")!;
        const string alterations = """{"alterations":[{"type":"ModifyVariable","variableId":"level","value":7}],"reason":"test"}""";
        var seen = (await client.GetAsync($"instances/{id}")).ETag!;

        var altered = await PostAsync("alterations", alterations, seen);
        var late = await PostAsync("alterations", alterations, seen);
        var dry = await PostAsync("alterations", """{"alterations":[{"type":"ModifyVariable","variableId":"level","value":8}],"dryRun":true}""", seen);
        var cancelled = await PostAsync("cancel", """{"reason":"late"}""", seen);
        var odd = await PostAsync("cancel", """{"reason":"late"}""", "\"odd\"");
        var bare = await PostAsync("cancel", """{"reason":"late"}""", "2");
        var done = await PostAsync("cancel", """{"reason":"seen"}""", altered.ETag!);

        (seen, altered.ETag, done.ETag).ShouldBe(("\"1\"", "\"2\"", "\"3\""));
        foreach (var refused in new[] { late, dry, cancelled })
        {
            (refused.Status, refused.Text("reason")).ShouldBe((HttpStatusCode.PreconditionFailed, "precondition-failed"));
            refused.Text("detail")!.ShouldStartWith("Expected revision 1, found revision 2 of ");
        }
        foreach (var refused in new[] { odd, bare }) refused.Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/headers/If-Match");
        done.Text("status").ShouldBe("cancelled");

        Task<ApiAnswer> PostAsync(string what, string body, string ifMatch) => client.RequestAsync(HttpMethod.Post, $"instances/{id}/{what}", body, ifMatch);
    }

    [Fact]
    public async Task Of_many_who_have_seen_the_same_revision_one_changes_it()
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "wait" })).Text("id")!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(value => client.RequestAsync(
            HttpMethod.Post, $"instances/{id}/alterations", $$"""{"alterations":[{"type":"ModifyVariable","variableId":"level","value":{{value + 10}}}],"reason":"race"}""", "\"1\"")));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed).ShouldBe(15);
        (await client.GetAsync($"instances/{id}")).Revision.ShouldBe(2);
    }
}
