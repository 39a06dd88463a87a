using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>JSON.</summary>
internal static class JsonFunctions
{
    public static readonly FrozenDictionary<string, Value> Members = Native.Table(("parse", 2, Parse), ("stringify", 3, Stringify));

    /// <summary>Elsa's toJson.</summary>
    public static Value ToJson(Evaluation run, Value self, Arguments arguments) =>
        new JsonWriter(run, Value.Undefined, "").Write(arguments[0]) is { } text ? Value.From(text) : Value.From("null");

    private static Value Parse(Evaluation run, Value self, Arguments arguments)
    {
        var value = new JsonReader(run, Conversions.ToText(run, arguments[0])).Read();
        if (arguments[1].AsFunction is not { } reviver) return value;
        var root = ScriptObject.New(run);
        root.Define(run, "", value);
        return Revive(run, reviver, root, "");
    }

    private static Value Revive(Evaluation run, FunctionObject reviver, ScriptObject holder, string name)
    {
        run.Meter.Enter(2);
        run.Meter.Step();
        var value = holder.Get(run, name);
        if (value.AsObject is { } target)
        {
            foreach (var key in target.OwnNames(run))
            {
                var revived = Revive(run, reviver, target, key);
                if (revived.IsUndefined) target.Delete(run, key);
                else target.Set(run, key, revived);
            }
        }
        run.Meter.Allocate(56);
        var result = reviver.Call(run, Value.From(holder), [Value.From(name), value]);
        run.Meter.Leave(2);
        return result;
    }

    private static Value Stringify(Evaluation run, Value self, Arguments arguments)
    {
        var indent = arguments[2].IsNumber
            ? new string(' ', (int)Math.Clamp(arguments[2].Number, 0, 10))
            : arguments[2].IsText ? arguments[2].Text(run.Meter) : "";
        return new JsonWriter(run, arguments[1], indent[..Math.Min(10, indent.Length)]).Write(arguments[0]) is { } text ? Value.From(text) : Value.Undefined;
    }
}
