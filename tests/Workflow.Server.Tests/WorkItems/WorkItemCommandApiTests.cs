using System.Net;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.WorkItems;

/// <summary>Commands on work items over HTTP, by the people of the demo organisation.</summary>
public sealed class WorkItemCommandApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly string[] Copied = ["u-enforcement"];

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_quarrel_is_ruled_about_once_and_later_tasks_follow_the_ruling()
    {
        var (grid, other, inspection) = (await SignInAsync("grid"), await SignInAsync("grid-gaoxin"), await SignInAsync("inspection"));
        var task = (await RaiseAsync("争议工地")).Text("id")!;
        var item = await ItemAsync(grid, task);

        var declined = await grid.PostAsync($"work-items/{item}/decline", new { revision = 1, reason = "不在本街道", proposedTeam = "grid-gaoxin" }, "decline-1");
        var again = await grid.PostAsync($"work-items/{item}/decline", new { revision = 1, reason = "不在本街道", proposedTeam = "grid-gaoxin" }, "decline-1");
        (declined.Revision, again.Revision).ShouldBe((2, 2), "the same key gets the same answer");
        (await other.PostAsync($"work-items/{item}/decline", new { revision = 2, reason = "也不是我们的", proposedTeam = "grid-guixi" })).Status.ShouldBe(HttpStatusCode.OK);
        (await inspection.ItemOfAsync(task)).ShouldNotBeNull("what waits for a ruling is in the arbiter's inbox");
        Actions(await inspection.GetAsync($"work-items/{item}")).ShouldContain("rule");
        var refused = await grid.PostAsync($"work-items/{item}/ruling", new { revision = 3, team = "grid-gaoxin", reason = "x" });
        (refused.Status, refused.Text("rule")).ShouldBe((HttpStatusCode.Forbidden, "who-may/rule"));
        (await inspection.PostAsync($"work-items/{item}/ruling", new { revision = 3, team = "grid-gaoxin", reason = "以管理辖区为准" })).Status.ShouldBe(HttpStatusCode.OK);

        var final = await other.PostAsync($"work-items/{item}/decline", new { revision = 4, reason = "还是不认", proposedTeam = "grid-guixi" });
        (final.Status, final.Text("reason"), final.Text("rule")).ShouldBe((HttpStatusCode.Conflict, "ruling-final", "ruling-final"));
        await Poll.UntilAsync("a later task follows the ruling", Limit, async () => await other.ItemOfAsync((await RaiseAsync("同一片工地")).Text("id")!) is not null);
        var later = (await other.TodoAsync()).Last(card => card.GetProperty("subject").GetString() == "同一片工地").GetProperty("id").GetString();
        (await other.GetAsync($"work-items/{later}")).Text("routedByTask").ShouldBe((await other.GetAsync($"tasks/{task}")).Text("number"));
    }

    [Fact]
    public async Task A_supervisor_gives_an_item_to_a_person_and_the_journal_says_who_from_where_and_what()
    {
        var (inspection, operatorClient) = (await SignInAsync("inspection"), await SignInAsync("operator"));
        var task = (await RaiseAsync("转办的", "510107004")).Text("id")!;
        var item = (await inspection.GetAsync($"tasks/{task}")).Body.GetProperty("workItems")[0].GetProperty("id").GetString();

        var receivers = (await inspection.GetAsync($"work-items/{item}/receivers?command=transfer&search=李静")).Body.GetProperty("people");
        var moved = await inspection.PostAsync($"work-items/{item}/transfer", new { revision = 1, person = receivers[0].GetProperty("userId").GetString(), reason = "值班" });

        moved.Status.ShouldBe(HttpStatusCode.OK);
        (await ItemAsync(await SignInAsync("grid"), task)).ShouldBe(item);
        var burst = (await operatorClient.GetAsync($"instances/{task}/journal?verify=true")).Body;
        burst.GetProperty("chain").GetProperty("holds").GetBoolean().ShouldBeTrue();
        var entry = burst.GetProperty("items").EnumerateArray().Last();
        entry.GetProperty("address").GetString().ShouldBe("127.0.0.1");
        var fact = entry.GetProperty("facts")[0];
        (fact.GetProperty("by").GetProperty("name").GetString(), fact.GetProperty("before").GetProperty("team").GetProperty("id").GetString(), fact.GetProperty("after").GetProperty("state").GetProperty("to").GetProperty("name").GetString())
            .ShouldBe(("赵敏", "grid-wuhou", "李静"));
        (await inspection.GetAsync($"tasks/{task}/timeline")).Body.GetRawText().ShouldContain("\"command\":\"transfer\"");
    }

    [Fact]
    public async Task A_copy_shows_the_task_to_somebody_who_could_not_see_it()
    {
        var (inspection, tech) = (await SignInAsync("inspection"), await SignInAsync("enforcement"));
        var task = (await RaiseAsync("抄送的", "510107004")).Text("id")!;
        var item = (await inspection.GetAsync($"tasks/{task}")).Body.GetProperty("workItems")[0].GetProperty("id").GetString();
        (await tech.GetAsync($"tasks/{task}")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await inspection.PostAsync($"work-items/{item}/copies", new { to = Copied })).Status.ShouldBe(HttpStatusCode.OK);

        (await tech.GetAsync($"tasks/{task}")).Status.ShouldBe(HttpStatusCode.OK);
        (await tech.PostAsync($"work-items/{item}/comments", new { text = "看到了" })).Status.ShouldBe(HttpStatusCode.OK);
        (await inspection.GetAsync($"work-items/{item}")).Body.GetProperty("history").EnumerateArray().Select(entry => entry.GetProperty("command").GetString()).ShouldBe(["copy", "comment"]);
    }

    [Theory]
    [InlineData("decline", """{ "revision": 1, "reason": " ", "proposedTeam": "grid-gaoxin" }""", 422, "/reason")]
    [InlineData("decline", """{ "revision": 1, "reason": "x", "proposedTeam": "tech-city" }""", 422, "/proposedTeam")]
    [InlineData("decline", """{ "revision": 1, "reason": "x" }""", 422, "/proposedTeam")]
    [InlineData("decline", """{ "revision": 7, "reason": "x", "proposedTeam": "grid-gaoxin" }""", 409, null)]
    [InlineData("transfer", """{ "revision": 1, "team": "grid-gaoxin" }""", 403, null)]
    [InlineData("return", """{ "revision": 1, "to": "step:x", "reason": "x" }""", 403, null)]
    [InlineData("suspension", """{ "revision": 1, "reason": 7 }""", 422, "/reason")]
    [InlineData("copies", """{ "to": [] }""", 422, "/to")]
    [InlineData("comments", """{ "text": "\u0001" }""", 422, "/text")]
    [InlineData("extensions/decision", """{ "revision": 1 }""", 422, "/approved")]
    public async Task What_is_wrong_is_said_and_changes_nothing(string route, string body, int status, string? pointer)
    {
        var grid = await SignInAsync("grid");
        var item = await ItemAsync(grid, (await RaiseAsync("垃圾输入", "510107064001")).Text("id")!);
        var before = await StandingAsync();

        var answer = await grid.PostRawAsync($"work-items/{item}/{route}", body);

        ((int)answer.Status).ShouldBe(status, answer.Body.GetRawText());
        if (pointer is not null) answer.Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
        (await StandingAsync()).ShouldBe(before);

        // What a clock has counted goes on by itself.
        async Task<string> StandingAsync() => (await grid.GetAsync($"work-items/{item}")).Body is var view ? $"{view.GetProperty("card")} {view.GetProperty("actions")} {view.GetProperty("history")}" : "";
    }

    private static IEnumerable<string?> Actions(ApiAnswer item) => item.Body.GetProperty("actions").EnumerateArray().Select(action => action.GetString());

    private static async Task<string> ItemAsync(ApiClient person, string task) =>
        (await person.ItemOfAsync(task) ?? throw new InvalidOperationException($"no item of task {task}")).GetProperty("id").GetString()!;

    private Task<ApiClient> SignInAsync(string userName) => ApiClient.SignInAsync(fixture.Address, userName);

    private async Task<ApiAnswer> RaiseAsync(string subject, string area = "510107064")
    {
        using var tech = await SignInAsync("tech");
        return await tech.RaiseAsync(subject, area);
    }
}
