using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>Elsa's two ways to run a flowchart.</summary>
public enum FlowchartMode
{
    CounterBased,
    TokenBased,
}

public static class FlowchartModes
{
    public const string Property = "Flowchart:ExecutionMode";

    /// <summary>The mode that a document or a flowchart names; null when it names none.</summary>
    public static FlowchartMode? Of(JsonElement json) =>
        Expressions.Values.ToEnum<FlowchartMode>(json.Member("customProperties")?.Text(Property));
}
