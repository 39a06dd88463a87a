using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartz;

namespace Workflow.Engine.Running;

/// <summary>
/// Keeps one Quartz trigger at the next time when the timer job has something to do. Quartz runs on real time, because it sleeps on real time;
/// due times of a demo clock are converted.
/// </summary>
public sealed class TimerSchedule([FromKeyedServices(TimerSchedule.Scheduler)] ISchedulerFactory schedulers, TimeProvider time, IOptions<TimerOptions> options) : IDisposable
{
    /// <summary>Name of the scheduler. One of its own, because Quartz's clock is otherwise everybody's clock.</summary>
    public const string Scheduler = "workflow-timers";

    public static readonly JobKey Job = new("due-timers");
    private static readonly TriggerKey Trigger = new("next-due-timer");

    private readonly SemaphoreSlim gate = new(1, 1);
    // In ticks of real time.
    private long plannedTicks = long.MaxValue;

    /// <summary>The planned run has begun: whatever is planned from now on is a new run.</summary>
    public void Started() => Volatile.Write(ref plannedTicks, long.MaxValue);

    /// <summary>Plans a run for what is due next; without it, or when it is far away, for the next poll.</summary>
    public async Task PlanAsync(DateTimeOffset? due, CancellationToken cancel)
    {
        var poll = TimeSpan.FromSeconds(options.Value.PollSeconds);
        var wait = due is { } at ? DemoClock.RealSpan(time, at - time.GetUtcNow()) : poll;
        var start = TimeProvider.System.GetUtcNow() + (wait < TimeSpan.Zero ? TimeSpan.Zero : wait < poll ? wait : poll);
        await gate.WaitAsync(cancel);
        try
        {
            if (start.UtcTicks >= Volatile.Read(ref plannedTicks)) return;
            // Noted first: the run may begin, and take note of that, before Quartz answers.
            Volatile.Write(ref plannedTicks, start.UtcTicks);
            var scheduler = await schedulers.GetScheduler(cancel);
            var trigger = TriggerBuilder.Create().WithIdentity(Trigger).ForJob(Job).StartAt(start).Build();
            if (await scheduler.RescheduleJob(Trigger, trigger, cancel) is null) await scheduler.ScheduleJob(trigger, cancellationToken: cancel);
        }
        catch
        {
            Volatile.Write(ref plannedTicks, long.MaxValue);
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
