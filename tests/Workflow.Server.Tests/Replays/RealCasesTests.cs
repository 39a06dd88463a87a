using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Clocks;
using Workflow.Engine.Storage;
using Workflow.Reliability.Processes;
using Workflow.Server.Replays;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Replays;

/// <summary>
/// The 1,434 real cases. The log is not part of the project: these tests read it where <c>WORKFLOW_TEST_RECEIPT</c> says that it lies, or beside the project.
/// </summary>
[Collection(Stores.Collection)]
public class RealCasesTests(Stores stores)
{
    internal static readonly string LogFile = Environment.GetEnvironmentVariable("WORKFLOW_TEST_RECEIPT") ?? Path.Combine(ServerProcess.RepositoryRoot, "..", "shared", "data", "event-logs", "receipt.csv.gz");

    /// <summary>Running all of them takes a minute or more: only when it is asked for.</summary>
    internal static readonly bool RunsAll = Environment.GetEnvironmentVariable("WORKFLOW_TEST_RECEIPT") is not null;

    [RealLogFact]
    public void The_figures_of_the_real_log_are_those_of_a_script()
    {
        var log = Read();

        var figures = LogFigures.Of(log, LogFigures.IsOnTime);

        Compare(figures);
        (figures.Cases, figures.Events).ShouldBe((1434, 8577));
    }

    [RealCasesFact]
    public async Task The_real_cases_run_through_the_engine_and_its_rows_say_what_the_log_says()
    {
        var database = await stores.NewAsync(nameof(DatabaseProvider.Sqlite));

        var result = await ReplayTests.RunAsync(database, Read());

        result.Refused.ShouldBeEmpty();
        Compare(result.Figures);
        await using var db = database.CreateDbContext();
        var tasks = await db.TaskSummaries.AsNoTracking().ToListAsync();
        tasks.Count.ShouldBe(result.Figures.Cases);
        tasks.Count(task => task is { EndedAt: not null, Clock: ClockState.Met, BreachedAt: null }).ShouldBe(result.Figures.ClosedOnTime);
        tasks.Count(task => task is { EndedAt: not null, Clock: ClockState.Missed, BreachedAt: not null }).ShouldBe(result.Figures.ClosedLate);
        tasks.Count(task => task.EndedAt is null).ShouldBe(result.Figures.Open);
        tasks.Sum(task => task.Returns).ShouldBe(result.Figures.Returns - result.Figures.ReturnsAfterEnd);
        tasks.Sum(task => task.WorkItems).ShouldBe(result.Figures.Events - result.Figures.Annotations);
        tasks.ShouldAllBe(task => task.BreachedAt == null || task.BreachedAt == task.Due);
        (await db.Incidents.CountAsync()).ShouldBe(0);
        (await db.Outbox.CountAsync()).ShouldBe(0);
    }

    private static EventLog Read()
    {
        var map = ReplayMapReader.ReadFile(SmallLog.MapFile);
        return EventLogReader.ReadFile(LogFile, () => new(map, new(), problem => throw new InvalidDataException(problem.ToString()), problem => throw new InvalidDataException(problem.ToString())));
    }

    private static void Compare(LogFigures figures)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(LogFile), CompressionMode.Decompress));
        var naive = NaiveFigures.OfReceipt(text.ReadToEnd().TrimEnd('\n').Split('\n'));
        (figures.Cases, figures.Events, figures.Activities, figures.Variants, figures.Returns).ShouldBe((naive.Cases, naive.Events, naive.Activities, naive.Variants, naive.Returns));
        (figures.ClosedOnTime, figures.ClosedLate, figures.Open).ShouldBe((naive.OnTime, naive.Late, naive.Open));
        figures.MedianDays!.Value.ShouldBe(naive.Median, 1e-9);
        figures.MeanDays!.Value.ShouldBe(naive.Mean, 1e-9);
    }
}

/// <summary>A test that reads the real log; skipped where it is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealLogFactAttribute : FactAttribute
{
    public RealLogFactAttribute()
    {
        if (!File.Exists(RealCasesTests.LogFile)) Skip = "needs the log of receipts: WORKFLOW_TEST_RECEIPT=FILE";
    }
}

/// <summary>A test that runs every case of the real log; skipped unless it is asked for.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealCasesFactAttribute : FactAttribute
{
    public RealCasesFactAttribute()
    {
        if (!RealCasesTests.RunsAll) Skip = "takes minutes; asked for with WORKFLOW_TEST_RECEIPT=FILE";
    }
}
