using System.Globalization;
using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using Workflow.Engine.WorkItems;
using Xunit.Abstractions;

namespace Workflow.Activities.Tests.JointWork;

/// <summary>Random trees under random commands, with effects that come late, in another order, and twice. The seed is printed; WORKFLOW_SEED runs the same again.</summary>
public class RandomTreeTests(ITestOutputHelper output)
{
    private const int Trees = 150;
    private const int Commands = 60;

    private static readonly string[] Areas = ["gaoxin", "wuhou", "guixi", "shiyang", "jiangxi"];

    [Fact]
    public void No_parent_closes_before_its_parts_no_closed_task_has_an_open_item_and_no_part_outlasts_its_parent()
    {
        var given = Environment.GetEnvironmentVariable("WORKFLOW_SEED");
        var seed = string.IsNullOrEmpty(given) ? (int)System.Diagnostics.Stopwatch.GetTimestamp() : int.Parse(given, CultureInfo.InvariantCulture);
        output.WriteLine($"WORKFLOW_SEED={seed}");
        var random = new Random(seed);
        var met = new Dictionary<string, int>();
        for (var tree = 0; tree < Trees; tree++)
        {
            var forest = new Forest();
            var root = forest.Start(Forest.HandedDown);
            for (var command = 0; command < Commands; command++)
            {
                Act(forest, random, met);
                Check(forest);
            }
            RunToTheEnd(forest, root);
        }
        output.WriteLine(string.Join(", ", met.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}")));
        foreach (var what in new[] { "hand-down", "claim", "complete", "send-back", "cancel", "decline", "rule", "deliver", "deliver-again", "lead-waits", "nested" }) met.GetValueOrDefault(what).ShouldBeGreaterThan(0, what);
    }

    private static void Act(Forest forest, Random random, Dictionary<string, int> met)
    {
        forest.Now += TimeSpan.FromMinutes(random.Next(1, 240));
        var task = Pick(random, [.. forest.All.Where(task => !task.Status.IsFinal()).DefaultIfEmpty(forest.All.First())]);
        switch (random.Next(10))
        {
            case 0 or 1 or 2 when forest.Outbox.Count > 0:
                var again = random.Next(4) == 0;
                forest.Deliver(random.Next(forest.Outbox.Count), again);
                Count(again ? "deliver-again" : "deliver");
                break;
            case 3 when forest.All.Count() < 12:
                if (forest.Try(task.Id, new Stimulus.HandedDown("handed-down", [.. Parts()]) { At = forest.Now, By = Forest.City }) is null) Count(task.Task!.Part is null ? "hand-down" : "nested");
                break;
            case 4 when random.Next(6) == 0:
                if (forest.Try(task.Id, new Stimulus.Cancelled("不再需要") { At = forest.Now, By = Forest.City }) is null) Count("cancel");
                break;
            default:
                if (task.WorkItems.Where(item => item.IsOpen).ToList() is { Count: > 0 } open) OnItem(Pick(random, open));
                break;
        }

        IEnumerable<PartAsked> Parts() => Areas.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select((area, index) => new PartAsked(
            area, index == 0 ? PartRole.Lead : PartRole.Assist, "办理", index == 0 && area is not ("gaoxin" or "wuhou") ? Pick(random, ["enforcement-gaoxin", "enforcement-wuhou"]) : null,
            random.Next(3) == 0 ? null : forest.Now.AddHours(random.Next(1, 200))));

        void OnItem(WorkItem item)
        {
            var by = Forest.MemberOf(item.Team.Id);
            switch (item.State)
            {
                case WorkItemState.Disputed disputed:
                    Try("rule", new Stimulus.WorkItemRuled(item.Number, 0, OtherTeam(), "裁定") { At = forest.Now, By = Forest.MemberOf(disputed.Arbiter.Id) });
                    break;
                case WorkItemState.Offered when item.Stage != StageName.PostEvaluation && random.Next(3) == 0:
                    Try("decline", new Stimulus.WorkItemDeclined(item.Number, 0, "不属本队", OtherTeam()) { At = forest.Now, By = by });
                    break;
                case WorkItemState.Offered:
                    Try("claim", new Stimulus.WorkItemClaimed(item.Number, 0) { At = forest.Now, By = by });
                    break;
                case WorkItemState.Claimed:
                    var outcome = Pick(random, [.. item.Content.Outcomes]);
                    if (Complete(outcome) is { Reason: Reason.FeedbackMissing }) Count("lead-waits");
                    break;
            }

            string OtherTeam() => Pick(random, [.. forest.World.Teams.All.Where(team => team.Kind == item.Team.Kind).Select(team => team.Id)]);

            Rejection? Complete(string outcome)
            {
                var why = forest.TryComplete(task.Id, outcome);
                if (why is null) Count(outcome == "SentBack" ? "send-back" : "complete");
                return why;
            }
        }

        void Try(string what, Stimulus stimulus)
        {
            if (forest.Try(task.Id, stimulus) is null) Count(what);
        }

        void Count(string what) => met[what] = met.GetValueOrDefault(what) + 1;
    }

    private static void Check(Forest forest)
    {
        foreach (var task in forest.All)
        {
            if (task.Status.IsFinal())
            {
                task.WorkItems.ShouldNotContain(item => item.IsOpen);
                foreach (var part in task.Task!.Parts) forest[part.Task].Status.ShouldBe(InstanceStatus.Finished, "a parent closed before its part");
            }
            task.Task!.Parts.Select(part => part.Task).ShouldBeUnique();
            if (task.Task.Part is not { } own || DueOf(task) is not { } due) continue;
            var (parent, started) = (forest[own.Parent], task.StartedAt);
            // What was overdue when it was handed down has no time left to give.
            if (DueOf(parent) is { } limit && started < limit) due.ShouldBeLessThanOrEqualTo(limit, "a part outlasts its parent");
        }
    }

    /// <summary>Nothing gets stuck: with everybody doing their part, every task is closed, and each part was accepted once.</summary>
    private static void RunToTheEnd(Forest forest, InstanceId root)
    {
        for (var step = 0; forest[root].Status == InstanceStatus.Running || forest.Outbox.Count > 0; step++)
        {
            step.ShouldBeLessThan(2000, "the tree never closes");
            forest.DeliverAll();
            foreach (var task in forest.All.Where(task => !task.Status.IsFinal()).ToList())
                foreach (var item in forest[task.Id].WorkItems.Where(item => item.IsOpen).Take(1).ToList())
                    Go(forest, task.Id, item);
        }
        forest.All.ShouldAllBe(task => task.Status == InstanceStatus.Finished);
        forest.Journal.OfType<Fact.PartAccepted>().Count().ShouldBe(forest.All.Sum(task => task.Task!.Parts.Length));
        Check(forest);
    }

    private static void Go(Forest forest, InstanceId task, WorkItem item)
    {
        switch (item.State)
        {
            case WorkItemState.Disputed disputed:
                forest.Do(task, new Stimulus.WorkItemRuled(item.Number, 0, item.Team.Id, "裁定") { At = forest.Now, By = Forest.MemberOf(disputed.Arbiter.Id) });
                break;
            case WorkItemState.Offered:
                forest.Do(task, new Stimulus.WorkItemClaimed(item.Number, 0) { At = forest.Now, By = Forest.MemberOf(item.Team.Id) });
                break;
            default:
                forest.TryComplete(task);
                break;
        }
    }

    private static DateTimeOffset? DueOf(WorkflowInstance task) => task.Clocks.FirstOrDefault(clock => clock.Scope == ClockScope.Task)?.Due;

    private static T Pick<T>(Random random, List<T> from) => from[random.Next(from.Count)];
}
