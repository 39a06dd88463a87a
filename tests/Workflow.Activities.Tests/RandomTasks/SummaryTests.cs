using FsCheck.Fluent;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Reports;
using Workflow.Engine.Storage;
using Workflow.Engine.Tests.Clocks;
using Workflow.Engine.WorkItems;
using Xunit.Abstractions;

namespace Workflow.Activities.Tests.RandomTasks;

/// <summary>The summary of a task says what its journal says: counted here from the facts, there from the state.</summary>
public class SummaryTests(ITestOutputHelper output)
{
    private const int Runs = 600;
    private const int Steps = 40;

    private readonly Dictionary<string, long> met = [];

    [Fact]
    public void A_summary_is_what_the_facts_of_the_journal_add_up_to()
    {
        output.Check(Runs, Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var random = new Random(seed);
            WorkflowDefinition? definition = null;
            while (definition is null)
            {
                var problems = new ProblemList();
                if (An.Reader.Compile(new RandomTask(random).Build(), problems) is { } built && !problems.HasErrors) definition = built;
            }
            var task = new Scenario(definition).Start();
            var (commands, player) = (new RandomCommands(task, random), new RandomPlayer(task, random));
            for (var step = 0; step < Steps && task.State.Status == InstanceStatus.Running; step++)
                if (random.Next(3) == 0) player.Play(1);
                else if (commands.Next() is { } command) task.Try(command);
            Check(task);
        });

