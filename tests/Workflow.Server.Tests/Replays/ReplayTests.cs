using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflow.Activities;
using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Reliability.Processes;
using Workflow.Server.Hosting;
using Workflow.Server.Replays;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Replays;

/// <summary>Cases of a log in the real engine, on real databases.</summary>
[Collection(Stores.Collection)]
public class ReplayTests(Stores stores)
{
    private static readonly ReplayMap Map = ReplayMapReader.ReadFile(SmallLog.MapFile);

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Cases_go_through_the_loop_as_the_log_has_them(string store)
    {
        var database = await stores.NewAsync(store);

        var result = await RunAsync(database, SmallLog.Read(Map));

        result.Refused.ShouldBeEmpty();
        var figures = result.Figures;
        (figures.Cases, figures.Events, figures.Activities, figures.Variants).ShouldBe((11, 24, 4, 6));
        (figures.ClosedOnTime, figures.ClosedLate, figures.Open, figures.Returns).ShouldBe((7, 1, 3, 3));
        (figures.ReturnsAfterEnd, figures.Skips, figures.Annotations, figures.UnreadableRows).ShouldBe((1, 4, 4, 3));
        await using var db = database.CreateDbContext();
        var tasks = await db.TaskSummaries.AsNoTracking().ToDictionaryAsync(task => task.Subject.Replace("荷兰环境许可 ", "", StringComparison.Ordinal));

        tasks.Values.Count(task => task is { EndedAt: not null, Clock: ClockState.Met }).ShouldBe(7);
        tasks["late"].BreachedAt.ShouldBe(Day(5), "the breach stands at its own time");
        tasks["at-the-deadline"].BreachedAt.ShouldBeNull();
        (tasks["on-time"].StartedAt, tasks["on-time"].EndedAt, tasks["on-time"].Due).ShouldBe((Day(0), Day(10), Day(20)));
        (tasks["ended-before-its-first-event"].EndedAt, tasks["ended-before-its-first-event"].WorkItems).ShouldBe((Day(1), 0));
        (tasks["ends-before-it-starts"].StartedAt, tasks["ends-before-it-starts"].EndedAt).ShouldBe((Day(4), Day(4)));
        (tasks["open-and-late"].EndedAt, tasks["open-and-late"].BreachedAt).ShouldBe((null, Day(8)));
        tasks["without-a-deadline"].Clock.ShouldBe(ClockState.Met, "the definition's own target counts");
        tasks["skips-and-returns"].Returns.ShouldBe(2);
        tasks["skips-and-returns"].Number.ShouldStartWith("NL-2011-");
        tasks.Values.OrderBy(task => task.Number, StringComparer.Ordinal).Select(task => task.StartedAt).ShouldBeInOrder();
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_is_out_of_order_is_explicit_and_what_comes_later_is_kept(string store)
    {
        var database = await stores.NewAsync(store);
        await RunAsync(database, SmallLog.Read(Map));

        var skipping = await FactsAsync(database, "skips-and-returns");
        var ends = skipping.SelectMany(burst => burst.Facts).OfType<Fact.StageEnded>().Select(end => (end.Stage, end.Outcome, end.Reason)).ToList();
        ends[0].ShouldBe((StageName.Initiation, StageOutcome.Done, null));
        ends[1].ShouldBe((StageName.Response, StageOutcome.Done, "skipped"));
        ends[2].ShouldBe((StageName.Analysis, StageOutcome.Return, "returned"));
        ends[^1].ShouldBe((StageName.PostEvaluation, StageOutcome.Done, "case-ended"));
        var items = skipping.SelectMany(burst => burst.Facts).OfType<Fact.ItemCompleted>().ToList();
        items.Select(item => item.By.Name).ShouldBe(["Resource 1", "Resource 2", "Resource 3", "Resource 4", "Resource 5"]);

        var later = await FactsAsync(database, "goes-on-after-its-end");
        later.SelectMany(burst => burst.Facts).OfType<Fact.TaskAnnotated>().Select(note => note.Text).ShouldBe(["T02 Check confirmation of receipt", "T16 Report reasons to hold request"]);
        later.Single(burst => burst.Facts.Any(fact => fact is Fact.InstanceEnded)).At.ShouldBe(Day(5));
        later[^1].At.ShouldBe(Day(8));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Two_runs_write_the_same_and_a_second_one_into_the_same_database_nothing(string store)
    {
        var (one, other) = (await stores.NewAsync(store), await stores.NewAsync(store));
        var first = await RunAsync(one, SmallLog.Read(Map), window: 7);
        var dump = await DumpAsync(one);

        (await RunAsync(other, SmallLog.Read(Map))).Figures.ShouldBe(first.Figures);
        (await DumpAsync(other)).ShouldBe(dump);

        (await RunAsync(one, SmallLog.Read(Map))).Figures.ShouldBe(first.Figures);
        (await DumpAsync(one)).ShouldBe(dump);
        dump.ShouldContain("\"table\":\"journal\"");
    }

    [Fact]
    public async Task A_run_that_broke_off_is_gone_on_with()
    {
        var (whole, broken) = (await stores.NewAsync(nameof(DatabaseProvider.Sqlite)), await stores.NewAsync(nameof(DatabaseProvider.Sqlite)));
        await RunAsync(whole, SmallLog.Read(Map));

        for (var steps = 3; steps < 40; steps += 8)
        {
            using var stop = new CancellationTokenSource();
            await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(broken, SmallLog.Read(Map), window: 1, stop: (stop, steps)));
        }
        await RunAsync(broken, SmallLog.Read(Map));

        (await DumpAsync(broken)).ShouldBe(await DumpAsync(whole));
    }

    [Fact]
    public async Task A_case_that_went_another_way_is_named_and_the_others_go_on()
    {
        var database = await stores.NewAsync(nameof(DatabaseProvider.Sqlite));
        await RunAsync(database, SmallLog.Read(Map, text: Until("open,")));
        var log = SmallLog.Read(Map);
        var other = log with { Cases = [.. log.Cases.Select(one => one.Id == "late" ? one with { End = null } : one)] };

        var result = await RunAsync(database, other);

        result.Refused.ShouldHaveSingleItem().ShouldStartWith("case 'late': expected a task that is open");
        result.Figures.Cases.ShouldBe(11);
    }

    private static string Until(string id) => SmallLog.Text[..SmallLog.Text.IndexOf($"Internet,{id}", StringComparison.Ordinal)];

    private static DateTimeOffset Day(double day) => new DateTimeOffset(2011, 10, 1, 0, 0, 0, TimeSpan.FromHours(2)).AddDays(day);

    internal static Task<ReplayResult> RunAsync(Database database, EventLog log, int? window = null, (CancellationTokenSource Source, int Steps)? stop = null)
    {
        var definitions = Path.Combine(ServerProcess.RepositoryRoot, "definitions");
        var calendars = DefinitionFiles.ReadCalendars(Path.Combine(definitions, "calendars"));
        var definition = DefinitionFiles.Read(Map.Definition, DefinitionFiles.Reader(calendars));
        definition.Problems.ShouldBeEmpty();
        var configuration = ServerHost.Configuration();
        if (window is { } size) configuration["Replay:Window"] = size.ToString(CultureInfo.InvariantCulture);
        return Replay.RunAsync(new(database, Map, definition.Definition!, BuiltInActivities.Catalog(), calendars, null, configuration), log, Progress, stop?.Source.Token ?? default);

        void Progress(ReplayProgress progress)
        {
            if (progress.Steps >= stop?.Steps) stop.Value.Source.Cancel();
        }
    }

    internal static async Task<string> DumpAsync(Database database)
    {
        await using var text = new StringWriter();
        await CanonicalDump.WriteAsync(database, text, CancellationToken.None);
        return text.ToString();
    }

    private static async Task<IReadOnlyList<(DateTimeOffset At, List<Fact> Facts)>> FactsAsync(Database database, string id)
    {
        await using var db = database.CreateDbContext();
        var instance = InstanceId.From($"replay\nreceipt-permit\n{id}");
        var rows = await db.Journal.AsNoTracking().Where(row => row.InstanceId == instance).OrderBy(row => row.Revision).ToListAsync();
        return [.. rows.Select(row => (row.At, StoredShapes.Current.Read<List<Fact>>(StoredShapes.Facts, row.Facts, row.Schema)))];
    }
}
