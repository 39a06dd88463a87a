using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Function.prototype.</summary>
internal static class FunctionMethods
{
    public static readonly FrozenDictionary<string, Value> Members = Native.Table(
        [("constructor", Native.Function("Function", 1, static (run, _, _) => throw run.TypeError("Function is not available: code cannot be made from text")))],
        ("call", 1, Call),
        ("apply", 2, Apply),
        ("bind", 1, Bind),
        ("toString", 0, Show));

    private static FunctionObject Self(Evaluation run, Value self) => self.AsFunction ?? throw run.TypeError("A method of Function was called on what is not a function");

    private static Value Show(Evaluation run, Value self, Arguments arguments)
    {
        var function = Self(run, self);
        run.Meter.Text(Math.Max(function.Source.Length, function.Name.Length + 40));
        return Value.From(function.Source.Length > 0 ? function.Source.ToString() : $"function {function.Name}() {{ [native code] }}");
    }

    private static Value Call(Evaluation run, Value self, Arguments arguments)
    {
        run.Meter.Slots(arguments.Count);
        return Self(run, self).Call(run, arguments[0], arguments.Count > 1 ? arguments.Items[1..].ToArray() : []);
    }

    private static Value Apply(Evaluation run, Value self, Arguments arguments)
    {
        if (arguments[1].IsNullish) return Self(run, self).Call(run, arguments[0], []);
        var given = ArrayMethods.Self(run, arguments[1]);
        run.Meter.Slots(given.Count);
        return Self(run, self).Call(run, arguments[0], given.Items.ToArray());
    }

    private static Value Bind(Evaluation run, Value self, Arguments arguments)
    {
        run.Meter.Allocate(160);
        run.Meter.Slots(arguments.Count);
        var first = arguments.Count > 1 ? arguments.Items[1..].ToArray() : [];
        return Value.From(new BoundFunction(Self(run, self), arguments[0], first));
    }
}

internal sealed class BoundFunction(FunctionObject target, Value self, Value[] first) : FunctionObject(Prototypes.Function)
{
    public override string Name { get; } = target.Name.Length > 80 ? target.Name : "bound " + target.Name;

    public override Value Call(Evaluation run, Value ignored, Value[] arguments)
    {
        run.Meter.Enter(4);
        run.Meter.Slots(first.Length + arguments.Length);
        var result = target.Call(run, self, [.. first, .. arguments]);
        run.Meter.Leave(4);
        return result;
    }
}
