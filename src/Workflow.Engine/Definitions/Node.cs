using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>A flow from an outcome (port) of one node to another, both inside the same flowchart.</summary>
public sealed record Flow(string Source, string Port, string Target)
{
    /// <summary>Where the connection stands in the document.</summary>
    public string Pointer { get; init; } = "";
}

public sealed record NodeInput(Expression Expression, string Pointer)
{
    /// <summary>Where the value itself stands: the input, or what is in its expression.</summary>
    public string ValuePointer { get; init; } = Pointer;
}

/// <summary>One case of a switch. <paramref name="Port"/> is the port that holds its activity, when it has one.</summary>
public sealed record NodeCase(string Label, Expression Condition, string? Port);

/// <summary>A variable that a workflow or a container declares.</summary>
public sealed record Variable(string Id, string Name, string TypeName, JsonElement? Default)
{
    /// <summary>Elsa's variable without a storage driver: it has its default again after every wait.</summary>
    public bool IsMemoryOnly { get; init; }
}

/// <summary>One activity of a definition: a vertex of the graph, built once by the reader and never changed after.</summary>
public sealed class Node
{
    // Most nodes keep nothing and few are asked by two threads at once: no room is set aside.
    private readonly ConcurrentDictionary<Type, object> derived = new(concurrencyLevel: 1, capacity: 1);

    /// <summary>Unique in the definition: the activity's own id, qualified where the document uses that id again in another container.</summary>
    public required string Id { get; init; }

    /// <summary>The id as the document has it, unique in its container.</summary>
    public required string ActivityId { get; init; }

    public required string Name { get; init; }

    public required ActivityType Type { get; init; }

    /// <summary>Where the node stands in its document.</summary>
    public required string Pointer { get; init; }

    public required JsonElement Json { get; init; }

    public Node? Parent { get; internal set; }

    /// <summary>Where the node stands in the <c>activities</c> of its parent.</summary>
    public int Position { get; internal set; }

    /// <summary>The port of the parent that holds this node; null inside <c>activities</c>.</summary>
    public string? ParentPort { get; internal set; }

    public bool CanStart { get; init; }

    public ImmutableDictionary<string, NodeInput> Inputs { get; init; } = ImmutableDictionary<string, NodeInput>.Empty;

    /// <summary>Output name to the id or name of the variable that receives it.</summary>
    public ImmutableDictionary<string, string> Outputs { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableArray<Node> Activities { get; init; } = [];

    public ImmutableArray<Flow> Flows { get; init; } = [];

    public ImmutableArray<NodeCase> Cases { get; init; } = [];

    public ImmutableDictionary<string, Node> Ports { get; internal set; } = ImmutableDictionary<string, Node>.Empty;

    public ImmutableArray<Variable> Variables { get; init; } = [];

    /// <summary>What is derived from the node once and kept with it, such as a flowchart's graph.</summary>
    public T Derive<T>(Func<Node, T> from)
        where T : notnull => (T)derived.GetOrAdd(typeof(T), static (_, state) => state.from(state.node), (from, node: this));

    /// <summary>The outcomes that the node declares, and those that connections lead on from where the run may decide on others.</summary>
    public IReadOnlyList<string> LikelyOutcomes =>
        Type.HasFixedOutcomes(this) ? Type.Outcomes(this) : [.. Type.Outcomes(this).Union((Parent?.Flows ?? []).Where(flow => flow.Source == Id).Select(flow => flow.Port))];

    public IEnumerable<Node> Children => Activities.Concat(Ports.Values);

    public JsonElement? Plain(string member) => Json.Member(member);

    /// <summary>The value of an input that is written down as a literal; null when it is absent or computed at run time.</summary>
    public JsonElement? Literal(string input) =>
        Inputs.TryGetValue(input, out var found) && found.Expression is Expression.Literal literal ? literal.Value : null;

    public string? LiteralText(string input) =>
        Literal(input) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
