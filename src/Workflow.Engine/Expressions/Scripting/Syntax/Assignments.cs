namespace Workflow.Engine.Expressions.Scripting;

/// <summary><c>a = b</c></summary>
internal sealed class AssignNode(Target target, Node value) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var reference = target.Resolve(run, scope);
        var result = value.Evaluate(run, scope);
        target.Write(run, scope, reference, result);
        return result;
    }
}

/// <summary><c>a += b</c> and its like</summary>
internal sealed class CompoundAssignNode(Target target, BinaryOperator operation, Node value) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var reference = target.Resolve(run, scope);
        var before = target.Read(run, scope, reference);
        var result = BinaryNode.Apply(run, operation, before, value.Evaluate(run, scope));
        target.Write(run, scope, reference, result);
        return result;
    }
}

internal enum LogicalOperator : byte
{
    And,
    Or,
    Coalesce,
}

/// <summary><c>a ||= b</c> and its like: the right is evaluated only when it is assigned.</summary>
internal sealed class LogicalAssignNode(Target target, LogicalOperator operation, Node value) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var reference = target.Resolve(run, scope);
        var before = target.Read(run, scope, reference);
        if (LogicalNode.Decides(operation, before)) return before;
        var result = value.Evaluate(run, scope);
        target.Write(run, scope, reference, result);
        return result;
    }
}

/// <summary><c>a++</c> and its like</summary>
internal sealed class UpdateNode(Target target, int change, bool isPrefix) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var reference = target.Resolve(run, scope);
        var before = Conversions.ToNumber(run, target.Read(run, scope, reference));
        target.Write(run, scope, reference, Value.From(before + change));
        return Value.From(isPrefix ? before + change : before);
    }
}
