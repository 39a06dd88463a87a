using System.Globalization;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Tests.Clocks;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.ClosedLoop;

/// <summary>The whole story of definitions/workflows/dust-site-alarm.json, on a clock that the test moves.</summary>
public class DustSiteAlarmTests
{
    private const string Filled = "{ 'solved': true, 'cause': true, 'source': '裸土未覆盖', 'benefit': '减少裸土 2 公顷', 'lessons': '早覆盖' }";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly string Text = Calendars.Definition("workflows", "dust-site-alarm");
    private static readonly WorkflowDefinition Dust = An.Read(Text);

    [Fact]
    public void A_site_that_goes_on_alarming_is_not_effective_returns_to_analysis_and_is_closed_when_it_stays_clean()
    {
        var task = Handled(Raised(), "2026-09-14T11:00+08:00");

        task.Readings(Hour, 130, 160, 110, 155).Until("2026-09-15T11:00+08:00");
        task.State.Task!.Evaluation!.Effect.ShouldSatisfyAllConditions(found => found!.IsEffective.ShouldBeFalse(), found => found!.Maximum.ShouldBe(160));
        task.Work("inspect", Zhao, "Return", "{ 'solved': false, 'cause': false, 'source': '不明', 'benefit': '无' }");
        task.Visits.Last().ShouldBe("Analysis2");
        Handled(task, "2026-09-15T13:00+08:00").Readings(Hour, 100, 90, 80, 70, 60);
        task.Open.ShouldBe("inspect");
        task.Work("inspect", Zhao, "Pass", Filled);

        task.State.Status.ShouldBe(InstanceStatus.Finished);
        task.Visits.ShouldBe(
        [
            "Initiation1 Done", "Response1 Done", "Analysis1 Done", "Handling1 Done", "PostEvaluation1 Return", "Analysis2 Done", "Handling2 Done", "PostEvaluation2 Done",
        ]);
        var evaluation = task.State.Task!.Evaluation!;
        (evaluation.Round, evaluation.Figures.Solved, evaluation.Figures.SourceCategory, evaluation.By).ShouldBe((2, true, "裸土未覆盖", Zhao.Person));
        (evaluation.Effect!.IsEffective, evaluation.Draw!.Reason).ShouldBe((true, SampleReason.Returned));
        task.State.Task.Alarms!.Count.ShouldBe(10);
        task.NextTimer.ShouldBeNull();
    }

    [Fact]
    public void What_the_data_prove_is_inspected_when_the_lot_says_so_and_reviewed_otherwise()
    {
        var seen = new HashSet<string>();
        for (var number = 0; number < 40 && seen.Count < 2; number++)
        {
            var task = new Scenario(Dust, new(new Guid($"0199e000-0000-7000-8000-{number:D12}")));
            Handled(Raise(task), "2026-09-14T11:00+08:00").Readings(Hour, 100, 90, 80, 70, 60);

            task.Open.ShouldBe(task.State.Task!.Evaluation!.Draw!.IsDrawn ? "inspect" : "review");
            seen.Add(task.Open);
            task.Work(task.Open, task.Open == "inspect" ? Zhao : Wang, "Pass", Filled).State.Status.ShouldBe(InstanceStatus.Finished);
        }
        seen.ShouldBe(["inspect", "review"], ignoreOrder: true);
    }

    [Fact]
    public void The_team_that_handled_it_may_not_evaluate_it()
    {
        var task = Handled(Raised(), "2026-09-14T11:00+08:00").Until("2026-09-15T11:00+08:00");

        task.Refused(task.Claim("inspect", Chen with { Teams = ["inspection", "enforcement"] })).Reason.ShouldBe(Reason.AvoidanceRequired);
    }

    [Fact]
    public void It_has_neither_mistakes_nor_warnings()
    {
        var problems = new ProblemList();

        An.Reader.Read(Text, problems).ShouldNotBeNull();

        problems.All.ShouldBeEmpty();
    }

    private static Scenario Raised() => Raise(new Scenario(Dust));

    private static Scenario Raise(Scenario task) => task.Do(new Stimulus.Started(
        task.State.Id, PostEvaluations.InputOf(180), new("CD-2026-000123", "某工地 PM10 超限", Guixi, Priority.Normal) { SubjectKey = "site-1" }) { At = task.Now });

    /// <summary>From response or analysis to the beginning of post-evaluation, which is then.</summary>
    private static Scenario Handled(Scenario task, string then)
    {
        if (task.Open == "verify") task.Do(task.Claim("verify", Li)).Do(task.Attach("verify", Li)).Do(task.Complete("verify", Li, values: "{ 'finding': '裸土未覆盖' }"));
        task.Work("analyse", Wang, values: "{ 'category': '裸土未覆盖', 'conclusion': '大面积裸土' }");
        task.Work("handle", Chen, values: "{ 'measure': '责令覆盖' }");
        task.Until(then).Do(task.Claim("recheck", Li)).Do(task.Attach("recheck", Li, sha256: then.Length.ToString(CultureInfo.InvariantCulture)));
        task.Do(task.Complete("recheck", Li, values: "{ 'clean': true }")).Do(task.Claim("patrol", Li)).Do(task.Attach("patrol", Li, sha256: then));
        return task.Do(task.Complete("patrol", Li, values: "{ 'morning': '正常', 'afternoon': '正常' }"));
    }
}
