using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

internal static class IteratorMethods
{
    public static readonly FrozenDictionary<string, Value> Members = Native.Table(("next", 0, Next));

    private static Value Next(Evaluation run, Value self, Arguments arguments)
    {
        if (self.AsObject is not IteratorObject iterator) throw run.TypeError("next was called on what is not an iterator");
        var isDone = !iterator.Sequence.Next(run, out var value);
        var result = ScriptObject.New(run);
        result.Define(run, "value", value);
        result.Define(run, "done", Value.From(isDone));
        return Value.From(result);
    }
}
