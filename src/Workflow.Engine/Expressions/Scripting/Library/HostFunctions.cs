using System.Collections.Frozen;
using System.Text.Json;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The functions through which a script sees its instance; named as in Elsa.</summary>
internal static class HostFunctions
{
    public static readonly FrozenDictionary<string, Value> Members = Native.Table(
        ("getVariable", 1, GetVariable),
        ("setVariable", 2, static (run, _, arguments) => Write(run, Conversions.ToText(run, arguments[0]), arguments[1])),
        ("getInput", 1, static (run, _, arguments) => JsonValues.FromJson(run, run.Host.ReadInput(Conversions.ToText(run, arguments[0])))),
        ("getOutputFrom", 2, GetOutputFrom),
        ("getLastResult", 0, static (run, _, _) => JsonValues.FromJson(run, run.Host.LastResult)),
        ("getWorkflowInstanceId", 0, static (run, _, _) => Value.FromOrNull(run.Host.Instance.InstanceId)),
        ("getWorkflowDefinitionId", 0, static (run, _, _) => Value.FromOrNull(run.Host.Instance.DefinitionId)),
        ("getWorkflowDefinitionVersionId", 0, static (run, _, _) => Value.FromOrNull(run.Host.Instance.DefinitionVersionId)),
        ("getWorkflowDefinitionVersion", 0, static (run, _, _) => Value.From(run.Host.Instance.Version)),
        ("getCorrelationId", 0, static (run, _, _) => Value.FromOrNull(run.Writes.CorrelationId(run.Host))),
        ("setCorrelationId", 1, SetCorrelationId),
        ("getWorkflowInstanceName", 0, static (run, _, _) => Value.FromOrNull(run.Writes.InstanceName(run.Host))),
        ("setWorkflowInstanceName", 1, SetInstanceName),
        ("setOutcome", 1, SetOutcome),
        ("setOutcomes", 1, SetOutcomes),
        ("getGuid", 0, NewGuid),
        ("newGuid", 0, NewGuid),
        ("getGuidString", 0, NewGuid),
        ("newGuidString", 0, NewGuid),
        ("getShortGuid", 0, NewShortGuid),
        ("newShortGuid", 0, NewShortGuid),
        ("parseGuid", 1, ParseGuid),
        ("isNullOrWhiteSpace", 1, static (run, _, arguments) => Value.From(arguments[0].IsNullish || IsBlank(run, Conversions.ToText(run, arguments[0])))),
        ("isNullOrEmpty", 1, static (run, _, arguments) => Value.From(arguments[0].IsNullish || Conversions.ToTextValue(run, arguments[0]).TextLength == 0)),
        ("toJson", 1, JsonFunctions.ToJson));

    /// <summary>Finds a name that only this instance knows: args, or an accessor such as getOrder.</summary>
    public static bool TryFind(Evaluation run, string name, out Value value)
    {
        run.Meter.Work(4 + run.Host.VariableNames.Count);
        run.Meter.Allocate(120);
        value = default;
        if (name == "args") value = Value.From(run.Arguments);
        else if (ScriptNames.Accessor(name, "set") is { } written) value = Setter(run, name, written);
        else if (ScriptNames.Accessor(name, "get") is { } read) value = Getter(run, name, read);
        return !value.IsUndefined;
    }

    private static Value Setter(Evaluation run, string name, string pascal) =>
        Variable(run, pascal) is { } variable ? Native.Function(name, 1, (evaluation, _, arguments) => Write(evaluation, variable, arguments[0])) : Value.Undefined;

