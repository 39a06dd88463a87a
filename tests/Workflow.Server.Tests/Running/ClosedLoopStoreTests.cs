using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Activities.Tests.RandomTasks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Xunit.Abstractions;

namespace Workflow.Server.Tests.Running;

/// <summary>
/// The store refuses to finish a task outside post-evaluation, whatever happens: several callers, on one server and on two, send anything to random tasks, and
/// what lies in the database afterwards, row by row and burst by burst, is looked at.
/// </summary>
[Collection(Stores.Collection)]
public class ClosedLoopStoreTests(Stores stores, ITestOutputHelper output)
{
    private const int Tasks = 24;
    private const int Callers = 6;
    private const int StimuliOfACaller = 400;

    private static readonly string[] Others = ["initiation", "response", "handling", "postEvaluation"];

    private static readonly Place Place = new("510107064", "桂溪街道", "/5101/gaoxin/510107064/", "高新区");

    private readonly ConcurrentDictionary<string, int> done = [];
    private readonly ConcurrentDictionary<string, int> refused = [];
    private readonly ConcurrentDictionary<WorkItemCommand, byte> sent = [];
    private long ticks = new ManualTime().Now.UtcTicks;

    [Theory]
    [InlineData("Sqlite", 1)]
    [InlineData("Postgres", 1)]
    [InlineData("Postgres", 2)]
    public async Task No_task_ends_outside_post_evaluation_whatever_happens(string store, int servers)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("WORKFLOW_SEED"), CultureInfo.InvariantCulture, out var given) ? given : (int)(System.Diagnostics.Stopwatch.GetTimestamp() & int.MaxValue >> 1);
        output.WriteLine($"WORKFLOW_SEED={seed}");
        var database = await stores.NewAsync(store);
        await SeedAsync(database);
        var hosts = new List<EngineHost>();
        for (var host = 0; host < servers; host++) hosts.Add(await EngineHost.StartAsync(database));
        var tasks = new List<(InstanceId Id, WorkflowDefinition Definition)>();
        foreach (var number in Enumerable.Range(0, Tasks)) tasks.Add(await BeginAsync(hosts[0], number, new Random(seed + number)));

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(hosts[caller % servers], tasks, new Random(seed + 1000 + caller)))));

        foreach (var (kind, count) in done.OrderBy(pair => pair.Key, StringComparer.Ordinal)) output.WriteLine($"done, {kind}: {count}");
        foreach (var (reason, count) in refused.OrderBy(pair => pair.Key, StringComparer.Ordinal)) output.WriteLine($"refused, {reason}: {count}");
        var closed = 0;
        foreach (var (id, definition) in tasks) closed += await CheckAsync(hosts[0], id, definition) ? 1 : 0;
        output.WriteLine($"closed: {closed} of {Tasks}");
        closed.ShouldBeGreaterThan(0);
        sent.Keys.ShouldBe(WorkItemRights.Table.Select(right => right.Command), ignoreOrder: true);
        done.Count.ShouldBeGreaterThan(20, "too little was ever done");
        foreach (var host in hosts) await host.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_task_that_an_activity_would_end_is_stopped_instead_and_not_one_row_says_that_it_ended(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store));
        var id = await StartAsync(engine, engine.Service<DefinitionReader>().Compile(RoundTheLoop, new()).ShouldNotBeNull());

        await Should.ThrowAsync<InvariantBrokenException>(() => engine.SubmitAsync(id, new Stimulus.EventReceived("go", null) { At = engine.Time.Now }));

        var task = await engine.ReadAsync(id);
        (task.Status, task.Task!.Current!.Stage).ShouldBe((InstanceStatus.Running, StageName.Analysis));
        task.Incidents.ShouldHaveSingleItem().Message.ShouldContain("post-evaluation");
        await using var db = engine.Open();
        (await db.Tasks.SingleAsync()).ClosedAt.ShouldBeNull();
        var facts = (await db.Journal.OrderBy(row => row.Revision).ToListAsync()).SelectMany(row => StoredJson.Read<List<Fact>>(row.Facts)).ToList();
        facts.ShouldNotContain(fact => fact is Fact.InstanceEnded);
    }

    /// <summary>An activity that nobody can publish ends the workflow from within the third stage.</summary>
    private static string RoundTheLoop =>
        $$"""
        { 'definitionId': 'round', 'root': { 'id': 'loop', 'type': 'Workflow.ClosedLoop', {{string.Join(", ", Others.Select(Empty))}},
          'analysis': { 'id': 'analysis', 'type': 'Workflow.Stage', 'body': { 'id': 'escape', 'type': 'Test.Escape' } } } }
        """.Replace('\'', '"');

    private static string Empty(string stage) => $"'{stage}': {{ 'id': '{stage}', 'type': 'Workflow.Stage', 'body': {{ 'id': '{stage}-body', 'type': 'Elsa.Sequence' }} }}";

    private async Task CallAsync(EngineHost engine, List<(InstanceId Id, WorkflowDefinition Definition)> tasks, Random random)
    {
        for (var step = 0; step < StimuliOfACaller; step++)
        {
            var (id, definition) = tasks[random.Next(tasks.Count)];
            var now = new DateTimeOffset(random.Next(5) == 0 ? Interlocked.Add(ref ticks, TimeSpan.FromMinutes(random.Next(30)).Ticks) : Interlocked.Read(ref ticks), TimeSpan.Zero);
            // What is read may have changed when the stimulus comes: so do people meet.
            var stimulus = new AnyStimulus(definition, await engine.ReadAsync(id), random, now).Next();
            var result = await engine.SubmitAsync(id, stimulus);
            if (stimulus is Stimulus.OnWorkItem { Command: var command }) sent.TryAdd(command, 0);
            var (counts, key) = result.Refusal is { } why ? (refused, why.Reason.ToString()) : (done, stimulus.GetType().Name);
            counts.AddOrUpdate(key, 1, (_, count) => count + 1);
        }
    }

    /// <returns>Whether the task is closed.</returns>
    private static async Task<bool> CheckAsync(EngineHost engine, InstanceId id, WorkflowDefinition definition)
    {
        var task = await engine.ReadAsync(id);
        await using var db = engine.Open();
        Invariants.Check(definition, task);
        var journal = await db.Journal.AsNoTracking().Where(row => row.InstanceId == id).OrderBy(row => row.Revision).ToListAsync();
        var folded = new WorkflowInstance(id, task.Definition);
        foreach (var burst in journal)
        {
            folded.Status.IsFinal().ShouldBeFalse("something was stored after the end");
            var draft = new InstanceDraft(folded);
            foreach (var fact in StoredJson.Read<List<Fact>>(burst.Facts)) draft.Apply(fact, burst.At);
            folded = draft.ToInstance(burst.At);
            folded.Status.IsFinal().ShouldBe(folded.Task!.IsClosed, "a burst that was stored ended the task outside post-evaluation, or closed it without ending it");
        }
        InstanceJson.Write(folded).ShouldBe(InstanceJson.Write(task), "the stored state is not the fold of the stored journal");

        var row = await db.Tasks.AsNoTracking().SingleAsync(row => row.InstanceId == id);
        (row.ClosedAt is not null).ShouldBe(task.Task!.IsClosed);
        var items = await db.WorkItems.AsNoTracking().Where(item => item.InstanceId == id).OrderBy(item => item.Number).ToListAsync();
        items.ShouldBe(Projection.Rows(task, definition.Name).OfType<WorkItemRow>().OrderBy(item => item.Number));
        items.Where(item => item.Status.IsOpen()).ShouldAllBe(item => task.Tokens.Any(token => token.Id == task.WorkItems.First(open => open.Number == item.Number).Token), "open, but its activity has ended");
        if (task.Status.IsFinal())
        {
            items.ShouldAllBe(item => !item.Status.IsOpen());
            (await db.Timers.CountAsync(timer => timer.InstanceId == id) + await db.Bookmarks.CountAsync(wait => wait.InstanceId == id)).ShouldBe(0, "a closed task waits for something");
        }
        return task.Status.IsFinal();
    }

    private static async Task<(InstanceId Id, WorkflowDefinition Definition)> BeginAsync(EngineHost engine, int number, Random random)
    {
        while (true)
        {
            var problems = new ProblemList();
            var text = new RandomTask(random).Build().Replace("\"definitionId\": \"random\"", $"\"definitionId\": \"random-{number}\"").Replace("\"sla\": { ", "\"sla\": { \"calendar\": \"24x7\", ");
            // Not proved: what is stored may have been published before a rule against it.
            if (engine.Service<DefinitionReader>().Compile(text, problems) is not { } definition || problems.HasErrors) continue;
            return (await StartAsync(engine, definition), definition);
        }
    }

    private static async Task<InstanceId> StartAsync(EngineHost engine, WorkflowDefinition definition)
    {
        (await engine.Service<DefinitionLibrary>().PublishAsync(definition, CancellationToken.None)).ShouldBeNull();
        var id = new InstanceId(Guid.CreateVersion7(engine.Time.Now));
        await engine.ApplyAsync(
            id, new Stimulus.Started(id, ImmutableDictionary<string, JsonElement>.Empty, new("", "试", Place, Priority.Normal) { RaisedBy = AnyStimulus.People[0].Person }) { At = engine.Time.Now }, definition.Id);
        return id;
    }

    private static Task SeedAsync(Database database) => MigratedAsync(database, () => new OrganisationStore(database).ReplaceAsync(
        new(
            [new() { Code = Place.AreaCode, Name = Place.AreaName, Kind = AreaKind.Street, Path = Place.AreaPath, JurisdictionName = "高新区", DistrictName = "武侯区" }],
            [.. AnyStimulus.Teams.Select(team => new TeamRow { Id = team.Id, Name = team.Id, Kind = team.Kind })],
            [.. AnyStimulus.Teams.DistinctBy(team => team.Kind).Select(team => new TeamAreaRow { TeamId = team.Id, AreaCode = Place.AreaCode })],
            [.. AnyStimulus.People.Select(person => new MemberRow { UserId = person.UserId, Name = person.Name })],
            [.. AnyStimulus.People.SelectMany(person => person.Teams.Select(team => new TeamMemberRow { TeamId = team, UserId = person.UserId }))]),
        CancellationToken.None));

    private static async Task MigratedAsync(Database database, Func<Task> then)
    {
        await using (var db = database.CreateDbContext()) await db.Database.MigrateAsync();
        await then();
    }
}

/// <summary>Waits for the event <c>go</c>, and then ends the whole workflow, as no activity of a task may.</summary>
internal sealed class Escape : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Test.Escape");

    public override void Execute(ActivityContext context) => context.Wait(BookmarkKind.Event, "go");

    public override void Resumed(ActivityContext context, Resumption resumption) => context.FinishWorkflow();
}
