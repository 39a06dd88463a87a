namespace Workflow.Engine.Expressions.Scripting;

internal sealed class ConstantNode(Value value) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope) => value;
}

/// <summary><c>`a ${b} c`</c></summary>
internal sealed class TemplateNode(string[] texts, Node[] parts) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        var result = Value.From(texts[0]);
        for (var index = 0; index < parts.Length; index++)
        {
            run.Meter.Step();
            result = Rope.Concat(run.Meter, result, Conversions.ToTextValue(run, parts[index].Evaluate(run, scope)));
            result = Rope.Concat(run.Meter, result, Value.From(texts[index + 1]));
        }
        return result;
    }
}

internal sealed class ArrayLiteralNode(ArgumentNodes items) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        return Value.From(ArrayObject.Over(run, items.Evaluate(run, scope)));
    }
}

/// <summary>A property of an object literal: with a fixed name, with a computed key, or — with neither — spread.</summary>
internal sealed record LiteralProperty(string? Name, Node? Key, Node Value);

internal sealed class ObjectLiteralNode(LiteralProperty[] properties) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var target = ScriptObject.New(run);
        foreach (var property in properties)
        {
            run.Meter.Step();
            if (property.Name is { } name) target.Define(run, name, property.Value.Evaluate(run, scope));
            else if (property.Key is not null) DefineComputed(run, scope, target, property);
            else Copy(run, property.Value.Evaluate(run, scope), target);
        }
        return Value.From(target);
    }

    /// <summary>Copies the own properties of a value.</summary>
    public static void Copy(Evaluation run, Value source, ScriptObject target)
    {
        foreach (var name in Properties.OwnNames(run, source))
        {
            run.Meter.Step();
            target.Define(run, name, Properties.Get(run, source, name));
        }
    }

    private static void DefineComputed(Evaluation run, Scope scope, ScriptObject target, LiteralProperty property)
    {
        var name = Conversions.ToName(run, property.Key!.Evaluate(run, scope));
        target.Define(run, name, property.Value.Evaluate(run, scope));
    }
}

/// <summary>A regular expression literal: a new object each time, over a pattern that was compiled with the script.</summary>
internal sealed class RegexNode(Pattern pattern, string source, string flags) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        run.Meter.Allocate(96);
        return Value.From(new RegexObject(pattern, source, flags));
    }
}

internal sealed class FunctionNode(FunctionCode code) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        return Value.From(ScriptFunction.New(run, code, scope));
    }
}
