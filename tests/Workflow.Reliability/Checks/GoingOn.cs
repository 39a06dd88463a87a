using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Reliability.Clients;
using Workflow.Reliability.Processes;

namespace Workflow.Reliability.Checks;

/// <summary>Every instance can go on: those that are no tasks are brought to their end, and somebody handles an item of every open task.</summary>
internal sealed class GoingOn(Database database, Staff staff)
{
    private static readonly ParallelOptions AFew = new() { MaxDegreeOfParallelism = 8 };
    private static readonly TimeSpan NoProgressLimit = TimeSpan.FromSeconds(45);

    /// <returns>A line for each that cannot.</returns>
    public async Task<IReadOnlyList<string>> CheckAsync() => [.. await HandleTasksAsync(), .. await EndWorkflowsAsync()];

    private async Task<IReadOnlyList<string>> HandleTasksAsync()
    {
        await using var db = database.CreateDbContext();
        var open = await db.Tasks.AsNoTracking().Where(task => task.ClosedAt == null).Select(task => task.InstanceId).ToListAsync();
        var stuck = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(open, AFew, async (task, _) =>
        {
            if (await HandleAsync(task) is { } problem) stuck.Add($"{task} cannot go on: {problem}");
        });
        return [.. stuck];
    }

    private async Task<string?> HandleAsync(InstanceId task)
    {
        var seen = await staff.AskAsync("tech", 0, client => client.GetAsync($"tasks/{task}"));
        if (!seen.IsSuccess) return $"{seen.Status} {seen.Body}";
        if (TaskSteps.OpenItem(seen.Body) is not { } item) return "no work item is open";
        var step = TaskSteps.For(item);
        var revision = item.Revision;
        if (!item.IsClaimed)
        {
            var claimed = await staff.AskAsync(step.Who, 0, client => client.PostAsync($"work-items/{item.Id}/claim", new { revision }, $"go-on-claim-{item.Id}"));
            if (!claimed.IsSuccess) return $"{claimed.Status} {claimed.Body}";
            revision = claimed.Revision;
        }
        if (step.NeedsPhoto) await staff.AskAsync(step.Who, 0, client => client.AttachAsync(item.Id, ApiClient.Png, key: $"go-on-photo-{item.Id}"));
        var done = await staff.AskAsync(step.Who, 0, client =>
            client.PostAsync($"work-items/{item.Id}/completion", new { revision, outcome = step.Outcome, values = step.Values }, $"go-on-{item.Id}"));
        return done.IsSuccess ? null : $"{done.Status} {done.Body}";
    }

    /// <summary>Tells the events that are waited for; timers, effects and children have to come by themselves.</summary>
    private async Task<IReadOnlyList<string>> EndWorkflowsAsync()
    {
        var (left, progressAt) = (long.MinValue, TimeProvider.System.GetTimestamp());
        IReadOnlyList<string> stuck = [];
        await Poll.UntilAsync("every workflow has ended", TimeSpan.MaxValue, async () =>
        {
            await using var db = database.CreateDbContext();
            var running = await db.Instances.AsNoTracking().Where(row => row.Status == InstanceStatus.Running && !db.Tasks.Any(task => task.InstanceId == row.Id)).ToListAsync();
            var effects = await db.Outbox.AsNoTracking().ToListAsync();
            if (running.Count == 0 && effects.Count == 0) return true;
            var now = running.Sum(row => (long)row.Revision) - (running.Count * 1000L) - effects.Count;
            if (now != left) (left, progressAt) = (now, TimeProvider.System.GetTimestamp());
            else if (TimeProvider.System.GetElapsedTime(progressAt) > NoProgressLimit)
            {
                stuck = [.. running.Select(Describe), .. effects.Select(row => $"effect {row.Number} of {row.InstanceId} is still there: {row.Kind}, {row.State}, {row.Attempts} attempts, next at {row.NextAt:O}, claimed until {row.ClaimedUntil:O}, {row.LastError}")];
                return true;
            }
            await Parallel.ForEachAsync(running, AFew, (row, _) => TellAsync(row));
            return false;
        });
        return stuck;
    }

    private async ValueTask TellAsync(InstanceRow row)
    {
        var state = StoredJson.Read<WorkflowInstance>(row.State);
        if (state.Bookmarks.FirstOrDefault(wait => wait.Kind == BookmarkKind.Event) is not { } wait) return;
        await staff.AskAsync(Staff.Operator, row.Revision, client =>
            client.PostAsync($"instances/{row.Id}/events", new { name = wait.Key, payload = $"go on {row.Id} {row.Revision}" }, $"go-on-{row.Id}-{row.Revision}"));
    }

    private static string Describe(InstanceRow row)
    {
        var state = StoredJson.Read<WorkflowInstance>(row.State);
        return $"{row.Id} ({row.DefinitionId}) cannot go on: stopped {state.IsStopped}, waits for {string.Join(", ", state.Bookmarks.Select(wait => $"{wait.Kind} {wait.Key} {wait.DueAt:O}"))}";
    }
}
