using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Reliability.Checks;
using Workflow.Reliability.Clients;
using Workflow.Reliability.Faults;
using Workflow.Reliability.Processes;
using Workflow.Reliability.Runs;

namespace Workflow.Reliability;

/// <summary>Three servers on one PostgreSQL that all want the same.</summary>
public sealed class RaceTests(ThreeServers servers) : IClassFixture<ThreeServers>
{
    private const int Resumes = 200;
    private const int Parents = 60;
    private const int Claimers = 64;
    private static readonly int Items = int.Parse(Environment.GetEnvironmentVariable("WORKFLOW_ITEMS") ?? "20", CultureInfo.InvariantCulture);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly Installation installation = servers.Installation;

    private Staff Staff => installation.Staff;

    [Fact]
    public async Task Rapid_resumes_of_one_instance_by_three_servers_leave_no_bookmark_behind()
    {
        var id = await StartAsync(TestDefinitions.Ticker, 0);
        var accepted = new int[3];
        var requests = 0;

        await Task.WhenAll(Enumerable.Range(0, 12).Select(async worker =>
        {
            while (accepted.Sum() < Resumes)
            {
                var key = $"tick {Interlocked.Increment(ref requests)}";
                var answer = await Staff.AskAsync(Staff.Operator, worker, client => client.PostAsync($"instances/{id}/events", new { name = TestDefinitions.TickEvent }, key));
                if (answer.IsSuccess) Interlocked.Increment(ref accepted[worker % 3]);
                else answer.Status.ShouldBe(HttpStatusCode.Conflict, answer.Body.ToString());
            }
        }));

        (accepted.Sum(), await StatusAsync(id)).ShouldBe((Resumes, "finished"));
        accepted.ShouldAllBe(of => of > 0);
        await using var db = installation.Database.CreateDbContext();
        InstanceId.TryParse(id, out var instance).ShouldBeTrue();
        (await db.Bookmarks.CountAsync(row => row.InstanceId == instance)).ShouldBe(0);
        await HoldsAsync();
    }

    [Fact]
    public async Task Parents_of_children_on_other_servers_go_on()
    {
        var parents = await Task.WhenAll(Enumerable.Range(0, Parents).Select(number => StartAsync(TestDefinitions.Parent, number)));
        List<InstanceId> children = [];
        await Poll.UntilAsync("every child waits", Limit, async () =>
        {
            await using var db = installation.Database.CreateDbContext();
            children = await db.Bookmarks.Where(row => row.Kind == BookmarkKind.Event && row.Key == "home").OrderBy(row => row.InstanceId).Select(row => row.InstanceId).ToListAsync();
            return children.Count == Parents;
        });

        await Task.WhenAll(children.Select((child, number) => Staff.AskAsync(Staff.Operator, number + 1, client => client.PostAsync($"instances/{child}/events", new { name = "home" }, $"home {child}"))));

        foreach (var parent in parents) await Poll.UntilAsync($"{parent} has ended", Limit, async () => await StatusAsync(parent) == "finished");
        await HoldsAsync();
    }

    [Fact]
    public async Task Many_claimers_of_a_work_item_have_one_winner()
    {
        var winners = new int[3];
        var doubles = 0;
        for (var number = 0; number < Items; number++)
        {
            var task = await Staff.AskAsync("tech", number, client => client.RaiseAsync($"race {number}", key: $"race {number}"));
            var item = TaskSteps.OpenItem((await Staff.AskAsync("tech", number, client => client.GetAsync($"tasks/{task.Text("id")}"))).Body)!;
            var claims = await Task.WhenAll(Enumerable.Range(0, Claimers).Select(claimer => Staff.AskAsync("grid", claimer, client =>
                client.PostAsync($"work-items/{item.Id}/claim", new { revision = item.Revision }, $"race {number} {claimer}"))));
            foreach (var (claimer, answer) in claims.Index())
                if (answer.IsSuccess) winners[claimer % 3]++;
                else answer.Status.ShouldBe(HttpStatusCode.Conflict, answer.Body.ToString());
            if (claims.Count(answer => answer.IsSuccess) != 1) doubles++;
        }

        (doubles, winners.Sum()).ShouldBe((0, Items));
        await HoldsAsync();
    }

    private async Task<string> StartAsync(string definition, int node)
    {
        var answer = await Staff.AskAsync(Staff.Operator, node, client => client.PostAsync("instances", new { definitionId = definition }, $"start {definition} {node}"));
        return answer.Text("id") ?? throw new InvalidOperationException($"{definition} was not started: {answer.Status} {answer.Body}");
    }

    private async Task<string?> StatusAsync(string id) => (await Staff.AskAsync(Staff.Operator, 0, client => client.GetAsync($"instances/{id}"))).Text("status");

    private async Task HoldsAsync() => (await PromiseChecker.CheckAsync(installation.Database, [], installation.Target.Arrivals)).ShouldBeEmpty();
}

/// <summary>Three servers on one PostgreSQL to which nothing happens.</summary>
public sealed class ThreeServers : IAsyncLifetime
{
    internal Installation Installation { get; private set; } = null!;

    public async Task InitializeAsync() => Installation = await Installation.StartAsync(new(StoreKind.ThreeNodes, new KillServer(), 0, 0, 0));

    public async Task DisposeAsync() => await Installation.DisposeAsync();
}
