using Quartz;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Running;

/// <summary>Keeps one Quartz trigger at the next time when the timer job has something to do.</summary>
public sealed class TimerSchedule(ISchedulerFactory schedulers, TimeProvider time) : IDisposable
{
    public static readonly JobKey Job = new("due-timers");
    private static readonly TriggerKey Trigger = new("next-due-timer");

    private readonly SemaphoreSlim gate = new(1, 1);
    private long plannedTicks = long.MaxValue;

    /// <summary>The planned run has begun: whatever is planned from now on is a new run.</summary>
    public void Started() => Volatile.Write(ref plannedTicks, long.MaxValue);

    public async Task PlanAsync(DateTimeOffset at, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            if (at.UtcTicks >= Volatile.Read(ref plannedTicks)) return;
            Volatile.Write(ref plannedTicks, at.UtcTicks);
            var scheduler = await schedulers.GetScheduler(cancel);
            var trigger = TriggerBuilder.Create(time).WithIdentity(Trigger).ForJob(Job).StartAt(at).Build();
            if (await scheduler.RescheduleJob(Trigger, trigger, cancel) is null) await scheduler.ScheduleJob(trigger, cancellationToken: cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A commit may have brought something that is due before the planned run.</summary>
    public Task PlanForAsync(IEnumerable<WorkflowInstance> committed, CancellationToken cancel)
    {
        var next = committed.SelectMany(instance => instance.Clocks.Select(clock => clock.NextDue).Concat(instance.Bookmarks.Select(wait => wait.DueAt))).Min();
        return next is { } due && due.UtcTicks < Volatile.Read(ref plannedTicks) ? PlanAsync(due, cancel) : Task.CompletedTask;
    }

    public void Dispose() => gate.Dispose();
}
