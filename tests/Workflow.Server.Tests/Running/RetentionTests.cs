using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Workflow.Engine.Clocks;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Running;

/// <summary>What ended long ago leaves the database whole, and nothing else does.</summary>
[Collection(Stores.Collection)]
public sealed class RetentionTests(Stores stores) : IDisposable
{
    private const string Waits = "{ 'definitionId': 'waits', 'root': { 'id': 'e', 'type': 'Elsa.Event', 'eventName': 'go' } }";

    private const string Parent = "{ 'definitionId': 'parent', 'root': { 'id': 'p', 'type': 'Elsa.Parallel', 'activities': [ { 'id': 'x', 'type': 'Elsa.ExecuteWorkflow', 'workflowDefinitionId': 'child', 'waitForCompletion': true }, { 'id': 'e', 'type': 'Elsa.Event', 'eventName': 'go' } ] } }";

    private const string Child = "{ 'definitionId': 'child', 'root': { 'id': 'w', 'type': 'Elsa.WriteLine', 'text': 'done' } }";

    /// <summary>What reports sum up survives.</summary>
    private static readonly string[] Kept = ["hands", "task_summaries", "task_pauses", "task_stages", "task_work"];

    private const string Posts = "{ 'definitionId': 'posts', 'root': { 'id': 'a', 'type': 'Test.Ask', 'text': 'one', 'posts': true } }";

