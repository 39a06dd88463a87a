using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>Tasks of the same kind and area: the same step of the same definition, about the same area.</summary>
public readonly record struct RoutingKey(string DefinitionId, string Node, string AreaCode);

/// <summary>Whose the items of a step are, as an arbiter has ruled. Later tasks of the same kind and area follow it.</summary>
/// <param name="TaskNumber">The task in which it was ruled.</param>
public sealed record RoutingRule(string TeamId, string TaskNumber, DateTimeOffset RuledAt);

/// <summary>Has a ruling followed by later tasks. The latest ruling counts.</summary>
[Effect("learn-routing-rule")]
public sealed record LearnRoutingRule(RoutingKey Key, RoutingRule Rule);
