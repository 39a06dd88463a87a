using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using Workflow.Engine.Storage;
using Workflow.Reliability.Processes;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.JointWork;

/// <summary>What a crash between a part's end and its parent's hearing, a second attempt, and a second server do to a tree: nothing.</summary>
[Collection(Stores.Collection)]
public class JointEffectTests(Stores stores)
{
    private static readonly Actor City = new("u-city", "钱进", ["inspection-city"]) { Roles = ["supervisor"] };

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Every_effect_of_a_tree_that_is_done_twice_changes_nothing(string store)
    {
        await using var engine = await StartAsync(await stores.NewAsync(store));
        var parent = await HandDownAsync(engine);
        await DeliverTwiceAsync(engine);
        var parts = (await engine.ReadAsync(parent)).Task!.Parts;
        (await engine.OfAsync("handed-down")).Count.ShouldBe(1 + parts.Length);

        foreach (var part in parts.OrderByDescending(part => part.Role)) await FinishAsync(engine, part.Task, () => DeliverTwiceAsync(engine));
        await FinishAsync(engine, parent, () => DeliverTwiceAsync(engine));

        var facts = await FactsAsync(engine, parent);
        facts.OfType<Fact.PartAccepted>().Count().ShouldBe(parts.Length);
        facts.OfType<Fact.PartHeard>().Count().ShouldBe(parts.Length);
        (await engine.OfAsync("handed-down")).ShouldAllBe(task => task.Status == InstanceStatus.Finished);
        (await engine.OutboxAsync()).ShouldBeEmpty();
        await using var db = engine.Open();
        (await db.Tree.CountAsync(row => row.RootId == parent)).ShouldBe(1 + parts.Length);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_parent_hears_of_a_part_that_ended_before_the_server_did(string store)
    {
        await using var engine = await StartAsync(await stores.NewAsync(store));
        var parent = await HandDownAsync(engine);
        await engine.DeliverAsync();
        var part = (await engine.ReadAsync(parent)).Task!.Parts.Single(part => part.Role == PartRole.Assist);

        await FinishAsync(engine, part.Task, () => Task.CompletedTask);
        (await engine.ReadAsync(parent)).Task!.Parts.Single(one => one.Number == part.Number).IsOpen.ShouldBeTrue("nothing was delivered");
        await engine.RestartAsync();
        await engine.DeliverAsync();

        (await engine.ReadAsync(parent)).Task!.Parts.Single(one => one.Number == part.Number).ShouldSatisfyAllConditions(heard => heard.IsOpen.ShouldBeFalse(), heard => heard.Feedback.ShouldNotBeNull());
    }

    [Fact]
    public async Task Two_servers_that_do_the_effects_of_a_tree_side_by_side_close_it_once()
    {
        var database = await stores.NewAsync(nameof(DatabaseProvider.Postgres));
        await using var one = await StartAsync(database);
        await using var two = await EngineHost.StartAsync(database, one.Time, StoredShapes.Current);
        var parent = await HandDownAsync(one);
        Task BothAsync() => Task.WhenAll(one.DeliverAsync(), two.DeliverAsync());
        await BothAsync();
        var parts = (await one.ReadAsync(parent)).Task!.Parts;

        foreach (var (index, part) in parts.OrderByDescending(part => part.Role).Index()) await FinishAsync(index % 2 == 0 ? one : two, part.Task, BothAsync);
        await FinishAsync(two, parent, BothAsync);

        (await one.ReadAsync(parent)).Status.ShouldBe(InstanceStatus.Finished);
        (await FactsAsync(one, parent)).OfType<Fact.PartAccepted>().Count().ShouldBe(parts.Length);
        (await one.OfAsync("handed-down")).Count.ShouldBe(1 + parts.Length);
    }

    [Fact]
    public async Task A_part_that_cannot_be_started_is_a_dead_letter_and_its_parent_waits()
    {
        await using var engine = await StartAsync(await stores.NewAsync(nameof(DatabaseProvider.Sqlite)));
        var parent = await HandDownAsync(engine, "nope");

        await engine.DeliverAsync();

        (await engine.OutboxAsync()).ShouldAllBe(row => row.State == OutboxState.Dead && row.LastError!.Contains("'nope'"));
        (await engine.ReadAsync(parent)).Task!.Parts.ShouldAllBe(part => part.IsOpen);
    }

    /// <summary>The definition that comes with Workflow, without its clock: this engine has no calendars.</summary>
    private static async Task<EngineHost> StartAsync(Database database)
    {
        var definition = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(ServerProcess.RepositoryRoot, "definitions", "workflows", "handed-down.json")))!;
        var root = definition["root"]!.AsObject();
        root.Remove("sla");
        root["customProperties"] = new JsonObject { ["noDeadline"] = "no calendars here" };
        var engine = await EngineHost.StartAsync(database, definition.ToJsonString());
        await new OrganisationStore(database).ReplaceAsync(new(
            [Area("5101", "5101/"), Area("gaoxin", "5101/gaoxin/"), Area("guixi", "5101/gaoxin/guixi/")],
            [Team("inspection-city", TeamKind.Inspection), Team("tech-city", TeamKind.TechGrid), Team("enforcement", TeamKind.Enforcement), Team("grid", TeamKind.CommunityGrid)],
            [Covers("inspection-city", "5101"), Covers("tech-city", "5101"), Covers("enforcement", "gaoxin"), Covers("grid", "guixi")], [], []), CancellationToken.None);
        return engine;

