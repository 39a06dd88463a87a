using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartz;
using Workflow.Engine.Running;

namespace Workflow.Engine.Tests.Running;

public class TimerScheduleTests
{
    private static readonly DateTimeOffset FarAway = TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1);

    [Fact]
    public async Task A_run_that_begins_before_Quartz_has_answered_its_planning_leaves_room_for_the_next_plan()
    {
        var services = new ServiceCollection();
        services.AddQuartz(TimerSchedule.Scheduler, quartz => quartz.AddJob<IdleJob>(job => job.WithIdentity(TimerSchedule.Job).StoreDurably()));
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredKeyedService<ISchedulerFactory>(TimerSchedule.Scheduler);
        var scheduler = await factory.GetScheduler();
        using var schedule = new TimerSchedule(factory, TimeProvider.System, Options.Create(new TimerOptions { PollSeconds = 7200 }));
        scheduler.ListenerManager.AddSchedulerListener(new OnScheduled(schedule.Started));

        await schedule.PlanAsync(FarAway, CancellationToken.None);
        var first = await NextRunAsync(scheduler);
        await schedule.PlanAsync(FarAway + TimeSpan.FromMinutes(1), CancellationToken.None);

        (await NextRunAsync(scheduler)).ShouldBeGreaterThan(first + TimeSpan.FromSeconds(50), "the first plan was used up when its run began");
    }

    private static async Task<DateTimeOffset> NextRunAsync(IScheduler scheduler)
    {
        var key = (await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.AnyGroup())).ShouldHaveSingleItem();
        return (await scheduler.GetTrigger(key)).ShouldNotBeNull().StartTimeUtc;
    }

    /// <summary>Quartz tells its listeners while the planning goes on, as its thread may begin a run.</summary>
    private sealed class OnScheduled(Action begins) : ISchedulerListener
    {
        public string Name => nameof(OnScheduled);

        public ValueTask JobScheduled(IScheduler scheduler, ITrigger trigger, CancellationToken cancellationToken)
        {
            begins();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class IdleJob : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
