using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The names that every script can use.</summary>
internal static class Library
{
    /// <summary>Names of JavaScript that scripts do not have, refused before the script runs.</summary>
    public static readonly FrozenSet<string> Refused = FrozenSet.ToFrozenSet(
        [
            "eval", "Function", "Proxy", "Reflect", "Symbol", "BigInt", "Promise", "WeakMap", "WeakSet", "WeakRef", "FinalizationRegistry", "globalThis", "window", "self",
            "global", "require", "process", "module", "exports", "setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "queueMicrotask", "structuredClone",
            "fetch", "XMLHttpRequest", "importNamespace", "System", "clr", "host", "ArrayBuffer", "SharedArrayBuffer", "Atomics", "DataView", "Int8Array", "Uint8Array",
            "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array", "Intl", "WebAssembly", "getConfig", "readStreamAsText",
            "document", "Deno", "Bun",
        ],
        StringComparer.Ordinal);

    /// <summary>What a script may log goes nowhere.</summary>
    private static readonly FrozenDictionary<string, Value> ConsoleMembers =
        Native.Table([.. new[] { "log", "info", "warn", "error", "debug" }.Select(static name => (name, 0, (NativeBody)(static (_, _, _) => Value.Undefined)))]);

    private static readonly FrozenDictionary<string, Value> Globals = new Dictionary<string, Value>(StringComparer.Ordinal)
    {
        ["NaN"] = Value.NaN,
        ["Infinity"] = Value.From(double.PositiveInfinity),
        ["Object"] = Value.From(Constructors.Object),
        ["Array"] = Value.From(Constructors.Array),
        ["String"] = Value.From(Constructors.Text),
        ["Number"] = Value.From(Constructors.Number),
        ["Boolean"] = Value.From(Constructors.Boolean),
        ["Date"] = Value.From(Constructors.Date),
        ["Map"] = Value.From(Constructors.Map),
        ["Set"] = Value.From(Constructors.Set),
        ["RegExp"] = Value.From(Constructors.Regex),
        ["Error"] = Value.From(Constructors.Error),
        ["TypeError"] = Value.From(Constructors.TypeError),
        ["RangeError"] = Value.From(Constructors.RangeError),
        ["ReferenceError"] = Value.From(Constructors.ReferenceError),
        ["SyntaxError"] = Value.From(Constructors.SyntaxError),
        ["URIError"] = Value.From(Constructors.UriError),
        ["EvalError"] = Value.From(Constructors.EvalError),
        ["Math"] = Value.From(new BuiltInObject("Math", Prototypes.Object, static () => MathFunctions.Members)),
        ["JSON"] = Value.From(new BuiltInObject("JSON", Prototypes.Object, static () => JsonFunctions.Members)),
        ["console"] = Value.From(new BuiltInObject("console", Prototypes.Object, static () => ConsoleMembers)),
        ["variables"] = Value.From(new VariablesObject()),
        ["parseInt"] = NumberMethods.Statics["parseInt"],
        ["parseFloat"] = NumberMethods.Statics["parseFloat"],
        ["isNaN"] = Native.Function("isNaN", 1, static (run, _, arguments) => Value.From(double.IsNaN(Conversions.ToNumber(run, arguments[0])))),
        ["isFinite"] = Native.Function("isFinite", 1, static (run, _, arguments) => Value.From(double.IsFinite(Conversions.ToNumber(run, arguments[0])))),
    }.Concat(TextEncoding.Functions).Concat(HostFunctions.Members).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names that a script cannot give another meaning to, except by declaring them.</summary>
    public static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(["undefined", "NaN", "Infinity", "variables", "args"], StringComparer.Ordinal);

    public static bool Contains(string name) => name == "args" || Globals.ContainsKey(name);

    /// <returns>"Unset" when there is no such name.</returns>
    public static Value Find(string name) => Globals.TryGetValue(name, out var value) ? value : Value.Unset;
}
