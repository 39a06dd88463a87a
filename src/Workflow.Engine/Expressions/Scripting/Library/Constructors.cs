using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The functions that make the objects of the library, with or without <c>new</c>.</summary>
internal static class Constructors
{
    public static readonly NativeFunction Object = new("Object", 1, ObjectMethods.Construct, ObjectMethods.Construct, static () => ObjectMethods.Statics);

    public static readonly NativeFunction Array = new("Array", 1, MakeArray, MakeArray, static () => ConstructorMembers.Array);

    public static readonly NativeFunction Text = new("String", 1, ToText, static (run, _, _) => throw Wrapper(run, "String"), static () => ConstructorMembers.Text);

    public static readonly NativeFunction Number = new("Number", 1, ToNumber, static (run, _, _) => throw Wrapper(run, "Number"), static () => NumberMethods.Statics);

    public static readonly NativeFunction Boolean =
        new("Boolean", 1, ToBoolean, static (run, _, _) => throw Wrapper(run, "Boolean"), static () => ConstructorMembers.Boolean);

    public static readonly NativeFunction Date = new("Date", 7, DateMethods.Now, DateMethods.Construct, static () => DateMethods.Statics);

    public static readonly NativeFunction Map = new("Map", 0, static (run, _, _) => throw NeedsNew(run, "Map"), MapMethods.Construct, static () => ConstructorMembers.Map);

    public static readonly NativeFunction Set = new("Set", 0, static (run, _, _) => throw NeedsNew(run, "Set"), SetMethods.Construct, static () => ConstructorMembers.Set);

    public static readonly NativeFunction Regex = new("RegExp", 2, RegexMethods.Construct, RegexMethods.Construct, static () => ConstructorMembers.Regex);

    public static readonly NativeFunction Error = ErrorKind("Error", static () => Prototypes.Error);
    public static readonly NativeFunction TypeError = ErrorKind("TypeError", static () => Prototypes.TypeError);
    public static readonly NativeFunction RangeError = ErrorKind("RangeError", static () => Prototypes.RangeError);
    public static readonly NativeFunction ReferenceError = ErrorKind("ReferenceError", static () => Prototypes.ReferenceError);
    public static readonly NativeFunction SyntaxError = ErrorKind("SyntaxError", static () => Prototypes.SyntaxError);
    public static readonly NativeFunction UriError = ErrorKind("URIError", static () => Prototypes.UriError);
    public static readonly NativeFunction EvalError = ErrorKind("EvalError", static () => Prototypes.EvalError);

    private static NativeFunction ErrorKind(string name, Func<BuiltInObject> prototype)
    {
        NativeBody make = (run, _, arguments) => ErrorMethods.Construct(run, prototype(), arguments);
        var statics = new Lazy<FrozenDictionary<string, Value>>(() => Native.Table([("prototype", Value.From(prototype()))]));
        return new NativeFunction(name, 1, make, make, () => statics.Value);
    }

    private static ScriptThrow Wrapper(Evaluation run, string name) => run.TypeError($"new {name}(...) is not available; use {name}(...)");

    private static ScriptThrow NeedsNew(Evaluation run, string name) => run.TypeError($"Constructor {name} requires 'new'");

    private static Value MakeArray(Evaluation run, Value self, Arguments arguments)
    {
        if (arguments.Count != 1 || !arguments[0].IsNumber) return Value.From(ArrayObject.Copy(run, arguments.Items));
        var array = ArrayObject.New(run);
        array.SetLength(run, arguments[0].Number);
        return Value.From(array);
    }

    private static Value ToText(Evaluation run, Value self, Arguments arguments) => arguments.Count == 0 ? Value.EmptyText : Conversions.ToTextValue(run, arguments[0]);

    private static Value ToBoolean(Evaluation run, Value self, Arguments arguments) => Value.From(Conversions.ToBoolean(arguments[0]));

    private static Value ToNumber(Evaluation run, Value self, Arguments arguments) => arguments.Count == 0 ? Value.Zero : Value.From(Conversions.ToNumber(run, arguments[0]));
}