    private readonly string folder = ServerProcess.NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Instances_go_by_the_age_and_the_manner_of_their_end_with_every_row(string store)
    {
        var database = await stores.NewAsync(store);
        await using var engine = await EngineHost.StartAsync(database, Waits);
        var running = await engine.BeginAsync("waits");
        var old = await EndedAsync(engine, 5);
        var cancelled = await engine.BeginAsync("waits");
        await engine.ApplyAsync(cancelled, new Stimulus.Cancelled("no longer needed") { At = engine.Time.Now });
        await AddRowsAsync(engine, old[0]);
        engine.Time.Now += TimeSpan.FromDays(20);
        var young = await EndedAsync(engine, 1);
        engine.Time.Now += TimeSpan.FromDays(11);

        await RunAsync(engine, database, new() { FinishedDays = 30, CancelledDays = 60, BatchSize = 2 });

        (await IdsAsync(engine)).ShouldBe([running, cancelled, young[0]], ignoreOrder: true);
        (await CountRowsAsync(engine, old[0])).Where(table => table.Value > 0).Select(table => table.Key).ShouldBe(Kept, ignoreOrder: true);
        (await CountRowsAsync(engine, young[0]))["journal"].ShouldBe(2);
        await engine.ApplyAsync(running, Go(engine));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_somebody_needs_stays_until_nobody_does(string store)
    {
        var database = await stores.NewAsync(store);
        await using var engine = await EngineHost.StartAsync(database, Child, Parent, Posts);
        engine.Answer = (_, _, _) => throw new EffectRefusedException("never");
        var parent = await engine.BeginAsync("parent");
        var dead = await engine.BeginAsync("posts");
        await engine.DeliverAsync();
        var waiting = await engine.BeginAsync("posts");
        var child = (await engine.OfAsync("child")).ShouldHaveSingleItem().Id;
        var keep = new RetentionOptions { FinishedDays = 1 };
        engine.Time.Now += TimeSpan.FromDays(2);

        await RunAsync(engine, database, keep);
        (await IdsAsync(engine)).ShouldBe([parent, child, dead, waiting], ignoreOrder: true);

        engine.Answer = (_, _, _) => Task.FromResult<object?>(null);
        await engine.DeliverAsync();
        await engine.ApplyAsync(parent, Go(engine));
        await using (var db = engine.Open()) await DeadLetters.DiscardAsync(db, new(dead, (await engine.OutboxAsync()).Single().Number), CancellationToken.None);
        await RunAsync(engine, database, keep);
        (await IdsAsync(engine)).ShouldBe([parent], "it has ended only now");
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_archived_instance_is_whole_and_a_crash_between_archive_and_database_leaves_it_in_both(string store)
    {
        var database = await stores.NewAsync(store);
        await using var engine = await EngineHost.StartAsync(database, Waits);
        var ended = await EndedAsync(engine, 3);
        var last = await engine.ReadAsync(ended[2]);
        engine.Time.Now += TimeSpan.FromDays(31);
        var instances = new EndedInstances(database);
        var found = await instances.FindAsync(new(InstanceStatus.Finished, engine.Time.Now), 2, CancellationToken.None);
        await new InstanceArchive(folder).WriteAsync(await instances.ReadAsync(found, CancellationToken.None), engine.Time.Now.AddHours(-1), CancellationToken.None);
        (await IdsAsync(engine)).Count.ShouldBe(3, "the process has ended before it deleted them");

        await RunAsync(engine, database, new() { FinishedDays = 30, BatchSize = 2, ArchiveFolder = folder });

        (await IdsAsync(engine)).ShouldBeEmpty();
        var lines = Directory.EnumerateFiles(folder, "*.jsonl.gz", SearchOption.AllDirectories).SelectMany(Read).ToList();
        ended.Select(id => lines.Count(line => line.Id == id)).ShouldBe([2, 2, 1]);
        lines.ShouldAllBe(line => JournalHash.FirstBreak(line.Rows.Journal, line.Rows.Instance.JournalHash) == null && line.Facts.Count == 2);
        InstanceJson.Write(StoredJson.Read<WorkflowInstance>(lines.Single(line => line.Id == ended[2]).Rows.Instance.State)).ShouldBe(InstanceJson.Write(last));
    }

    [Fact]
    public async Task Without_an_archive_that_can_be_written_nothing_is_deleted()
    {
        var database = await stores.NewAsync(nameof(DatabaseProvider.Sqlite));
        await using var engine = await EngineHost.StartAsync(database, Waits);
        await EndedAsync(engine, 1);
        engine.Time.Now += TimeSpan.FromDays(31);
        var file = Path.Combine(folder, "no-folder");
        await File.WriteAllTextAsync(file, "in the way");

        await Should.ThrowAsync<IOException>(() => RunAsync(engine, database, new() { FinishedDays = 30, ArchiveFolder = file }));

        (await IdsAsync(engine)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Servers_that_let_go_together_harm_nothing_and_none_serves_from_memory_what_is_gone()
    {
        var database = await stores.NewAsync(nameof(DatabaseProvider.Postgres));
        await using var one = await EngineHost.StartAsync(database, Waits);
        await using var other = await EngineHost.StartAsync(database);
        var kept = await one.BeginAsync("waits");
        await other.ApplyAsync(kept, Go(other));
        await EndedAsync(one, 20);
        one.Time.Now = other.Time.Now += TimeSpan.FromDays(31);
        var keep = new RetentionOptions { FinishedDays = 30, BatchSize = 3, ArchiveFolder = folder };

        await Task.WhenAll(RunAsync(one, database, keep), RunAsync(other, database, keep), RunAsync(one, database, keep));

        (await IdsAsync(one)).ShouldBeEmpty();
        Directory.EnumerateFiles(folder, "*.jsonl.gz", SearchOption.AllDirectories).SelectMany(Read).Select(line => line.Id).ShouldBeUnique();
        (await one.SubmitAsync(kept, Go(one))).Refusal!.Reason.ShouldBe(Reason.InstanceUnknown);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Old_answers_are_forgotten_in_batches(string store)
    {
        var database = await stores.NewAsync(store);
        await using var engine = await EngineHost.StartAsync(database);
        var answers = new Answers(database, StoredShapes.Current);
        async Task RememberAsync(int count)
        {
            for (var number = 0; number < count; number++)
                await answers.RememberAsync(new("me", "route", $"{engine.Time.Now:O}-{number}", "body"), "answer", engine.Time.Now + TimeSpan.FromSeconds(number), CancellationToken.None);
        }
        await RememberAsync(7);
        engine.Time.Now += TimeSpan.FromHours(20);
        await RememberAsync(2);
        engine.Time.Now += TimeSpan.FromHours(5);

        await RunAsync(engine, database, new() { BatchSize = 3 });

        await using var db = engine.Open();
        (await db.IdempotencyKeys.CountAsync()).ShouldBe(2);
    }

    private static Task RunAsync(EngineHost engine, Database database, RetentionOptions options) =>
        new Retention(database, new(database), new(database, StoredShapes.Current), engine.Time, Options.Create(options), Options.Create(new CommitQueueOptions()), NullLogger<Retention>.Instance).RunAsync(CancellationToken.None);

    private static Stimulus.EventReceived Go(EngineHost engine) => new("go", null) { At = engine.Time.Now };

    private static async Task<IReadOnlyList<InstanceId>> EndedAsync(EngineHost engine, int count)
    {
        var ended = new List<InstanceId>();
        for (var number = 0; number < count; number++)
        {
            ended.Add(await engine.BeginAsync("waits"));
            await engine.ApplyAsync(ended[^1], Go(engine));
            engine.Time.Now += TimeSpan.FromSeconds(1);
        }
        return ended;
    }

    private static async Task<IReadOnlyList<InstanceId>> IdsAsync(EngineHost engine)
    {
        await using var db = engine.Open();
        return await db.Instances.Select(row => row.Id).ToListAsync();
    }

    /// <summary>A row in each table that a workflow without a task leaves empty.</summary>
    private static async Task AddRowsAsync(EngineHost engine, InstanceId id)
    {
        await using var db = engine.Open();
        var at = engine.Time.Now;
        db.Add(new BookmarkRow { InstanceId = id, Number = 1, Kind = "event", Key = "go", LookupKey = BookmarkRow.KeyOf("event", "go") });
        db.Add(new TimerRow { InstanceId = id, Kind = TimerKind.Bookmark, Number = 1, DueAt = at });
        db.Add(new IncidentRow { InstanceId = id, Number = 1, DefinitionId = "waits", Node = "e", Message = "was decided", At = at, IsOpen = false });
        db.Add(new TaskRow
        {
            InstanceId = id, Number = "CD-2026-000001", Subject = "dust", DefinitionId = "waits", DefinitionName = "waits", AreaCode = "1", AreaName = "one", AreaPath = "1/", JurisdictionCode = null, StreetCode = null, JurisdictionName = "one",
            Priority = Priority.Normal, RaisedById = null, Stage = null, StartedAt = at, ClosedAt = at, NextDue = null, OpenDue = null, OpenSince = null, IsWarned = false, IsBreached = false, EscalatedTo = "", Revision = 2,
        });
        db.Add(new TaskEvaluationRow
        {
            InstanceId = id, Round = 1, Solved = true, CauseConfirmed = null, SourceCategory = null, Effect = null, EcologicalBenefit = null, Satisfaction = null, Lessons = null,
            IsEffective = null, EffectMaximum = null, IsDrawn = null, DrawnFor = null,
        });
        db.Add(new TreeRow
        {
            InstanceId = id, RootId = id, ParentId = null, Number = 0, Role = null, TeamName = null, Text = null, Wanted = null, Due = null, Feedback = null, FedBackAt = null, Holdings = "[]",
        });
        db.Add(new OrderRow { InstanceId = id, LeaderName = "p", Text = "t", TeamName = "t", Due = at, NextFeedback = null, Rung = null, Tasks = 0, OpenTasks = 0 });
        db.Add(new RecurrenceRow { PreviousId = id, InstanceId = InstanceId.From("a later one"), Number = "CD-2026-000002" });
        db.Add(new WorkItemRow
        {
            InstanceId = id, Number = 1, Title = "look", DefinitionId = "waits", Priority = Priority.Normal, AreaPath = "1/", JurisdictionCode = null, StreetCode = null, Stage = null, TeamId = "t", TeamName = "t", TeamKind = TeamKind.TechGrid, Status = WorkItemStatus.Done, HolderId = null, HolderName = null, WaitsFor = null,
            OfferedAt = at, DoneAt = at, Due = null, OpenDue = null, IsWarned = false, IsBreached = false, UrgedAt = null, Revision = 1,
        });
        db.Add(new TaskTextRow { InstanceId = id, Text = "dust", Grams = "dust" });
        db.Add(SummaryOf(id, at));
        db.Add(new TaskWorkRow { InstanceId = id, Number = 1, TeamId = "t", TeamName = "t", TeamKind = TeamKind.TechGrid, PersonId = null, PersonName = null, Items = 1, WaitSeconds = 0, WorkSeconds = 0 });
        db.Add(new TaskPauseRow { InstanceId = id, Number = 1, Reason = "testing", Times = 1, Seconds = 1 });
        db.Add(new TaskStageRow
        {
            InstanceId = id, Number = 1, Stage = StageName.Initiation, Rounds = 1, EnteredAt = at, EndedAt = at, Seconds = 0, Due = null, Clock = null, BreachedAt = null, PausedSeconds = 0,
        });
        db.Add(new HandRow { InstanceId = id, Number = 1, UserId = "u", UserName = "u", TeamId = "t", TeamName = "t", TeamKind = TeamKind.TechGrid });
        db.Add(new ReporterRow { Id = id.Value, InstanceId = id, AcceptedById = "u", AreaPath = "1/", IsConfidential = false, StoredAt = at, Sealed = [1] });
        db.Add(new EvidenceRow { InstanceId = id, WorkItem = 1, Position = 0, Sha256 = "ab12" });
        db.Add(new CopyRow { InstanceId = id, Number = 1, WorkItem = 1, UserId = "u", At = at });
        db.Add(new PauseRow { InstanceId = id, Number = 1, WorkItem = 1, Reason = "testing", UserId = "u", UserName = "u", TeamId = "t", TeamName = "t", At = at, EndedAt = at, Approval = null, AskedSince = null, IsRefused = false });
        db.Add(new NotificationRow { InstanceId = id, Number = 1, WorkItem = 1, UserId = "u", Rung = "leader", At = at, ReadAt = null });
        db.Add(new NoticeRow { InstanceId = id, Effect = 1, Number = 0, UserId = "u", TeamId = null, Role = null, WorkItem = null, TaskNumber = "CD-2026-000001", Subject = "dust", Rung = "half", Stage = null, Due = null, At = at });
        db.Add(ClockRow.Of(id, new(1, ClockScope.Task, "loop", new("3wd", "cn-gov", null, true), "v1", at) { State = ClockState.Stopped, Spans = [new(at, at, "testing")] }));
        await db.SaveChangesAsync();
        (await CountRowsAsync(engine, id)).Where(table => table.Value == 0).Select(table => table.Key).ShouldBe(["outbox"], "nothing is left to be done");
    }

    /// <summary>Of a task that began and ended at one time.</summary>
    internal static TaskSummaryRow SummaryOf(InstanceId id, DateTimeOffset at) => new()
    {
        InstanceId = id, Number = "CD-2026-000001", DefinitionId = "waits", DefinitionVersion = 1, DefinitionName = "waits", Priority = Priority.Normal, Source = TaskSource.System, Subject = "dust", SubjectKey = null,
        Alarms = 0, AreaPath = "1/", JurisdictionCode = null, StreetCode = null, StartedById = null, StartedByName = null, StartedAt = at, EndedAt = at, Status = InstanceStatus.Finished, Outcome = null,
        CloseOutReason = null, AcknowledgedAt = null, DeliveredAt = null, OfferedAt = null, HandlingEnteredAt = null, HandlingEndedAt = null, HandlingDue = null, HandlingBreachedAt = null, Due = null, Clock = null, BreachedAt = null,
        PausedSeconds = 0, WorkItems = 1, Returns = 0, SentBack = 0, Rework = 0, Declines = 0, Transfers = 0, Extensions = 0, Urgings = 0,
        TeamId = null, TeamName = null, TeamKind = null, PersonId = null, PersonName = null, Category = null, Satisfaction = null, IsDrawn = false, AcknowledgeSeconds = null, InitiationSeconds = null,
        ResponseSeconds = null, AnalysisSeconds = null, HandlingSeconds = null, PostEvaluationSeconds = null, TotalSeconds = 0, Marks = 0, ReachesTo = at,
    };

    /// <summary>Rows of an instance in every table that has rows of instances, those of a later build too.</summary>
    private static async Task<Dictionary<string, int>> CountRowsAsync(EngineHost engine, InstanceId id)
    {
        await using var db = engine.Open();
        var counts = new Dictionary<string, int>();
        foreach (var type in db.Model.GetEntityTypes().Where(type => type.GetProperties().Any(column => column.ClrType == typeof(InstanceId) && column.IsKey())))
        {
            var column = type.GetProperties().First(column => column.ClrType == typeof(InstanceId) && column.IsKey()).Name;
            var rows = (IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(type.ClrType).Invoke(db, null)!;
            counts[type.GetTableName()!] = await rows.CountAsync(row => EF.Property<InstanceId>(row, column) == id);
        }
        return counts;
    }

    private static IEnumerable<ArchivedInstance> Read(string file)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line) yield return JsonSerializer.Deserialize<ArchivedInstance>(line, InstanceArchive.Json)!;
    }
}
