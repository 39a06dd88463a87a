using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;

namespace Workflow.Engine.Storage.Bursts;

/// <summary>
/// The closed tasks that new ones of the same subject repeat, as one transaction sees them. A closed task is repeated once, because its id is the key of
/// <see cref="RecurrenceRow"/>: whoever comes second loses the race, looks again, and joins the new task or repeats that one.
/// </summary>
internal sealed class Recurrences
{
    private readonly Dictionary<(string DefinitionId, string Subject), List<ClosedTask>> closed = [];

    public async Task ReadAsync(WorkflowDb db, IReadOnlyCollection<Command> commands, CancellationToken cancel)
    {
        var asked = commands.Where(command => command.Repeats is not null).Select(command => command.Repeats!).ToList();
        if (asked.Count == 0) return;
        var (subjects, since) = (asked.Select(one => one.SubjectKey).Distinct().ToList(), asked.Min(one => one.Since));
        var rows = await db.Tasks.AsNoTracking()
            .Where(task => subjects.Contains(task.SubjectKey!) && task.ClosedAt >= since && !db.Recurrences.Any(row => row.PreviousId == task.InstanceId))
            .Select(task => new { task.DefinitionId, task.SubjectKey, task.InstanceId, task.Number, task.ClosedAt, task.Repeats })
            .ToListAsync(cancel);
        foreach (var row in rows) Add(row.DefinitionId, row.SubjectKey!, new(row.InstanceId, row.Number, row.ClosedAt!.Value, row.Repeats));
    }

    /// <summary>The command as it is to be applied: a start that repeats a task says which.</summary>
    public Command Followed(Command command)
    {
        if (command is not { Repeats: { } repeats, Definition: { } start, Stimulus: Stimulus.Started { Task: { } intake } started }) return command;
        if (!closed.TryGetValue((start.DefinitionId, repeats.SubjectKey), out var tasks)) return command;
        return tasks.Where(task => task.ClosedAt >= repeats.Since).MaxBy(task => (task.ClosedAt, task.Id)) is { } last
            ? command with { Stimulus = started with { Task = intake with { Earlier = new(last.Id, last.Number, last.ClosedAt, last.Repeats + 1, repeats.Do) } } }
            : command;
    }

    /// <summary>A task was raised or closed.</summary>
    public void Follow(WorkflowInstance before, WorkflowInstance after)
    {
        if (after.Task is not { SubjectKey: { } subject } task) return;
        if (before.Revision == 0 && task.Earlier is { } earlier && closed.TryGetValue((after.Definition.DefinitionId, subject), out var known)) known.RemoveAll(one => one.Id == earlier.Id);
        if (after.EndedAt is { } at && before.EndedAt is null) Add(after.Definition.DefinitionId, subject, new(after.Id, task.Number, at, task.Earlier?.Repeats ?? 0));
    }

    private void Add(string definitionId, string subject, ClosedTask task)
    {
        if (!closed.TryGetValue((definitionId, subject), out var tasks)) closed[(definitionId, subject)] = tasks = [];
        tasks.Add(task);
    }

    private sealed record ClosedTask(InstanceId Id, string Number, DateTimeOffset ClosedAt, int Repeats);
}
