namespace Workflow.Engine.Expressions.Scripting;

/// <summary>A part of a destructuring pattern with its default.</summary>
internal sealed record PatternPart(Target Target, Node? Default)
{
    public void Write(Evaluation run, Scope scope, Value value) =>
        Target.Write(run, scope, value.IsUndefined && Default is not null ? Default.Evaluate(run, scope) : value);
}

/// <summary><c>[a, , b = 1, ...rest]</c></summary>
internal sealed class ArrayPattern(PatternPart?[] parts, Target? rest, Place place) : Target
{
    public override void Write(Evaluation run, Scope scope, Reference reference, Value value)
    {
        run.Meter.Step();
        run.Place = place;
        var sequence = Sequence.Over(run, value);
        var isDone = false;
        foreach (var part in parts)
        {
            var item = Value.Undefined;
            if (!isDone) isDone = !sequence.Next(run, out item);
            part?.Write(run, scope, isDone ? Value.Undefined : item);
        }
        rest?.Write(run, scope, Value.From(sequence.ToArray(run)));
    }
}

/// <summary>A property that an object pattern takes: by a fixed name, or by a computed key.</summary>
internal sealed record PatternProperty(string? Name, Node? Key, PatternPart Part);

/// <summary><c>{ a, b: c = 1, [key]: d, ...rest }</c></summary>
internal sealed class ObjectPattern(PatternProperty[] properties, Target? rest, Place place) : Target
{
    public override void Write(Evaluation run, Scope scope, Reference reference, Value value)
    {
        run.Meter.Step();
        run.Place = place;
        if (value.IsNullish) throw run.TypeError($"Cannot destructure '{(value.IsUndefined ? "undefined" : "null")}' as it is {(value.IsUndefined ? "undefined" : "null")}.");
        var taken = rest is null ? null : new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in properties)
        {
            var name = property.Name ?? Conversions.ToName(run, property.Key!.Evaluate(run, scope));
            taken?.Add(name);
            property.Part.Write(run, scope, Properties.Get(run, value, name));
        }
        rest?.Write(run, scope, Rest(run, value, taken!));
    }

    private static Value Rest(Evaluation run, Value value, HashSet<string> taken)
    {
        var left = ScriptObject.New(run);
        foreach (var name in Properties.OwnNames(run, value))
        {
            run.Meter.Step();
            if (!taken.Contains(name)) left.Define(run, name, Properties.Get(run, value, name));
        }
        return Value.From(left);
    }
}