        foreach (var (name, count) in met.OrderBy(pair => pair.Key, StringComparer.Ordinal)) output.WriteLine($"{name}: {count}");
        met.Where(pair => pair.Value == 0).Select(pair => pair.Key).ShouldBeEmpty("these were never met");
    }

    private void Check(Scenario task)
    {
        var rows = Projection.Rows(task.State, "name").ToList();
        var summary = rows.OfType<TaskSummaryRow>().ShouldHaveSingleItem();
        var journal = Journal(task);

        Same("work items", summary.WorkItems, journal.Count(entry => entry.Fact is Fact.ItemOffered));
        Same("transfers", summary.Transfers, Moves(journal, WorkItemCommand.Transfer));
        Same("declines", summary.Declines, Moves(journal, WorkItemCommand.Decline));
        Same("sent back", summary.SentBack, Moves(journal, WorkItemCommand.Return));
        Same("extensions", summary.Extensions, journal.Count(entry => entry.Fact is Fact.ExtensionDecided { IsApproved: true }));
        Same("urgings", summary.Urgings, journal.Count(entry => entry.Fact is Fact.ItemUrgedBy));
        Same("returns", summary.Returns, journal.Count(entry => entry.Fact is Fact.StageEnded { Outcome: StageOutcome.Return }));
        Same("rework", summary.Rework, Math.Max(0, journal.Count(entry => entry.Fact is Fact.StageEntered { Stage: StageName.Handling }) - 1));
        summary.AcknowledgedAt.ShouldBe(First(journal, fact => fact is Fact.ItemClaimed));
        summary.OfferedAt.ShouldBe(First(journal, fact => fact is Fact.ItemOffered));
        summary.HandlingEnteredAt.ShouldBe(First(journal, fact => fact is Fact.StageEntered { Stage: StageName.Handling }));
        summary.EndedAt.ShouldBe(First(journal, fact => fact is Fact.InstanceEnded));

        var stages = rows.OfType<TaskStageRow>().ToList();
        stages.Select(stage => stage.Stage).ShouldBe(journal.Select(entry => entry.Fact).OfType<Fact.StageEntered>().Select(entered => entered.Stage).Distinct());
        foreach (var stage in stages)
        {
            stage.Rounds.ShouldBe(journal.Count(entry => entry.Fact is Fact.StageEntered entered && entered.Stage == stage.Stage));
            stage.EnteredAt.ShouldBe(First(journal, fact => fact is Fact.StageEntered entered && entered.Stage == stage.Stage)!.Value);
            stage.Seconds.ShouldBe(Stays(journal, stage.Stage));
            var clocks = journal.Select(entry => entry.Fact).OfType<Fact.ClockStarted>().Where(started => started.Clock.Scope == Engine.Clocks.ClockScope.Stage && started.Clock.Stage == stage.Stage.ToString()).Select(started => started.Clock.Id).ToHashSet();
            stage.BreachedAt.ShouldBe(clocks.Min(clock => Breach(journal, clock)));
            Same("breaches", stage.BreachedAt is null ? 0 : 1, stage.BreachedAt is null ? 0 : 1);
            Same("paused seconds", stage.PausedSeconds, clocks.Sum(clock => Paused(journal, clock)));
        }
        CheckFigures(rows, summary, journal);
        rows.OfType<HandRow>().Select(hand => (hand.UserId, hand.TeamId)).ShouldBe(Avoidance.WhoHandled(task.State.WorkItems).Select(hand => (hand.Person.UserId, hand.Team.Id)).Distinct());
        Same("hands", rows.OfType<HandRow>().Count(), rows.OfType<HandRow>().Count());
    }

    /// <summary>What reports count and time, beside what they sum.</summary>
    private void CheckFigures(List<IInstancePart> rows, TaskSummaryRow summary, List<(DateTimeOffset At, Fact Fact)> journal)
    {
        bool Is(TaskMarks mark) => ((TaskMarks)summary.Marks & mark) != 0;
        (Is(TaskMarks.Declined), Is(TaskMarks.Extended), Is(TaskMarks.Reworked), Is(TaskMarks.Acknowledged), Is(TaskMarks.Paused))
            .ShouldBe((summary.Declines > 0, summary.Extensions > 0, summary.Rework > 0, summary.AcknowledgedAt is not null, summary.PausedSeconds > 0));
        Is(TaskMarks.SentBack).ShouldBe(summary.SentBack > 0 || summary.Returns > 0);
        Is(TaskMarks.ClosedOnTime).ShouldBe(summary.EndedAt <= summary.Due);
        Is(TaskMarks.HandledOnTime).ShouldBe(summary.HandlingEndedAt <= summary.HandlingDue);
        summary.ReachesTo.ShouldBe(summary.EndedAt is null ? DateTimeOffset.MaxValue : new[] { summary.StartedAt, summary.OfferedAt, summary.HandlingDue, summary.Due, summary.EndedAt }.Max()!.Value);
        foreach (var (stage, seconds, mark) in new[]
        {
            (StageName.Initiation, summary.InitiationSeconds, TaskMarks.PassedInitiation), (StageName.Response, summary.ResponseSeconds, TaskMarks.PassedResponse), (StageName.Analysis, summary.AnalysisSeconds, TaskMarks.PassedAnalysis),
            (StageName.Handling, summary.HandlingSeconds, TaskMarks.PassedHandling), (StageName.PostEvaluation, summary.PostEvaluationSeconds, TaskMarks.PassedPostEvaluation),
        })
        {
            var (entered, ended) = (journal.Count(entry => entry.Fact is Fact.StageEntered begin && begin.Stage == stage), journal.Count(entry => entry.Fact is Fact.StageEnded end && end.Stage == stage));
            seconds.ShouldBe(entered > 0 && entered == ended ? Stays(journal, stage) : null);
            Is(mark).ShouldBe(seconds is not null);
        }
        Same("work of teams", rows.OfType<TaskWorkRow>().Sum(work => work.Items), journal.Count(entry => entry.Fact is Fact.ItemOffered));
        var clocks = journal.Select(entry => entry.Fact).OfType<Fact.ClockStarted>().Where(started => started.Clock.Scope == Engine.Clocks.ClockScope.Stage).Select(started => started.Clock.Id);
        Same("pauses by reason", rows.OfType<TaskPauseRow>().Sum(pause => pause.Seconds), clocks.Sum(clock => Paused(journal, clock)));
    }

    private void Same(string name, long summed, long counted)
    {
        summed.ShouldBe(counted, name);
        met[name] = met.GetValueOrDefault(name) + counted;
    }

    /// <summary>The facts with the time of their burst, which never goes back.</summary>
    private static List<(DateTimeOffset At, Fact Fact)> Journal(Scenario task)
    {
        var (journal, at) = (new List<(DateTimeOffset, Fact)>(), DateTimeOffset.MinValue);
        foreach (var (stimulus, facts) in task.Bursts)
        {
            at = stimulus.At > at ? stimulus.At : at;
            journal.AddRange(facts.Select(fact => (at, fact)));
        }
        return journal;
    }

    private static int Moves(List<(DateTimeOffset At, Fact Fact)> journal, WorkItemCommand command) => journal.Count(entry => entry.Fact is Fact.ItemMoved moved && moved.Command == command);

    private static DateTimeOffset? First(List<(DateTimeOffset At, Fact Fact)> journal, Predicate<Fact> which) => journal.Where(entry => which(entry.Fact)).Min(entry => (DateTimeOffset?)entry.At);

    private static long Stays(List<(DateTimeOffset At, Fact Fact)> journal, StageName stage)
    {
        var (seconds, entered) = (0L, DateTimeOffset.MinValue);
        foreach (var (at, fact) in journal)
            if (fact is Fact.StageEntered begin && begin.Stage == stage) entered = at;
            else if (fact is Fact.StageEnded end && end.Stage == stage) seconds += (long)(at - entered).TotalSeconds;
        return seconds;
    }

    private static long Paused(List<(DateTimeOffset At, Fact Fact)> journal, int clock)
    {
        var (seconds, stopped) = (0L, (DateTimeOffset?)null);
        foreach (var (at, fact) in journal)
            if (fact is Fact.ClockStopped stop && stop.Clock == clock) stopped = stop.Why == "stage-left" ? null : at;
            else if (fact is Fact.ClockResumed resumed && resumed.Clock == clock && stopped is { } since) (seconds, stopped) = (seconds + (long)(at - since).TotalSeconds, null);
            else if (fact is Fact.PauseCapped capped && capped.Clock == clock && stopped is { } held) (seconds, stopped) = (seconds + (long)(capped.At - held).TotalSeconds, null);
            else if (fact is Fact.PauseCredited credited && credited.Clock == clock)
                seconds = credited.Spans.Zip(credited.Spans.Skip(1)).Where(pair => pair.First.StopReason != "stage-left").Sum(pair => (long)(pair.Second.From - pair.First.To!.Value).TotalSeconds);
        return seconds;
    }

    /// <summary>What is left of the breaches when those that were taken back are gone.</summary>
    private static DateTimeOffset? Breach(List<(DateTimeOffset At, Fact Fact)> journal, int clock)
    {
        DateTimeOffset? due = null;
        foreach (var (_, fact) in journal)
            if (fact is Fact.ClockBreached breached && breached.Clock == clock) due = breached.DueAt;
            else if (fact is Fact.BreachAnnulled annulled && annulled.Clock == clock) due = null;
        return due;
    }
}
