using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Instances;

/// <summary>Variables, inputs and outputs as the tokens of a burst see them: from the innermost container outwards.</summary>
internal sealed class BurstValues(Burst burst)
{
    private readonly Dictionary<string, ImmutableDictionary<string, JsonElement>> outputs = [];

    private bool hasForgotten;

    /// <summary>What the last activity gave back in this burst.</summary>
    public JsonElement? LastResult { get; private set; }

    public static ImmutableDictionary<string, JsonElement> DefaultsOf(ImmutableArray<Variable> variables) =>
        variables.IsEmpty
            ? ImmutableDictionary<string, JsonElement>.Empty
            : variables.Where(variable => variable.Default is not null).ToImmutableDictionary(variable => variable.Name, variable => variable.Default!.Value);

    public JsonElement? Read(int token, string idOrName)
    {
        var (owner, name, _) = Locate(token, idOrName);
        var values = owner is { } id ? burst.Token(id).Variables : burst.Draft.Variables;
        return values.TryGetValue(name, out var value) ? value : null;
    }

    /// <summary>Sets a variable where it is declared, converted to its type; an unknown one becomes a variable of the workflow.</summary>
    public void Set(int? token, string idOrName, JsonElement value)
    {
        var (owner, name, declared) = Locate(token, idOrName);
        if (declared is not null)
            value = Values.Convert(value, declared.TypeName)
                ?? throw new ActivityFaultException($"variable '{name}': expected a value of type {declared.TypeName}, found {value.Describe()}");
        burst.Record(new Fact.VariableSet(owner, name, value));
    }

    /// <summary>Gives variables that are kept in memory only their defaults again, as Elsa does when it loads an instance.</summary>
    public void ForgetMemoryOnly()
    {
        if (hasForgotten) return;
        hasForgotten = true;
        Forget(null, burst.Definition.Variables, burst.Draft.Variables);
        if (burst.Definition.MemoryOnlyNodes.Count == 0) return;
        for (var index = 0; index < burst.Draft.Tokens.Count; index++)
        {
            var token = burst.Draft.Tokens[index];
            Forget(token.Id, burst.Definition.Nodes[token.Node].Variables, token.Variables);
        }
    }

    private void Forget(int? owner, ImmutableArray<Variable> declared, ImmutableDictionary<string, JsonElement> values)
    {
        foreach (var variable in declared)
            if (variable.IsMemoryOnly && values.TryGetValue(variable.Name, out var value) && !(variable.Default is { } initial && JsonElement.DeepEquals(initial, value)))
                burst.Record(new Fact.VariableSet(owner, variable.Name, variable.Default ?? Values.From<string?>(null)));
    }

    /// <summary>Names of all variables that a token sees.</summary>
    public IEnumerable<string> Names(int token)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var at = Outside(token); at is { } id; at = burst.Token(id).Parent)
        {
            names.UnionWith(burst.NodeOf(id).Variables.Select(variable => variable.Name));
            names.UnionWith(burst.Token(id).Variables.Keys);
        }
        names.UnionWith(burst.Definition.Variables.Select(variable => variable.Name));
        names.UnionWith(burst.Draft.Variables.Keys);
        return names.Order(StringComparer.Ordinal);
    }

    /// <summary>An input of the innermost workflow: one used as an activity, else the instance's own.</summary>
    public JsonElement? Input(int token, string name)
    {
        if (Given(token) is { } given) return given.Member(name);
        if (burst.Draft.Input.TryGetValue(name, out var value)) return value;
        foreach (var (key, other) in burst.Draft.Input)
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return other;
        return null;
    }

    public IEnumerable<string> GivenNames(int token) => Given(token) is { } given ? given.EnumerateObject().Select(member => member.Name) : burst.Draft.Input.Keys;

    /// <summary>The inputs that the innermost workflow used as an activity was given; null in the workflow itself.</summary>
    private JsonElement? Given(int token) => Usage(token) is { } usage && usage.State.TryGetValue(UsedWorkflow.InputKey, out var given) ? given : null;

    /// <summary>The token of the innermost workflow that is used as an activity; null in the workflow itself.</summary>
    public Token? Usage(int token)
    {
        for (var at = burst.Token(token).Parent; at is { } id; at = burst.Token(id).Parent)
            if (burst.NodeOf(id).Type.UsedWorkflow is not null) return burst.Token(id);
        return null;
    }

    public void SetWorkflowOutput(int token, string name, JsonElement value)
    {
        if (Usage(token) is { } usage) burst.Record(new Fact.TokenStateSet(usage.Id, UsedWorkflow.OutputKey(name), value));
        else burst.Record(new Fact.OutputSet(name, value));
    }

    /// <summary>An output of an activity: kept for the rest of the burst, and written to what the definition binds it to.</summary>
    public void SetOutput(int token, string name, JsonElement value)
    {
        var node = burst.NodeOf(token);
        outputs[node.Id] = outputs.GetValueOrDefault(node.Id, ImmutableDictionary<string, JsonElement>.Empty).SetItem(name, value);
        LastResult = value;
        if (!node.Outputs.TryGetValue(name, out var target)) return;
        var (_, _, declared) = Locate(token, target);
        if (declared is null && OutputNames(token).Contains(target)) SetWorkflowOutput(token, target, value);
        else Set(token, target, value);
    }

    /// <summary>What an activity, by id or name, has given back in this burst.</summary>
    public JsonElement? OutputOf(string activity, string? name)
    {
        var node = burst.Definition.Nodes.Values.FirstOrDefault(node => node.ActivityId == activity) ?? burst.Definition.Nodes.Values.FirstOrDefault(node => node.Name == activity);
        if (node is null || !outputs.TryGetValue(node.Id, out var given)) return null;
        return given.TryGetValue(name ?? "result", out var value) ? value
            : given.FirstOrDefault(pair => string.Equals(pair.Key, name ?? "result", StringComparison.OrdinalIgnoreCase)) is { Key: not null } found ? found.Value : null;
    }

    public IEnumerable<string> InputNames(int token) =>
        Usage(token) is { } usage
            ? burst.NodeOf(usage.Id).Type.UsedWorkflow!.Inputs.Select(input => input.Name)
            : burst.Definition.Inputs.Select(input => input.Name);

    private ImmutableArray<string> OutputNames(int token) =>
        Usage(token) is { } usage
            ? burst.NodeOf(usage.Id).Type.UsedWorkflow!.Outputs
            : burst.Definition.Outputs;

    private (int? Owner, string Name, Variable? Declared) Locate(int? token, string idOrName)
    {
        for (var at = Outside(token); at is { } id; at = burst.Token(id).Parent)
        {
            if (Declared(burst.NodeOf(id).Variables, idOrName) is { } inner) return (id, inner.Name, inner);
            if (burst.Token(id).Variables.ContainsKey(idOrName)) return (id, idOrName, null);
        }
        var declared = Declared(burst.Definition.Variables, idOrName);
        return (null, declared?.Name ?? idOrName, declared);
    }

    /// <summary>A workflow that is used as an activity stands outside itself: its variables are for what runs in it.</summary>
    private int? Outside(int? token) => token is { } id && burst.NodeOf(id).Type.UsedWorkflow is not null ? burst.Token(id).Parent : token;

    private static Variable? Declared(ImmutableArray<Variable> variables, string idOrName)
    {
        foreach (var variable in variables)
            if (variable.Id == idOrName || variable.Name == idOrName) return variable;
        return null;
    }
}