    private static Value Getter(Evaluation run, string name, string pascal)
    {
        if (Variable(run, pascal) is { } variable) return Native.Function(name, 0, (evaluation, _, _) => evaluation.Variables.Read(variable));
        run.Meter.Work(run.Host.InputNames.Count);
        var input = run.Host.InputNames.FirstOrDefault(known => known == pascal || ScriptNames.IsPascalCaseOf(pascal, known));
        if (input is not null) return Native.Function(name, 0, (evaluation, _, _) => JsonValues.FromJson(evaluation, evaluation.Host.ReadInput(input)));
        if (!pascal.Contains("From", StringComparison.Ordinal)) return Value.Undefined;
        run.Meter.Work(run.Host.Outputs.Count * 4L);
        var output = run.Host.Outputs.FirstOrDefault(known => ScriptNames.IsAccessorOf(pascal, known));
        if (output is null) return Value.Undefined;
        return Native.Function(name, 0, (evaluation, _, _) => JsonValues.FromJson(evaluation, evaluation.Host.ReadOutput(output.ActivityId, output.Name)));
    }

    private static string? Variable(Evaluation run, string pascal) =>
        run.Host.VariableNames.FirstOrDefault(known => ScriptNames.IsPascalCaseOf(pascal, known));

    private static Value Write(Evaluation run, string name, Value value)
    {
        run.Variables.Write(name, value);
        return Value.Undefined;
    }

    /// <summary>As in Elsa, a variable that does not exist is null.</summary>
    private static Value GetVariable(Evaluation run, Value self, Arguments arguments)
    {
        var name = Conversions.ToText(run, arguments[0]);
        return run.Variables.Exists(name) ? run.Variables.Read(name) : Value.Null;
    }

    private static Value GetOutputFrom(Evaluation run, Value self, Arguments arguments)
    {
        var activity = Conversions.ToText(run, arguments[0]);
        JsonElement? output = run.Host.ReadOutput(activity, arguments[1].IsNullish ? null : Conversions.ToText(run, arguments[1]));
        return JsonValues.FromJson(run, output);
    }

    private static Value SetCorrelationId(Evaluation run, Value self, Arguments arguments)
    {
        run.Writes.SetCorrelationId(TextOrNull(run, arguments[0]));
        return Value.Undefined;
    }

    private static Value SetInstanceName(Evaluation run, Value self, Arguments arguments)
    {
        run.Writes.SetInstanceName(TextOrNull(run, arguments[0]));
        return Value.Undefined;
    }

    private static Value SetOutcome(Evaluation run, Value self, Arguments arguments)
    {
        run.Writes.SetOutcomes([Conversions.ToText(run, arguments[0])]);
        return Value.Undefined;
    }

    private static Value SetOutcomes(Evaluation run, Value self, Arguments arguments)
    {
        var names = new List<string>();
        var given = arguments.Count == 1 && arguments[0].AsArray is not null ? ArrayMethods.Self(run, arguments[0]).Items : arguments.Items;
        foreach (var name in given)
        {
            run.Meter.Allocate(16);
            names.Add(Conversions.ToText(run, name));
        }
        run.Writes.SetOutcomes(names);
        return Value.Undefined;
    }

    private static string? TextOrNull(Evaluation run, Value value) => value.IsNullish ? null : Conversions.ToText(run, value);

    private static Value NewGuid(Evaluation run, Value self, Arguments arguments)
    {
        run.Meter.Text(36);
        return Value.From(run.Random.NextGuid().ToString());
    }

    /// <summary>A guid in base 64 without the characters that addresses cannot hold.</summary>
    private static Value NewShortGuid(Evaluation run, Value self, Arguments arguments)
    {
        run.Meter.Text(200);
        var text = Convert.ToBase64String(run.Random.NextGuid().ToByteArray());
        return Value.From(text.Replace("/", "").Replace("+", "").Replace("=", ""));
    }

    private static Value ParseGuid(Evaluation run, Value self, Arguments arguments)
    {
        var text = Conversions.ToText(run, arguments[0]);
        run.Meter.Text(100);
        return Guid.TryParse(text, out var guid) ? Value.From(guid.ToString()) : throw run.TypeError("parseGuid: expected a guid");
    }

    private static bool IsBlank(Evaluation run, string text)
    {
        run.Meter.Characters(text.Length);
        return string.IsNullOrWhiteSpace(text);
    }
}
