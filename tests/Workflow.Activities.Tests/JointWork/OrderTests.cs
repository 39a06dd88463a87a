using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;

namespace Workflow.Activities.Tests.JointWork;

public class OrderTests
{
    private static readonly Team Gaoxin = new("enforcement-gaoxin", "enforcement-gaoxin", TeamKind.Enforcement);

    private readonly Forest forest = new();

    [Fact]
    public void An_order_marks_its_tasks_is_reported_when_they_have_ended_and_is_struck_off()
    {
        var task = forest.Start(Forest.HandedDown, "gaoxin");
        var order = Give(task);
        forest[task].Task!.Ordered.ShouldBeTrue();

        forest.Work(order);
        forest.Claim(order);
        forest.TryComplete(order)!.Rule.ShouldBe("order-covers-open-task");
        StrikeOff(order)!.Rule.ShouldBe("strike-off");
        while (forest[task].Status == InstanceStatus.Running) forest.Work(task);
        forest.TryComplete(order).ShouldBeNull();
        forest.Try(order, new Stimulus.OrderStruckOff("属实") { At = forest.Now, By = Forest.MemberOf("grid-guixi") })!.Reason.ShouldBe(Reason.NotAllowed);
        StrikeOff(order).ShouldBeNull();

        forest[order].Status.ShouldBe(InstanceStatus.Finished);
    }

    [Fact]
    public void A_task_that_closed_before_the_order_reached_it_counts_as_ended()
    {
        var task = forest.Start(Forest.HandedDown, "gaoxin");
        while (forest[task].Status == InstanceStatus.Running) forest.Work(task);

        var order = Give(task);

        forest[order].Task!.Order!.Tasks.ShouldHaveSingleItem().EndedAt.ShouldNotBeNull();
    }

    [Fact]
    public void The_ladder_neither_skips_a_rung_nor_goes_back_and_each_is_pressed_once()
    {
        var order = Give();

        Press(order, OrderRung.Interview)!.Rule.ShouldBe("ladder");
        Press(order, OrderRung.Urge).ShouldBeNull();
        Press(order, OrderRung.Urge)!.Rule.ShouldBe("ladder");
        foreach (var rung in new[] { OrderRung.Order, OrderRung.Interview, OrderRung.Circular }) Press(order, rung).ShouldBeNull();
        Press(order, OrderRung.Circular)!.Found.ShouldBe("one that has reached it");

        forest[order].Task!.Order!.Ladder.Select(press => press.Rung).ShouldBe(Enum.GetValues<OrderRung>());
    }

    [Fact]
    public void Time_presses_what_nobody_has_pressed_and_never_again_what_somebody_has()
    {
        var order = Give();
        Press(order, OrderRung.Urge).ShouldBeNull();

        RunTimers(order, forest.Now.AddDays(5));

        forest[order].Task!.Order!.Ladder.Select(press => (press.Rung, press.By?.UserId)).ShouldBe(
            [(OrderRung.Urge, "u-city"), (OrderRung.Order, null)]);
        RunTimers(order, forest.Now.AddDays(4));
        forest[order].Task!.Order!.Ladder.Select(press => press.Rung).ShouldBe(Enum.GetValues<OrderRung>());
    }

    [Fact]
    public void Who_gives_no_feedback_is_reminded_once_a_period()
    {
        var order = Give(every: "P1D");
        RunTimers(order, forest.Now.AddDays(2));
        forest[order].Task!.Order!.Reminders.ShouldBe(2);

        forest.Do(order, new Stimulus.OrderFedBack("正在整改") { At = forest.Now.AddHours(1), By = Forest.MemberOf("enforcement-gaoxin") });
        RunTimers(order, forest.Now.AddDays(1).AddHours(1));

        (forest[order].Task!.Order!.Reminders, forest[order].Task!.Order!.Feedbacks.Length).ShouldBe((2, 1));
        forest.Try(order, new Stimulus.OrderFedBack("x") { At = forest.Now, By = Forest.MemberOf("grid-jiangxi") })!.Rule.ShouldBe("who-may/feed-back-on-order");
    }

    private InstanceId Give(InstanceId? task = null, string? every = null)
    {
        var order = forest.Start(Forest.Ordered, "gaoxin", new(Forest.City.Person, "限期整改", Gaoxin, forest.Now.AddDays(5), every)
        {
            Tasks = task is { } covered ? [new(covered, "CD-1")] : [],
        });
        forest.DeliverAll();
        if (every is not null)
        {
            // The reminders run while it is handled.
            forest.Work(order);
        }
        return order;
    }

    private Rejection? Press(InstanceId order, OrderRung rung) => forest.Try(order, new Stimulus.OrderPressed(rung, "尽快办理") { At = forest.Now, By = Forest.City });

    private Rejection? StrikeOff(InstanceId order) => forest.Try(order, new Stimulus.OrderStruckOff("属实，予以销号") { At = forest.Now, By = Forest.MemberOf("inspection-city") });

    /// <summary>Fires every timer at its time until then, each twice: the second finds nothing due.</summary>
    private void RunTimers(InstanceId id, DateTimeOffset until)
    {
        while (NextOf(forest[id]) is var (due, key) && due <= until)
        {
            forest.Do(id, new Stimulus.TimerFired(key) { At = due });
            forest.Try(id, new Stimulus.TimerFired(key) { At = due })!.Reason.ShouldBe(Reason.TimerStale);
        }
        forest.Now = until;
    }

    private static (DateTimeOffset Due, TimerKey Key)? NextOf(WorkflowInstance state)
    {
        var timers = state.Bookmarks.Where(wait => wait.DueAt is not null).Select(wait => (Due: wait.DueAt!.Value, Key: new TimerKey(TimerKind.Bookmark, wait.Id)))
            .Concat(state.Clocks.Where(clock => clock.NextDue is not null).Select(clock => (Due: clock.NextDue!.Value, Key: new TimerKey(TimerKind.Clock, clock.Id)))).ToList();
        return timers.Count == 0 ? null : timers.MinBy(timer => timer.Due);
    }
}
