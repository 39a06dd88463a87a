namespace Workflow.Engine.Expressions.Scripting;

/// <summary>A declared name, found when the script was compiled: so many scopes up, in this slot.</summary>
internal sealed class LocalNode(int hops, int slot) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope) => scope.Up(hops).Slots[slot];
}

/// <summary>A name declared by let, const or catch, which must not be read before its declaration has run.</summary>
internal sealed class CheckedLocalNode(int hops, int slot, string name, Place place) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        var value = scope.Up(hops).Slots[slot];
        if (!value.IsUnset) return value;
        run.Place = place;
        throw run.ReferenceError($"Cannot access '{name}' before initialization");
    }
}

/// <summary>A name that is not declared: set by the script in sloppy mode, or built in, or given by the host.</summary>
internal sealed class GlobalNode(int index, string name, Value builtIn, Place place) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        if (TryEvaluate(run, out var value)) return value;
        run.Place = place;
        throw run.ReferenceError($"{name} is not defined");
    }

    public bool TryEvaluate(Evaluation run, out Value value)
    {
        value = run.Globals[index];
        if (!value.IsUnset) return true;
        if (builtIn.IsUnset && !HostFunctions.TryFind(run, name, out value)) return false;
        if (!builtIn.IsUnset) value = builtIn;
        run.Globals[index] = value;
        return true;
    }
}

/// <summary>The type of a name, which need not exist.</summary>
internal sealed class TypeOfGlobalNode(GlobalNode name) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope) =>
        Value.From(name.TryEvaluate(run, out var value) ? Operators.TypeOf(value) : "undefined");
}
