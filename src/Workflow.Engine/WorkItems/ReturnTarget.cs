using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>An earlier step that a task can be sent back to: an activity of the stage that runs or of an earlier one, or an earlier stage of the loop.</summary>
/// <param name="Key">Names it in a command: <c>step:</c> and the id of the node, or <c>stage:</c> and the name of the stage.</param>
/// <param name="Title">Of the step's work item; null for a stage.</param>
public sealed record ReturnTarget(string Key, StageName Stage, string? Title, string? Node)
{
    private const string StepPrefix = "step:";
    private const string StagePrefix = "stage:";

    /// <summary>
    /// Where an item's holder may send the task back to. A step of the stage that runs: done before, its container still runs, it does not run itself, and all
    /// that follows from it can be ended and run again. An earlier stage: entered before. A step of that: done before, and the stage can begin with it.
    /// </summary>
    public static IReadOnlyList<ReturnTarget> Of(WorkflowDefinition definition, WorkflowInstance instance, WorkItem item)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(item);
        if (instance.Task?.Current is not { } visit) return [];
        var steps = new List<ReturnTarget>();
        foreach (var (container, child) in Containers(definition, instance, item.Token))
            foreach (var done in Done(instance, visit.Stage, visit.EnteredAt).Where(done => MayReturn(definition, instance, container, child, done.Node)))
                if (!steps.Exists(step => step.Node == done.Node)) steps.Add(new(StepPrefix + done.Node, visit.Stage, done.Content.Title, done.Node));
        var stages = Enum.GetValues<StageName>().Where(stage => stage.MayComeAfter(visit.Stage) && instance.Task.Visits.Any(earlier => earlier.Stage == stage)).ToList();
        steps.AddRange(
            from stage in stages
            from done in Done(instance, stage).DistinctBy(done => done.Node)
            where MayEnter(definition, stage, done.Node)
            select new ReturnTarget(StepPrefix + done.Node, stage, done.Content.Title, done.Node));
        return [.. steps, .. stages.Select(stage => new ReturnTarget(StagePrefix + WorkItemChanges.Word(stage), stage, null, null))];
    }

    /// <summary>The running container in which a step can be run again, and the child of it that gives way; null when there is none.</summary>
    internal static (Token Container, Node From)? WayBack(WorkflowDefinition definition, WorkflowInstance instance, string step)
    {
        if (!definition.Nodes.TryGetValue(step, out var node) || node.Parent is null) return null;
        foreach (var container in instance.Tokens.Where(token => token.Node == node.Parent.Id))
            foreach (var child in instance.Tokens.Where(token => token.Parent == container.Id))
                if (MayReturn(definition, instance, container, definition.Nodes[child.Node], step)) return (container, definition.Nodes[child.Node]);
        return null;
    }

    /// <summary>Whether a stage can begin with this step: every container around it can begin with what leads there.</summary>
    private static bool MayEnter(WorkflowDefinition definition, StageName stage, string step)
    {
        if (!definition.Nodes.TryGetValue(step, out var node)) return false;
        for (; node.Parent is { } container && container != definition.Root; node = container)
            if (!((Activity)container.Type).MayBeginWith(container, node)) return false;
        return Enum.TryParse<StageName>(node.ParentPort, ignoreCase: true, out var found) && found == stage;
    }

    private static IEnumerable<WorkItem> Done(WorkflowInstance instance, StageName stage, DateTimeOffset since = default) =>
        instance.WorkItems.Where(item => item.Status == WorkItemStatus.Done && item.Stage == stage && item.OfferedAt >= since
            && (item.Signing is null || JointSigns.DecisionOf(instance.WorkItems, item.Token) is not null));

    private static bool MayReturn(WorkflowDefinition definition, WorkflowInstance instance, Token container, Node from, string step) =>
        definition.Nodes.TryGetValue(step, out var to) && to.Parent?.Id == container.Node && !container.IsFaulted
        && !instance.Tokens.Any(token => token.Parent == container.Id && token.Node == step)
        && ((Activity)definition.Nodes[container.Node].Type).MayReturn(definition.Nodes[container.Node], from, to);

    /// <summary>The containers around a token, innermost first, each with the child in it that leads to the token.</summary>
    private static IEnumerable<(Token Container, Node Child)> Containers(WorkflowDefinition definition, WorkflowInstance instance, int token)
    {
        var child = instance.Tokens.FirstOrDefault(candidate => candidate.Id == token);
        while (child?.Parent is { } parent)
        {
            var container = instance.Tokens.First(candidate => candidate.Id == parent);
            yield return (container, definition.Nodes[child.Node]);
            child = container;
        }
    }
}
