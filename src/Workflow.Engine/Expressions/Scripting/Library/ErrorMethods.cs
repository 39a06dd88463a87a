using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Error.prototype and its kinds.</summary>
internal static class ErrorMethods
{
    public static readonly FrozenDictionary<string, Value> Base = Native.Table(
        [("constructor", Value.From(Constructors.Error)), ("name", Value.From("Error")), ("message", Value.EmptyText)],
        ("toString", 0, Show));

    public static readonly FrozenDictionary<string, Value> TypeError = Kind("TypeError", Constructors.TypeError);
    public static readonly FrozenDictionary<string, Value> RangeError = Kind("RangeError", Constructors.RangeError);
    public static readonly FrozenDictionary<string, Value> ReferenceError = Kind("ReferenceError", Constructors.ReferenceError);
    public static readonly FrozenDictionary<string, Value> SyntaxError = Kind("SyntaxError", Constructors.SyntaxError);
    public static readonly FrozenDictionary<string, Value> UriError = Kind("URIError", Constructors.UriError);
    public static readonly FrozenDictionary<string, Value> EvalError = Kind("EvalError", Constructors.EvalError);

    public static Value Construct(Evaluation run, ScriptObject prototype, Arguments arguments)
    {
        var error = run.NewError(prototype, arguments[0].IsUndefined ? null : Conversions.ToText(run, arguments[0]));
        if (arguments[1].AsObject is { } options && options.Has(run, "cause")) error.Define(run, "cause", options.Get(run, "cause"));
        return Value.From(error);
    }

    private static FrozenDictionary<string, Value> Kind(string name, NativeFunction constructor) =>
        Native.Table([("constructor", Value.From(constructor)), ("name", Value.From(name)), ("message", Value.EmptyText)]);

    private static Value Show(Evaluation run, Value self, Arguments arguments)
    {
        if (self.AsObject is not { } error) throw run.TypeError("toString of Error was called on what is not an object");
        var name = error.Get(run, "name");
        var message = error.Get(run, "message");
        var title = name.IsUndefined ? Value.From("Error") : Conversions.ToTextValue(run, name);
        var text = message.IsUndefined ? Value.EmptyText : Conversions.ToTextValue(run, message);
        if (text.TextLength == 0 || title.TextLength == 0) return title.TextLength == 0 ? text : title;
        return Rope.Concat(run.Meter, Rope.Concat(run.Meter, title, Value.From(": ")), text);
    }
}
