using System.Net;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Instances;

public sealed class InstanceListTests(WorkflowServer server) : IClassFixture<WorkflowServer>
{
    [Fact]
    public async Task Instances_are_found_by_what_they_are_and_in_which_state()
    {
        using var client = await server.SignInAsync();
        var first = await StartAsync(client, "wait", "list-1");
        var second = await StartAsync(client, "wait", "list-2");
        var broken = await StartAsync(client, "broken", "list-1");
        await client.PostAsync($"instances/{second}/cancel", new { reason = "not needed" });
        var startedAt = (await client.GetAsync($"instances/{second}")).Text("startedAt")!;

        (await IdsAsync(client, "correlationId=list-1")).ShouldBe([broken, first]);
        (await IdsAsync(client, "correlationId=list-1&definitionId=wait")).ShouldBe([first]);
        (await IdsAsync(client, "correlationId=list-1&definitionId=wait&version=2")).ShouldBeEmpty();
        (await IdsAsync(client, "correlationId=list-2&status=cancelled")).ShouldBe([second]);
        (await IdsAsync(client, "correlationId=list-2&status=running")).ShouldBeEmpty();
        (await IdsAsync(client, "correlationId=list-1&hasIncidents=true")).ShouldBe([broken]);
        (await IdsAsync(client, "correlationId=list-1&hasIncidents=false")).ShouldBe([first]);
        (await IdsAsync(client, $"correlationId=list-2&startedFrom={Uri.EscapeDataString(startedAt)}")).ShouldBe([second]);
        (await IdsAsync(client, $"correlationId=list-2&startedTo={Uri.EscapeDataString(startedAt)}")).ShouldBeEmpty();
        var card = (await client.GetAsync("instances?correlationId=list-1&hasIncidents=true")).Body.GetProperty("items")[0];
        (card.GetProperty("openIncidents").GetInt32(), card.GetProperty("definitionId").GetString()).ShouldBe((1, "broken"));
    }

    [Fact]
    public async Task A_child_is_found_under_its_parent_and_is_no_root()
    {
        using var client = await server.SignInAsync();
        var parent = await StartAsync(client, "parent", "list-parent");
        await WorkflowServer.UntilAsync(client, parent, instance => instance.GetProperty("effects").GetArrayLength() == 0);

        var child = (await IdsAsync(client, $"parentId={parent}")).ShouldHaveSingleItem();

        (await client.GetAsync($"instances/{child}")).Text("parentId").ShouldBe(parent);
        (await IdsAsync(client, $"parentId={parent}&isRoot=true")).ShouldBeEmpty();
        (await IdsAsync(client, "correlationId=list-parent&isRoot=true")).ShouldBe([parent]);
    }

    [Fact]
    public async Task The_list_is_read_page_by_page_newest_first()
    {
        using var client = await server.SignInAsync();
        var started = new List<string>();
        foreach (var _ in Enumerable.Range(0, 5)) started.Add(await StartAsync(client, "wait", "paged"));

        var paged = new List<string?>();
        for (string? next = ""; next is not null;)
        {
            var page = await client.GetAsync($"instances?correlationId=paged&limit=2{(next.Length > 0 ? $"&cursor={Uri.EscapeDataString(next)}" : "")}");
            paged.AddRange(page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
            next = page.Text("next");
        }

        paged.ShouldBe(Enumerable.Reverse(started));
    }

    [Theory]
    [InlineData("status=odd", "/status")]
    [InlineData("parentId=odd", "/parentId")]
    [InlineData("startedFrom=yesterday", "/startedFrom")]
    [InlineData("startedTo=2026-10-03T00:00:00", "/startedTo")]
    [InlineData("hasIncidents=maybe", "/hasIncidents")]
    [InlineData("version=one", "/version")]
    [InlineData("limit=0", "/limit")]
    [InlineData("cursor=odd", "/cursor")]
    public async Task A_filter_that_is_none_is_refused_with_its_name(string query, string pointer)
    {
        using var client = await server.SignInAsync();

        var refused = await client.GetAsync($"instances?{query}");

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, refused.Body.ToString());
        refused.Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
    }

    [Fact]
    public async Task Everybody_sees_in_the_list_what_they_may_see_alone()
    {
        using var tech = await server.SignInAsync("tech");
        using var wuhou = await server.SignInAsync("enforcement");
        using var designer = await server.SignInAsync("designer");
        using var @operator = await server.SignInAsync();
        var other = await StartAsync(@operator, "wait", "not-for-all");
        var here = (await tech.RaiseAsync("in the list")).Text("id");
        var elsewhere = (await tech.RaiseAsync("in another area", area: "510116001")).Text("id");

        (await IdsAsync(tech, "limit=200")).ShouldBe([elsewhere, here], ignoreOrder: true);
        (await IdsAsync(wuhou, "limit=200")).ShouldBe([here]);
        (await IdsAsync(designer, "limit=200")).ShouldBeEmpty();
        (await IdsAsync(@operator, "limit=200")).ShouldContain(elsewhere);
        (await IdsAsync(@operator, "limit=200")).ShouldContain(other);
    }

    [Fact]
    public async Task A_dispatched_start_is_answered_before_it_happens_and_happens_once()
    {
        using var client = await server.SignInAsync();
        var body = new { definitionId = "wait", inputs = new { start = 4 }, correlationId = "dispatched" };

        var dispatched = await client.PostAsync("instances/dispatch", body, "dispatch-1");
        var again = await client.PostAsync("instances/dispatch", body, "dispatch-1");
        var id = dispatched.Text("id")!;
        var started = await WorkflowServer.UntilAsync(client, id, instance => instance.TryGetProperty("revision", out _));

        (dispatched.Status, again.Status, again.Text("id"), dispatched.Location).ShouldBe((HttpStatusCode.Accepted, HttpStatusCode.Accepted, id, $"/api/v1/instances/{id}"));
        started.GetProperty("input").GetProperty("start").GetInt32().ShouldBe(4);
        (await IdsAsync(client, "correlationId=dispatched")).ShouldBe([id]);
        (await client.GetAsync($"instances/{id}/journal")).Body.GetProperty("items")[0].GetProperty("actor").GetProperty("userId").GetString().ShouldBe("u-operator");
    }

    [Theory]
    [InlineData("""{"definitionId":"nobody"}""", "definition-unknown")]
    [InlineData("""{"definitionId":"air-station-alarm"}""", "definition-unknown")]
    [InlineData("""{"definitionId":"wait","inputs":{"start":"many","odd":1}}""", "input-invalid")]
    [InlineData("""{}""", "input-invalid")]
    public async Task A_start_that_cannot_be_is_refused_before_it_is_dispatched(string body, string reason)
    {
        using var client = await server.SignInAsync();

        (await client.PostRawAsync("instances/dispatch", body)).Text("reason").ShouldBe(reason);
        (await client.PostRawAsync("instances", body)).Text("reason").ShouldBe(reason);
    }

    private static async Task<string> StartAsync(ApiClient client, string definitionId, string correlationId) =>
        (await client.PostAsync("instances", new { definitionId, correlationId })).Text("id")!;

    private static async Task<IReadOnlyList<string?>> IdsAsync(ApiClient client, string query) =>
        [.. (await client.GetAsync($"instances?{query}")).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString())];
}
