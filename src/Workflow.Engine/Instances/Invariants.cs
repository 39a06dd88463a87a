using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>What must hold of every state that leaves the core. Checked in production too: a state that breaks one is never stored.</summary>
public static class Invariants
{
    public static void Check(WorkflowDefinition definition, WorkflowInstance instance)
    {
        if (instance.Status.IsFinal()) CheckFinal(definition, instance);
        foreach (var token in instance.Tokens)
            if (token.Parent is { } parent && !Lives(instance, parent)) Broken($"token {token.Id} has lost its parent {parent}");
        foreach (var bookmark in instance.Bookmarks)
            if (!Lives(instance, bookmark.Token)) Broken($"wait {bookmark.Id} belongs to token {bookmark.Token}, which has ended");
        foreach (var item in instance.WorkItems)
            if (item.IsOpen && !Lives(instance, item.Token)) Broken($"work item {item.Number} is open but its activity has ended");
        if (definition.IsTask && instance.Status is (InstanceStatus.Faulted or InstanceStatus.Cancelled)) Broken($"a task is {instance.Status}; it ends nowhere but in post-evaluation");
        if (definition.IsTask && instance.IsStalled) Broken("a task in which something waits for nothing");
        if (definition.IsTask && instance.Task is null) Broken("a task without its number and place");
    }

    private static bool Lives(WorkflowInstance instance, int token)
    {
        foreach (var candidate in instance.Tokens)
            if (candidate.Id == token) return true;
        return false;
    }

    private static void CheckFinal(WorkflowDefinition definition, WorkflowInstance instance)
    {
        if (!instance.Tokens.IsEmpty) Broken("a final instance holds a token");
        if (!instance.Bookmarks.IsEmpty) Broken("a final instance waits");
        if (instance.WorkItems.Any(item => item.IsOpen)) Broken("a final instance has an open work item");
        if (instance.Clocks.Any(clock => clock.IsOpen)) Broken("a final instance has a running clock");
        if (definition.IsTask && !(instance.Status == InstanceStatus.Finished && instance.Task!.IsClosed))
            Broken("a task ends nowhere but in post-evaluation");
    }

    private static void Broken(string what) => throw new InvariantBrokenException(what);
}
