using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Running;

/// <summary>The events that start a definition: its first <c>Elsa.Event</c> with <c>canStartWorkflow</c> for each name that stands in the document.</summary>
internal sealed class EventTriggers(WorkflowDefinition definition)
{
    private readonly Dictionary<string, Node> byName = definition.Nodes.Values
        .Where(node => node.CanStart && string.Equals(node.Type.Descriptor.Type, BookmarkKind.Event, StringComparison.OrdinalIgnoreCase) && node.LiteralText("eventName") is not null)
        .GroupBy(node => node.LiteralText("eventName")!).ToDictionary(group => group.Key, group => group.MinBy(node => node.Pointer, StringComparer.Ordinal)!);

    public Node? Find(string name) => byName.GetValueOrDefault(name);
}