        static AreaRow Area(string code, string path) => new() { Code = code, Name = code, Path = path, Kind = AreaKind.Jurisdiction, JurisdictionName = code, DistrictName = code, DistrictCode = "" };
        static TeamRow Team(string id, TeamKind kind) => new() { Id = id, Name = id, Kind = kind };
        static TeamAreaRow Covers(string team, string area) => new() { TeamId = team, AreaCode = area };
    }

    private static async Task<InstanceId> HandDownAsync(EngineHost engine, string definition = "handed-down")
    {
        var id = new InstanceId(Guid.CreateVersion7(engine.Time.Now));
        var intake = new TaskIntake("", "扬尘", new("5101", "5101", "5101/", "5101"), Priority.Normal);
        await engine.ApplyAsync(id, new Stimulus.Started(id, ImmutableDictionary<string, JsonElement>.Empty, intake) { At = engine.Time.Now, By = City }, new("handed-down", 1));
        PartAsked Part(string area, PartRole role) => new(area, role, "办理", null, engine.Time.Now.AddDays(3));
        await engine.ApplyAsync(id, new Stimulus.HandedDown(definition, [Part("gaoxin", PartRole.Lead), Part("guixi", PartRole.Assist)]) { At = engine.Time.Now, By = City });
        return id;
    }

    /// <summary>Claims and completes whatever is open of a task until it has ended.</summary>
    private static async Task FinishAsync(EngineHost engine, InstanceId id, Func<Task> deliver)
    {
        for (var task = await engine.ReadAsync(id); task.Status == InstanceStatus.Running; task = await engine.ReadAsync(id))
        {
            var item = task.WorkItems.Single(item => item.IsOpen);
            var by = new Actor($"u-{item.Team.Id}", item.Team.Id, [item.Team.Id]);
            await engine.ApplyAsync(id, new Stimulus.WorkItemClaimed(item.Number, Stimulus.OnWorkItem.AnyRevision) { At = engine.Time.Now, By = by });
            var values = JsonSerializer.SerializeToElement(item.Content.Form == "review" ? new { opinion = "同意" } : (object)new { feedback = "已办理" });
            await engine.ApplyAsync(id, new Stimulus.WorkItemCompleted(item.Number, Stimulus.OnWorkItem.AnyRevision, item.Content.Outcomes[0], item.Content.Form is null ? null : values) { At = engine.Time.Now, By = by });
            await deliver();
        }
    }

    /// <summary>As after a crash between the end of each effect and the settling of its row.</summary>
    private static async Task DeliverTwiceAsync(EngineHost engine)
    {
        for (var rows = await engine.OutboxAsync(); rows.Count > 0; rows = await engine.OutboxAsync())
        {
            await engine.DeliverAsync();
            await using (var db = engine.Open())
            {
                db.AddRange(rows.Select(row => row with { Attempts = 1 }));
                await db.SaveChangesAsync();
            }
            await engine.DeliverAsync();
        }
    }

    private static async Task<List<Fact>> FactsAsync(EngineHost engine, InstanceId id)
    {
        await using var db = engine.Open();
        var rows = await db.Journal.AsNoTracking().Where(row => row.InstanceId == id).OrderBy(row => row.Revision).ToListAsync();
        return [.. rows.SelectMany(row => StoredJson.Read<List<Fact>>(row.Facts))];
    }
}
