using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>
/// Visits every task with an open clock that does not count by an applied change yet. Promise: after a change was applied each of them counts by it, once.
/// <para>
/// The row of the change says that there is work, the rows of the clocks say which: nothing else is remembered, so whoever comes after a crash goes on, and
/// a task that was visited, or that has recounted by itself at another stimulus, is not found again. One server does it at a time. A task that takes no
/// stimulus (a newer version has written it) leaves the change undone, and it is tried again at each look.
/// </para>
/// </summary>
public sealed class ClockVisits(Database database, CommitQueue queue, CalendarLibrary calendars, TimeProvider time, IOptions<ClockChangeOptions> options, ILogger<ClockVisits> log) : BackgroundService
{
    private readonly SemaphoreSlim wake = new(0);

    /// <summary>Something was applied here.</summary>
    public void Wake() => wake.Release();

    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    /// <summary>Visits whatever there is to visit.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        await calendars.LoadAsync(db, await OrganisationStore.RevisionAsync(db, cancel), cancel);
        var applied = db.ClockChanges.AsNoTracking().Where(row => row.AppliedAt != null && row.DoneAt == null).OrderBy(row => row.AppliedAt).ThenBy(row => row.Number);
        if (!await applied.AnyAsync(cancel)) return;
        await using var alone = await database.AloneAsync("clock-changes", cancel);
        foreach (var change in await applied.ToListAsync(cancel)) await VisitAsync(db, change, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogError(problem, "Clocks could not be counted again; it is tried again in {Seconds} s", options.Value.PollSeconds);
            }
            await wake.WaitAsync(TimeSpan.FromSeconds(options.Value.PollSeconds), stoppingToken);
        }
    }

    private async Task VisitAsync(WorkflowDb db, ClockChangeRow change, CancellationToken cancel)
    {
        InstanceId? last = null;
        // A later change of the same calendar or policy brings the clocks past this one.
        var isReplaced = (await ClockChanges.InForceAsync(db, change.Kind, change.Subject, cancel))!.Number != change.Number;
        while (!isReplaced && await NextAsync(db, change, last, cancel) is { Count: > 0 } tasks)
        {
            var visited = await Task.WhenAll(tasks.Select(task => VisitAsync(task, change)));
            last = tasks[^1];
            var count = visited.Count(applied => applied);
            await db.ClockChanges.Where(row => row.Number == change.Number).ExecuteUpdateAsync(set => set.SetProperty(row => row.Visited, row => row.Visited + count), cancel);
        }
        // What began before the change and was committed after it counts by the old version.
        if (!isReplaced && await ClockChanges.NotBy(db, change).AnyAsync(cancel)) return;
        var now = time.GetUtcNow();
        await db.ClockChanges.Where(row => row.Number == change.Number).ExecuteUpdateAsync(set => set.SetProperty(row => row.DoneAt, now), cancel);
    }

    private async Task<List<InstanceId>> NextAsync(WorkflowDb db, ClockChangeRow change, InstanceId? after, CancellationToken cancel)
    {
        var clocks = ClockChanges.NotBy(db, change);
        if (after is { } last) clocks = clocks.Where(clock => clock.InstanceId > last);
        return await clocks.Select(clock => clock.InstanceId).Distinct().OrderBy(id => id).Take(options.Value.BatchSize).ToListAsync(cancel);
    }

    private async Task<bool> VisitAsync(InstanceId task, ClockChangeRow change)
    {
        var by = change.ApprovedById is { } id ? new Actor(id, change.ApprovedByName ?? id, []) : null;
        try
        {
            var result = await queue.SubmitAsync(new(task, new Stimulus.ClocksChanged { At = time.GetUtcNow(), By = by }));
            return result is CommandResult.Applied { Step: Step.Advanced };
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // The queue has logged it; the others go on, and the next look finds this one again.
            return false;
        }
    }
}
