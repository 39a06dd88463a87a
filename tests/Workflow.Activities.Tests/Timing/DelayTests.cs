using Workflow.Engine.Instances;
using static Workflow.Engine.Tests.Clocks.Calendars;

namespace Workflow.Activities.Tests.Timing;

public class DelayTests
{
    [Theory]
    [InlineData("00:05:00", 300)]
    [InlineData("PT5M", 300)]
    [InlineData("1.02:00:00.5000000", 93600.5)]
    [InlineData("00:00:00", 0)]
    public void A_delay_ends_at_its_time_never_early_and_once(string span, double seconds)
    {
        var instance = An.Started(Flow.Activity($"d=Delay({span})"));
        var timer = instance.NextTimer!.Value;
        timer.At.ShouldBe(instance.Now.AddSeconds(seconds));

        if (seconds > 0)
        {
            instance.Now = timer.At.AddTicks(-1);
            instance.Refused(instance.Timer(timer.Key)).Reason.ShouldBe(Reason.TimerStale);
        }
        instance.Now = timer.At;
        instance.Do(instance.Timer(timer.Key)).State.Status.ShouldBe(InstanceStatus.Finished);
        instance.Refused(instance.Timer(timer.Key)).Reason.ShouldBe(Reason.InstanceFinished);
    }

    [Fact]
    public void A_delay_that_was_missed_ends_when_its_timer_fires_late_and_not_again()
    {
        var instance = An.Started(Flow.Chart("c", "d=Delay(00:01:00) z", "d>z"));
        var timer = instance.NextTimer!.Value;
        instance.Now = timer.At.AddHours(8);

        instance.Do(instance.Timer(timer.Key)).Ran.ShouldBe("z");

        instance.Refused(instance.Timer(timer.Key)).Reason.ShouldBe(Reason.TimerStale);
        instance.State.UpdatedAt.ShouldBe(timer.At.AddHours(8));
    }

    [Fact]
    public void A_delay_is_a_minute_unless_told_otherwise()
    {
        var instance = An.Started("{ 'id': 'd', 'type': 'Elsa.Delay' }");

        instance.NextTimer!.Value.At.ShouldBe(At("2026-09-14T10:01+08:00"));
    }

    [Fact]
    public void Another_stimulus_does_not_end_a_delay_that_is_due()
    {
        var instance = An.Started(Flow.Chart("c", "f=Fork(L,R) d=Delay(00:01:00) a", "f.L>d f.R>a"));
        instance.Now = instance.Now.AddHours(1);

        instance.Send("a");

        instance.Waiting.ShouldBe("d");
    }

    [Fact]
    public void A_cancelled_delay_has_no_timer_left()
    {
        var instance = An.Started(Flow.Chart("c", "f=Fork(L,R) d=Delay(00:01:00) a j=Join(WaitAny) z", "f.L>d f.R>a d>j a>j j>z"));
        var timer = instance.NextTimer!.Value;
        instance.Send("a").NextTimer.ShouldBeNull();
        instance.Now = timer.At;

        instance.Refused(instance.Timer(timer.Key)).Reason.ShouldBe(Reason.TimerStale);
    }
}
