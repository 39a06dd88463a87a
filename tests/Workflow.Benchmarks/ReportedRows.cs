using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.Storage.Writing;

namespace Workflow.Benchmarks;

/// <summary>A month of tasks of a city, straight into the rows that reports sum: with the work of four teams each, and a pause in every fifth. Nine of ten have ended.</summary>
internal sealed class ReportedRows(DateTimeOffset begin, int days, int seed)
{
    private const int BatchSize = 4000;
    private const int Jurisdictions = 23;
    private const int People = 400;

    private static readonly string[] Definitions = ["air-station-alarm", "dust-site-alarm", "water-exceedance", "public-report", "noise", "fumes", "waste", "petition", "penalty", "warning", "permit", "restoration"];
    private static readonly TeamKind[] Kinds = [TeamKind.CommunityGrid, TeamKind.TechGrid, TeamKind.Enforcement, TeamKind.Inspection];

    private readonly Random random = new(seed);

    /// <summary>In transactions of some thousand rows each.</summary>
    public async Task FillAsync(Database database, int tasks, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        await db.Database.OpenConnectionAsync(cancel);
        await using var writer = database.WriterFor(db);
        foreach (var batch in Enumerable.Range(0, tasks).Chunk(BatchSize))
        {
            var changes = new RowChanges();
            foreach (var number in batch) Add(changes, number, begin + (TimeSpan.FromDays(days) * ((double)number / tasks)));
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await writer.CommitAsync(changes, transaction, cancel);
        }
    }

    private void Add(RowChanges changes, int number, DateTimeOffset startedAt)
    {
        var (id, jurisdiction) = (new InstanceId(Guid.CreateVersion7(startedAt)), string.Create(CultureInfo.InvariantCulture, $"5101{random.Next(Jurisdictions):00}"));
        var (offered, claimed) = (startedAt.AddSeconds(1), startedAt.AddSeconds(random.Next(10, 3600)));
        var (handling, handled) = (claimed.AddSeconds(random.Next(60, 20_000)), claimed.AddSeconds(random.Next(20_001, 200_000)));
        var ended = random.Next(10) > 0 ? handled.AddSeconds(random.Next(60, 50_000)) : (DateTimeOffset?)null;
        long Between(DateTimeOffset from, DateTimeOffset to) => (long)(to - from).TotalSeconds;
        var isPaused = random.Next(5) == 0;
        changes.Insert(TaskSummaries.Marked(new()
        {
            InstanceId = id, Number = string.Create(CultureInfo.InvariantCulture, $"CD-{startedAt.Year}-{number:000000}"), DefinitionId = Definitions[random.Next(Definitions.Length)], DefinitionVersion = 1, DefinitionName = "空气站点报警",
            Priority = random.Next(10) == 0 ? Priority.Urgent : Priority.Normal, Source = random.Next(3) == 0 ? TaskSource.Person : TaskSource.Alarm, Subject = "三瓦窑12号站点PM2.5 突升", SubjectKey = null, Alarms = 1,
            AreaPath = $"5101/{jurisdiction}/{jurisdiction}001/", JurisdictionCode = jurisdiction, StreetCode = $"{jurisdiction}001", StartedById = null, StartedByName = null, StartedAt = startedAt, EndedAt = ended,
            Status = ended is null ? InstanceStatus.Running : InstanceStatus.Finished, Outcome = null, CloseOutReason = random.Next(4) == 0 ? "false-alarm" : null, AcknowledgedAt = claimed, OfferedAt = offered, HandlingEnteredAt = handling,
            HandlingEndedAt = handled, HandlingDue = handling.AddHours(24), HandlingBreachedAt = null, Due = startedAt.AddDays(3), Clock = ClockState.Met, BreachedAt = null, PausedSeconds = isPaused ? 3600 : 0, WorkItems = 4,
            Returns = random.Next(20) / 19, SentBack = 0, Rework = random.Next(50) / 49, Declines = random.Next(20) / 19, Transfers = 0, Extensions = random.Next(30) / 29, Urgings = 0, TeamId = $"enforcement-{jurisdiction}",
            TeamName = "执法支队", TeamKind = TeamKind.Enforcement, PersonId = $"u-{random.Next(People)}", PersonName = "王伟", Category = random.Next(2) == 0 ? "扬尘源" : "移动源", Satisfaction = random.Next(3) == 0 ? random.Next(1, 6) : null,
            IsDrawn = random.Next(10) == 0, AcknowledgeSeconds = Between(offered, claimed), InitiationSeconds = 1, ResponseSeconds = Between(offered, claimed), AnalysisSeconds = Between(claimed, handling), HandlingSeconds = Between(handling, handled),
            PostEvaluationSeconds = ended is { } end ? Between(handled, end) : null, TotalSeconds = ended is { } last ? Between(startedAt, last) : null, Marks = 0, ReachesTo = default,
        }));
        foreach (var (index, kind) in Kinds.Index())
            changes.Insert(new TaskWorkRow
            {
                InstanceId = id, Number = index + 1, TeamId = $"{kind}-{jurisdiction}", TeamName = "队", TeamKind = kind, PersonId = $"u-{random.Next(People)}", PersonName = "王伟", Items = 1, WaitSeconds = random.Next(3600), WorkSeconds = random.Next(90_000),
            });
        if (isPaused) changes.Insert(new TaskPauseRow { InstanceId = id, Number = 1, Reason = random.Next(2) == 0 ? "testing" : "force-majeure", Times = 1, Seconds = 3600 });
    }
}
