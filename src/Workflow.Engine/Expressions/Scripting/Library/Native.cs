using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Builds the tables of the library, and what its functions have in common.</summary>
internal static class Native
{
    public static Value Function(string name, int length, NativeBody body) => Value.From(new NativeFunction(name, length, body));

    public static FrozenDictionary<string, Value> Table(params (string Name, int Length, NativeBody Body)[] methods) => Table([], methods);

    public static FrozenDictionary<string, Value> Table((string Name, Value Value)[] values, params (string Name, int Length, NativeBody Body)[] methods) =>
        methods.Select(static method => KeyValuePair.Create(method.Name, Function(method.Name, method.Length, method.Body)))
            .Concat(values.Select(static pair => KeyValuePair.Create(pair.Name, pair.Value)))
            .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The function given as an argument; a TypeError when it is none.</summary>
    public static Callback Callback(Evaluation run, Value function, Value self = default) =>
        function.AsFunction is { } target ? new Callback(target, self) : throw run.TypeError($"{Show(run, function)} is not a function");

    /// <summary>A value as an error message shows it.</summary>
    public static string Show(Evaluation run, Value value) => value.Kind switch
    {
        ValueKind.Object => "#<" + value.AsObject!.ClassName + ">",
        ValueKind.Text when value.TextLength > 60 => "a string",
        ValueKind.Text => $"\"{value.Text(run.Meter)}\"",
        _ => Conversions.ToText(run, value),
    };
}

/// <summary>A function of the script that the library calls back.</summary>
internal readonly record struct Callback(FunctionObject Target, Value Self)
{
    public Value Call(Evaluation run, Value first)
    {
        run.Meter.Allocate(40);
        return Target.Call(run, Self, [first]);
    }

    public Value Call(Evaluation run, Value first, Value second)
    {
        run.Meter.Allocate(56);
        return Target.Call(run, Self, [first, second]);
    }

    public Value Call(Evaluation run, Value first, Value second, Value third)
    {
        run.Meter.Allocate(72);
        return Target.Call(run, Self, [first, second, third]);
    }
}
