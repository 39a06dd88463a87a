using System.Collections.Immutable;
using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>How an alarm stands to the limits of its definition.</summary>
public enum AlarmLevel
{
    /// <summary>At the limit that raises, or above; also an alarm of a definition without limits.</summary>
    Raised,

    /// <summary>Between the two limits: what was raised is neither raised again nor over.</summary>
    Between,

    /// <summary>Below the limit that clears.</summary>
    Cleared,
}

/// <summary>
/// The <c>alarms</c> member of a task definition: tasks of it are raised by alarms, and while one is open the alarms of the same subject join it.
/// </summary>
/// <param name="Value">The input that holds what was measured; null when the definition has no limits.</param>
/// <param name="RaiseAt">The least value that raises a task.</param>
/// <param name="ClearBelow">Below it the alarm is over. Between both it stays as it was (hysteresis), so that a value that swings around one limit raises once.</param>
public sealed record AlarmDeclaration(string? Value, double? RaiseAt, double? ClearBelow)
{
    private static readonly string[] Members = ["value", "raiseAt", "clearBelow", "basis"];
    private static readonly string[] Numbers = ["Double", "Single", "Decimal", "Int32", "Int64"];

    /// <summary>The declaration of a definition that has been checked; null when it has none.</summary>
    public static AlarmDeclaration? Of(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Root.Derive(static root => new Declared(Read(root, null))).Alarms;
    }

    /// <summary>Reports everything wrong with a root's declaration.</summary>
    public static void Check(Node root, DefinitionCheck check) => Read(root, check);

    /// <summary>How an alarm with these inputs stands. One that brings no value raises.</summary>
    public AlarmLevel LevelOf(ImmutableDictionary<string, JsonElement> inputs)
    {
        if (ValueOf(inputs) is not { } value) return AlarmLevel.Raised;
        return value >= RaiseAt ? AlarmLevel.Raised : value < ClearBelow ? AlarmLevel.Cleared : AlarmLevel.Between;
    }

    /// <summary>What was measured; null when the inputs do not say, or the definition has no limits.</summary>
    public double? ValueOf(ImmutableDictionary<string, JsonElement> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Value is not null && inputs.TryGetValue(Value, out var json) && json.ValueKind == JsonValueKind.Number ? json.GetDouble() : null;
    }

    private static AlarmDeclaration? Read(Node root, DefinitionCheck? check)
    {
        if (root.Plain("alarms") is not { } json) return null;
        var at = $"{root.Pointer}/alarms";
        if (json.ValueKind != JsonValueKind.Object)
        {
            check?.Error(at, "an object, which may be empty", json.Describe());
            return null;
        }
        foreach (var member in json.EnumerateObject().Where(member => !Members.Contains(member.Name)))
            check?.Error($"{at}/{JsonMembers.Escape(member.Name)}", $"one of {string.Join(", ", Members)}", member.Name);
        var (value, raiseAt, clearBelow) = (json.Text("value"), ReadNumber(json, "raiseAt", at, check), ReadNumber(json, "clearBelow", at, check));
        if (check is null) return new(value, raiseAt, clearBelow ?? raiseAt);
        if ((value is null) != (raiseAt is null)) check.Error($"{at}/{(value is null ? "value" : "raiseAt")}", "value and raiseAt together, or neither", "only one of them");
        if (clearBelow is not null && raiseAt is null) check.Error($"{at}/raiseAt", "the limit that raises beside the one that clears", "nothing");
        if (clearBelow > raiseAt) check.Error($"{at}/clearBelow", $"at most raiseAt ({json.Member("raiseAt")})", $"{json.Member("clearBelow")}");
        if (value is not null && !check.Definition.Inputs.Any(input => input.Name == value && Numbers.Contains(input.TypeName)))
            check.Error($"{at}/value", $"an input that is a number: {string.Join(", ", check.Definition.Inputs.Where(input => Numbers.Contains(input.TypeName)).Select(input => input.Name))}", $"'{value}'");
        return new(value, raiseAt, clearBelow ?? raiseAt);
    }

    private static double? ReadNumber(JsonElement alarms, string member, string at, DefinitionCheck? check)
    {
        if (alarms.Member(member) is not { } json) return null;
        if (json.ValueKind == JsonValueKind.Number) return json.GetDouble();
        check?.Error($"{at}/{member}", "a number", json.Describe());
        return null;
    }

    private sealed record Declared(AlarmDeclaration? Alarms);
}
