using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Workflow.Engine.Running;

/// <summary>Plans the first run of the timer job, which fires what was missed while nothing ran, and listens for earlier due times.</summary>
internal sealed class TimerStart(TimerSchedule schedule, CommitSignals signals, TimeProvider time, ILogger<TimerStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        signals.Raised += signal =>
        {
            if (signal.Due is { } due) _ = PlanAsync(() => schedule.PlanAsync(due, CancellationToken.None));
        };
        await schedule.PlanAsync(time.GetUtcNow(), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task PlanAsync(Func<Task> plan)
    {
        try
        {
            await plan();
        }
        catch (Exception problem)
        {
            log.LogWarning(problem, "An earlier timer run could not be planned; the poll will find what is due");
        }
    }
}
