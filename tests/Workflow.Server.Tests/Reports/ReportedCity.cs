using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Server.Tests.Reports;

/// <summary>Random summaries of tasks, with work and pauses; times lie close together, so that they often fall on the ends of a period and on one another.</summary>
internal sealed class ReportedCity(int seed)
{
    /// <summary>The first of September in Shanghai.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 8, 31, 16, 0, 0, TimeSpan.Zero);

    private static readonly string[] Paths = ["c/", "c/j1/", "c/j1/s1/", "c/j1/s2/", "c/j2/s3/", "c/j2/s3/m1/", "d/j3/s4/"];
    private static readonly string[] Reasons = ["force-majeure", "testing"];
    private static readonly (string Id, TeamKind Kind)[] Teams = [("t1", TeamKind.Enforcement), ("t2", TeamKind.TechGrid), ("t3", TeamKind.CommunityGrid)];

    private readonly Random random = new(seed);

    public List<TaskSummaryRow> Tasks { get; } = [];

    public List<TaskWorkRow> Work { get; } = [];

    public List<TaskPauseRow> Pauses { get; } = [];

    public static ReportedCity Make(int seed, int tasks)
    {
        var city = new ReportedCity(seed);
        for (var number = 1; number <= tasks; number++) city.Add(number);
        return city;
    }

    public T OneOf<T>(params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public bool Chance(int percent) => random.Next(100) < percent;

    /// <summary>Some whole days after <see cref="Begin"/>, so that a period often ends just when something was.</summary>
    public DateTimeOffset Day(int most) => Begin.AddDays(random.Next(most));

    public async Task StoreAsync(WorkflowDb db)
    {
        db.AddRange(Tasks);
        db.AddRange(Work);
        db.AddRange(Pauses);
        await db.SaveChangesAsync();
    }

    private DateTimeOffset? After(DateTimeOffset? time, int percent) => time is { } begin && Chance(percent) ? begin.AddHours(OneOf(0, 1, 12, 24, 48, random.Next(200))) : null;

    private void Add(int number)
    {
        var (path, started, id) = (OneOf(Paths), Begin.AddHours(random.Next(-300, 500)), new InstanceId(Guid.CreateVersion7(Begin)));
        var offered = After(started, 80);
        var (claimed, handling) = (After(offered, 70), After(offered, 70));
        var ended = After(handling ?? started, 60);
        var handled = ended is not null ? handling is null ? null : ended : After(handling, 30);
        var team = offered is null ? default : OneOf(Teams);
        var person = claimed is null ? null : OneOf("u1", "u2", "u3");
        var reasons = Reasons.Where(_ => Chance(20)).ToList();
        long? Stay(int percent) => Chance(percent) ? random.Next(5) * 100 : null;
        Tasks.Add(TaskSummaries.Marked(new()
        {
            InstanceId = id, Number = $"CD-2026-{number:000000}", DefinitionId = OneOf("d1", "d2"), DefinitionVersion = 1, DefinitionName = "definition", Priority = OneOf(Priority.Normal, Priority.Urgent),
            Source = OneOf(Enum.GetValues<TaskSource>()), Subject = "扬尘", SubjectKey = null, Alarms = 0, AreaPath = path, JurisdictionCode = AreaLevels.Jurisdiction(path), StreetCode = AreaLevels.Street(path),
            StartedById = OneOf("u1", "u2", null), StartedByName = null, StartedAt = started, EndedAt = ended, Status = ended is null ? InstanceStatus.Running : InstanceStatus.Finished, Outcome = null,
            CloseOutReason = OneOf("false-alarm", "duplicate", null, null), AcknowledgedAt = claimed, OfferedAt = offered, HandlingEnteredAt = handling, HandlingEndedAt = handled, HandlingDue = After(handling, 90),
            HandlingBreachedAt = null, Due = After(started, 90), Clock = ClockState.Running, BreachedAt = null, PausedSeconds = reasons.Count, WorkItems = 1, Returns = random.Next(2), SentBack = random.Next(2),
            Rework = random.Next(2), Declines = random.Next(2), Transfers = 0, Extensions = random.Next(2), Urgings = 0, TeamId = team.Id, TeamName = team.Id is null ? null : $"队 {team.Id}", TeamKind = team.Id is null ? null : team.Kind,
            PersonId = person, PersonName = person, Category = OneOf("扬尘源", "移动源", null), Satisfaction = OneOf<int?>(null, 1, 3, 4, 5), IsDrawn = Chance(20),
            AcknowledgeSeconds = (claimed - offered) is { } waited ? (long)waited.TotalSeconds : null, InitiationSeconds = Stay(90), ResponseSeconds = Stay(80), AnalysisSeconds = Stay(50), HandlingSeconds = Stay(50),
            PostEvaluationSeconds = Stay(90), TotalSeconds = (ended - started) is { } lasted ? (long)lasted.TotalSeconds : null, Marks = 0, ReachesTo = default,
        }));
        for (var row = 1; row <= random.Next(4); row++)
        {
            var (worker, by) = (OneOf(Teams), OneOf("u1", "u2", "u3", null));
            Work.Add(new() { InstanceId = id, Number = row, TeamId = worker.Id, TeamName = $"队 {worker.Id}", TeamKind = worker.Kind, PersonId = by, PersonName = by, Items = random.Next(1, 4), WaitSeconds = random.Next(5000), WorkSeconds = random.Next(9000) });
        }
        foreach (var (index, reason) in reasons.Index())
            Pauses.Add(new() { InstanceId = id, Number = index + 1, Reason = reason, Times = random.Next(1, 3), Seconds = random.Next(1, 9000) });
    }
}
