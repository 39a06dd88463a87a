namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Where an assignment goes, once the object and the key on the left are evaluated.</summary>
internal readonly record struct Reference(Value Holder, Value Key);

/// <summary>Something that can stand on the left of an assignment.</summary>
internal abstract class Target
{
    /// <summary>Evaluates the parts on the left, before what is on the right.</summary>
    public virtual Reference Resolve(Evaluation run, Scope scope) => default;

    public virtual Value Read(Evaluation run, Scope scope, Reference reference) => throw new System.Diagnostics.UnreachableException();

    public abstract void Write(Evaluation run, Scope scope, Reference reference, Value value);

    public void Write(Evaluation run, Scope scope, Value value) => Write(run, scope, Resolve(run, scope), value);
}

/// <summary>A declared name.</summary>
internal sealed class LocalTarget(int hops, int slot, Node read) : Target
{
    public override Value Read(Evaluation run, Scope scope, Reference reference) => read.Evaluate(run, scope);

    public override void Write(Evaluation run, Scope scope, Reference reference, Value value) => scope.Up(hops).Slots[slot] = value;
}

/// <summary>A name declared by let, assigned after its declaration.</summary>
internal sealed class CheckedLocalTarget(int hops, int slot, Node read) : Target
{
    public override Value Read(Evaluation run, Scope scope, Reference reference) => read.Evaluate(run, scope);

    public override void Write(Evaluation run, Scope scope, Reference reference, Value value)
    {
        var slots = scope.Up(hops).Slots;
        if (slots[slot].IsUnset) read.Evaluate(run, scope);
        slots[slot] = value;
    }
}

/// <summary>A constant: it can be read, as in <c>c ||= 1</c>, but not written.</summary>
internal sealed class ConstantTarget(Node read, Place place) : Target
{
    public override Value Read(Evaluation run, Scope scope, Reference reference) => read.Evaluate(run, scope);

    public override void Write(Evaluation run, Scope scope, Reference reference, Value value)
    {
        read.Evaluate(run, scope);
        run.Place = place;
        throw run.TypeError("Assignment to constant variable.");
    }
}

/// <summary>A name that was never declared: assigning makes it known to the rest of the script.</summary>
internal sealed class GlobalTarget(int index, Node read) : Target
{
    public override Value Read(Evaluation run, Scope scope, Reference reference) => read.Evaluate(run, scope);

    public override void Write(Evaluation run, Scope scope, Reference reference, Value value) => run.Globals[index] = value;
}

/// <summary><c>object.name</c></summary>
internal sealed class NamedMemberTarget(Node holder, string name, Place place) : Target
{
    public override Reference Resolve(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        return new Reference(holder.Evaluate(run, scope), default);
    }

    public override Value Read(Evaluation run, Scope scope, Reference reference)
    {
        run.Place = place;
        return Properties.Get(run, reference.Holder, name);
    }

    public override void Write(Evaluation run, Scope scope, Reference reference, Value value)
    {
        run.Place = place;
        Properties.Set(run, reference.Holder, name, value);
    }
}

/// <summary><c>object[key]</c></summary>
internal sealed class IndexedMemberTarget(Node holder, Node key, Place place) : Target
{
    public override Reference Resolve(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var target = holder.Evaluate(run, scope);
        var name = key.Evaluate(run, scope);
        return new Reference(target, name.IsNumber ? name : Value.From(Conversions.ToName(run, name)));
    }

    public override Value Read(Evaluation run, Scope scope, Reference reference)
    {
        run.Place = place;
        return Properties.Get(run, reference.Holder, reference.Key);
    }

    public override void Write(Evaluation run, Scope scope, Reference reference, Value value)
    {
        run.Place = place;
        Properties.Set(run, reference.Holder, reference.Key, value);
    }
}
