using Workflow.Engine.Instances;
using Workflow.Engine.Tests.Clocks;
using static Workflow.Activities.Tests.An;
using static Workflow.Activities.Tests.ClosedLoop.PostEvaluations;

namespace Workflow.Activities.Tests.ClosedLoop;

/// <summary>The effect by data: four hours below 120 within a day, no silence longer than two hours. The watch begins at 10:00.</summary>
public class EffectCheckTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly string Body = Flow.Chart("p", "", "effect.Effective>good effect.NotEffective>bad", Check, Item("good", "TechGrid"), Item("bad", "Inspection"));

    [Fact]
    public void A_value_that_stays_below_the_limit_is_effective_four_hours_after_the_first_such_reading()
    {
        var task = Raise(Evaluated(Body, Alarms)).Readings(Hour, 130, 110, 90, 95, 80).Until("2026-09-14T15:59+08:00");
        task.Open.ShouldBe("");

        task.Until("2026-09-14T16:00+08:00");

        task.Open.ShouldBe("good");
        task.State.Task!.Evaluation!.Effect.ShouldBe(new(true, 120, At("12:00"), At("16:00"), 4, 110, 0));
        task.State.Bookmarks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(120)]
    [InlineData(149)]
    public void A_reading_at_the_limit_or_above_makes_the_time_count_anew(double value)
    {
        var task = Raise(Evaluated(Body, Alarms)).Readings(Hour, 110, 110, value, 100, 100, 100, 100);
        task.Open.ShouldBe("");

        task.Until("2026-09-14T18:00+08:00");

        task.State.Task!.Evaluation!.Effect.ShouldBe(new(true, 120, At("14:00"), At("18:00"), 4, 100, 0));
    }

    [Fact]
    public void A_silence_proves_nothing_and_makes_the_time_count_anew()
    {
        var task = Raise(Evaluated(Body, Alarms)).Readings(Hour, 110, 105).Until("2026-09-14T15:30+08:00");
        task.Open.ShouldBe("");

        task.Readings(Hour, 100, 90, 80, 70, 60);

        task.Open.ShouldBe("good");
        task.State.Task!.Evaluation!.Effect.ShouldBe(new(true, 120, At("16:30"), At("20:30"), 4, 100, 1));
    }

    [Fact]
    public void Readings_that_stop_end_at_the_deadline_as_not_effective()
    {
        var task = Raise(Evaluated(Body, Alarms)).Readings(Hour, 110, 140, 100);

        task.Until("2026-09-15T10:00+08:00");

        task.Open.ShouldBe("bad");
        task.State.Task!.Evaluation!.Effect.ShouldBe(new(false, 120, At("10:00"), Calendars.At("2026-09-15T10:00+08:00"), 3, 140, 0));
    }

    [Fact]
    public void What_holds_in_the_moment_of_the_deadline_is_effective()
    {
        var task = Raise(Evaluated(Body, Alarms)).Readings(TimeSpan.FromHours(2), 130, 130, 130, 130, 130, 130, 130, 130, 130, 110, 110).Until("2026-09-15T10:00+08:00");

        task.Open.ShouldBe("good");
    }

    [Fact]
    public void A_task_whose_subject_sends_no_readings_is_not_effective_at_once()
    {
        var task = Raise(Evaluated(Body, Alarms), null);

        task.Open.ShouldBe("bad");
        task.State.Task!.Evaluation!.Effect.ShouldBe(new(false, 120, task.Now, task.Now, 0, null, 0));
    }

    [Fact]
    public void A_watch_costs_the_same_however_many_readings_come()
    {
        var task = Raise(Evaluated(Body, Alarms)).Readings(TimeSpan.FromSeconds(1), [.. Enumerable.Repeat(130.0, 10)]);
        var size = InstanceJson.Write(task.State).Length;

        task.Readings(TimeSpan.FromSeconds(1), [.. Enumerable.Repeat(131.0, 500)]);

        InstanceJson.Write(task.State).Length.ShouldBeLessThan(size + 200);
        task.State.Bookmarks.Length.ShouldBe(2);
    }

    [Fact]
    public void The_proof_sees_both_ways_and_the_deadline()
    {
        Proof.Proved.Errors(Document(Body, Alarms)).ShouldBeEmpty();
        var oneWay = Flow.Chart("p", "", "effect.Effective>good effect.NotEffective>stuck", Check, Item("good", "TechGrid"), "{ 'id': 'stuck', 'type': 'Elsa.Event', 'eventName': 'never' }");
        Proof.Proved.Errors(Document(oneWay, Alarms)).ShouldHaveSingleItem().Found.ShouldContain("it may wait for ever");
    }

    [Theory]
    [InlineData("{ 'id': 'effect', 'type': 'Workflow.EffectCheck', 'for': 'PT4H', 'within': 'PT3H' }", Alarms, "/root/postEvaluation/body/within")]
    [InlineData("{ 'id': 'effect', 'type': 'Workflow.EffectCheck', 'for': 'PT0S', 'within': 'PT3H' }", Alarms, "/root/postEvaluation/body/for")]
    [InlineData("{ 'id': 'effect', 'type': 'Workflow.EffectCheck', 'within': 'PT3H' }", Alarms, "/root/postEvaluation/body/for")]
    [InlineData(Check, "'alarms': {}", "/root/alarms/value")]
    public void A_check_that_cannot_work_is_not_published(string body, string root, string pointer) =>
        Proof.Proved.Errors(Document(body, root)).ShouldContain(problem => problem.Pointer == pointer);

    [Fact]
    public void It_stands_in_post_evaluation_only() =>
        Proof.Proved.Errors(Proof.Proved.Task(response: Check, members: Inputs + ",", clock: ", " + Alarms)).ShouldHaveSingleItem().Found.ShouldBe("Response");

    private static DateTimeOffset At(string time) => Calendars.At($"2026-09-14T{time}+08:00");
}
