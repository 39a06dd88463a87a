using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;

namespace Workflow.Engine.Storage.Bursts;

/// <summary>The open tasks that alarms join, as one transaction sees them.</summary>
internal sealed class OpenAlarms
{
    private readonly Dictionary<(string DefinitionId, string Subject), InstanceId> open = [];

    public async Task ReadAsync(WorkflowDb db, IReadOnlyCollection<Command> commands, CancellationToken cancel)
    {
        if (commands.Where(command => command.AlarmOf is not null).Select(command => command.AlarmOf!).Distinct().ToList() is not { Count: > 0 } subjects) return;
        foreach (var row in await db.OpenAlarms.AsNoTracking().Where(row => subjects.Contains(row.SubjectKey)).ToListAsync(cancel)) open[(row.DefinitionId, row.SubjectKey)] = row.InstanceId;
    }

    /// <summary>The command as it is to be applied: an alarm whose subject has an open task joins it.</summary>
    public Command Joined(Command command) =>
        command is { AlarmOf: { } subject, Definition: { } start, Stimulus: Stimulus.Started started } && open.TryGetValue((start.DefinitionId, subject), out var task)
            ? command with { Instance = task, Definition = null, Stimulus = new Stimulus.AlarmRepeated(started.Input) { At = started.At, By = started.By } }
            : command;

    /// <summary>A task was raised or closed.</summary>
    public void Follow(WorkflowInstance before, WorkflowInstance after)
    {
        foreach (var row in Projection.OpenAlarms(before)) open.Remove((row.DefinitionId, row.SubjectKey));
        foreach (var row in Projection.OpenAlarms(after)) open[(row.DefinitionId, row.SubjectKey)] = row.InstanceId;
    }
}
