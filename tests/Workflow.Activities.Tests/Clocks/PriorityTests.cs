using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using static Workflow.Activities.Tests.An;
using static Workflow.Engine.Tests.Clocks.Calendars;

namespace Workflow.Activities.Tests.Clocks;

/// <summary>Raised on Monday 2026-09-14 at 10:00, with 24 hours when it is normal and 4 when it is urgent.</summary>
public class PriorityTests
{
    private const string Sla = "'sla': { 'target': { 'normal': 'PT24H', 'urgent': 'PT4H' }, 'calendar': '24x7', 'pauseReasons': ['waiting'], "
        + "'rungs': [ { 'id': 'eighth', 'at': '12.5%', 'do': 'urge' }, { 'id': 'half', 'at': '50%', 'do': 'urge' }, { 'id': 'late', 'at': '+0', 'do': 'escalate', 'to': 'inspection' } ] }";

    [Fact]
    public void Another_priority_counts_from_the_original_start_and_takes_back_no_rung()
    {
        var task = Started().Until("2026-09-14T13:00+08:00");
        Clock(task).Rungs[0].FiredAt.ShouldBe(At("2026-09-14T13:00+08:00"));

        task.Do(task.ChangePriority(Qian));

        var clock = Clock(task);
        (clock.Due, clock.Policy.Target, clock.BreachedAt).ShouldBe((At("2026-09-14T14:00+08:00"), "PT4H", null));
        clock.Rungs.Select(rung => rung.FiredAt).ShouldBe([At("2026-09-14T13:00+08:00"), At("2026-09-14T13:00+08:00"), null], "half of four hours has passed");
        clock.Changes.Single().ShouldBe(new(task.Now, ClockChangeReason.PriorityChanged, At("2026-09-15T10:00+08:00"), clock.Due) { Target = "PT4H", By = Qian.Name, Text = "领导关注" });
        task.State.Task!.Priority.ShouldBe(Priority.Urgent);
        task.Refused(task.ChangePriority(Qian)).Rule.ShouldBe("priority");
        task.Do(task.ChangePriority(Qian, Priority.Normal));
        (Clock(task).Due, Clock(task).Rungs[1].FiredAt).ShouldBe((At("2026-09-15T10:00+08:00"), At("2026-09-14T13:00+08:00")));
        task.Until("2026-09-16T10:00+08:00").Journal.OfType<Fact.RungFired>().Select(fired => fired.Rung).ShouldBe(["eighth", "half", "late"]);
    }

    [Fact]
    public void A_target_that_has_passed_by_the_new_priority_is_a_breach_and_one_that_has_not_is_none()
    {
        var task = Started().Until("2026-09-14T20:00+08:00");

        task.Do(task.ChangePriority(Qian));
        Clock(task).BreachedAt.ShouldBe(At("2026-09-14T14:00+08:00"));

        task.Do(task.ChangePriority(Qian, Priority.Normal));
        Clock(task).BreachedAt.ShouldBeNull();
        task.Facts.OfType<Fact.BreachAnnulled>().Single().DueAt.ShouldBe(At("2026-09-14T14:00+08:00"));
    }

    [Fact]
    public void Pauses_and_extensions_stay_with_the_clock()
    {
        var task = Started();
        task.Do(task.Claim("one", Chen)).Do(task.Suspend("one", Chen, "waiting")).Until("2026-09-14T11:00+08:00").Do(task.Resume("one", Chen));
        task.Do(task.AskExtension("one", Chen, "PT2H")).Do(task.DecideExtension("one", Qian));
        Clock(task).Changes[^1].By.ShouldBe(Qian.Name);

        task.Do(task.ChangePriority(Qian));

        (Clock(task).Policy.Target, Clock(task).Due).ShouldBe(("PT6H", At("2026-09-14T17:00+08:00")));
    }

    [Fact]
    public void A_clock_that_stands_still_goes_on_with_the_new_target()
    {
        var task = Started();
        task.Do(task.Claim("one", Chen)).Do(task.Suspend("one", Chen, "waiting")).Until("2026-09-14T12:00+08:00").Do(task.ChangePriority(Qian));
        (Clock(task).State, Clock(task).Due).ShouldBe((ClockState.Stopped, At("2026-09-14T14:00+08:00")), "as before the pause");

        task.Until("2026-09-14T13:00+08:00").Do(task.Resume("one", Chen));

        Clock(task).Due.ShouldBe(At("2026-09-14T17:00+08:00"));
    }

    [Fact]
    public void Only_a_supervisor_or_the_duty_officer_changes_it()
    {
        var task = Started();

        task.Refused(task.ChangePriority(Chen)).Rule.ShouldBe("who-may/change-priority");

        task.Do(task.ChangePriority(Chen with { Roles = ["duty-officer"] }));
    }

    private static Scenario Started() => Instance(TaskDefinition(handling: $"{Item("one", "Enforcement")}|{Sla}")).Start();

    private static SlaClock Clock(Scenario task) => task.State.Clocks.ShouldHaveSingleItem();
}
