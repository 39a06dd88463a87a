using Workflow.Engine.Definitions;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>What must hold of every state that leaves the core. Checked in production too: a state that breaks one is never stored.</summary>
public static class Invariants
{
    public static void Check(WorkflowDefinition definition, WorkflowInstance instance)
    {
        if (instance.Status.IsFinal()) CheckFinal(definition, instance);
        var tokens = instance.Tokens.AsSpan();
        var at = -1;
        foreach (var token in tokens)
            if (token.Parent is { } parent && (at = Parts.IndexOf(tokens, parent, at)) < 0) Broken($"token {token.Id} has lost its parent {parent}");
        at = -1;
        foreach (var bookmark in instance.Bookmarks)
            if ((at = Parts.IndexOf(tokens, bookmark.Token, at)) < 0) Broken($"wait {bookmark.Id} belongs to token {bookmark.Token}, which has ended");
        foreach (var item in instance.WorkItems)
            if (item.IsOpen && Parts.IndexOf(tokens, item.Token) < 0) Broken($"work item {item.Number} is open but its activity has ended");
        foreach (var item in instance.WorkItems)
            if (item is { IsOpen: true, Signing.Rule: var rule } && rule.Decide(JointSigns.Counting(instance.WorkItems, item.Token)) is { } decided)
                Broken($"work item {item.Number} is open but its joint sign is decided ({decided.Outcome})");
        if (definition.IsTask && instance.Status is (InstanceStatus.Faulted or InstanceStatus.Cancelled)) Broken($"a task is {instance.Status}; it ends nowhere but in post-evaluation");
        if (definition.IsTask && instance.IsStalled) Broken("a task in which something waits for nothing");
        if (definition.IsTask && instance.Task is null) Broken("a task without its number and place");
    }

    private static void CheckFinal(WorkflowDefinition definition, WorkflowInstance instance)
    {
        if (!instance.Tokens.IsEmpty) Broken("a final instance holds a token");
        if (!instance.Bookmarks.IsEmpty) Broken("a final instance waits");
        if (instance.WorkItems.Any(item => item.IsOpen)) Broken("a final instance has an open work item");
        if (instance.Clocks.Any(clock => clock.IsOpen)) Broken("a final instance has a running clock");
        if (instance.Task is { } task && task.Parts.FirstOrDefault(part => part.IsOpen) is { } part) Broken($"a task is closed while part {part.Number} is not accepted");
        if (definition.IsTask && !(instance.Status == InstanceStatus.Finished && instance.Task!.IsClosed))
            Broken("a task ends nowhere but in post-evaluation");
    }

    private static void Broken(string what) => throw new InvariantBrokenException(what);
}
