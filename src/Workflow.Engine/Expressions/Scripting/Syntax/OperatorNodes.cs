namespace Workflow.Engine.Expressions.Scripting;

internal enum BinaryOperator : byte
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Equal,
    NotEqual,
    StrictlyEqual,
    StrictlyNotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    Xor,
    ShiftLeft,
    ShiftRight,
    ShiftRightUnsigned,
    In,
    InstanceOf,
}

/// <summary>
/// <c>a + b - c …</c>: operators that follow each other on the left, evaluated in a loop, so that a long sum needs no depth.
/// </summary>
internal sealed class BinaryNode(Node first, (BinaryOperator Operator, Node Right, Place Place)[] links) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        var left = first.Evaluate(run, scope);
        foreach (var (operation, node, place) in links)
        {
            run.Meter.Step();
            var right = node.Evaluate(run, scope);
            run.Place = place;
            left = Apply(run, operation, left, right);
        }
        return left;
    }

    public static Value Apply(Evaluation run, BinaryOperator operation, Value left, Value right)
    {
        if (left.IsNumber && right.IsNumber) return OnNumbers(operation, left.Number, right.Number, run, left, right);
        return operation switch
        {
            BinaryOperator.Add => Operators.Add(run, left, right),
            <= BinaryOperator.Power or (>= BinaryOperator.And and <= BinaryOperator.ShiftRightUnsigned) => AsNumbers(run, operation, left, right),
            _ => Value.From(Holds(run, operation, left, right)),
        };
    }

    private static Value AsNumbers(Evaluation run, BinaryOperator operation, Value left, Value right)
    {
        var first = Conversions.ToNumber(run, left);
        return OnNumbers(operation, first, Conversions.ToNumber(run, right), run, left, right);
    }

    private static Value OnNumbers(BinaryOperator operation, double left, double right, Evaluation run, Value first, Value second) => operation switch
    {
        BinaryOperator.Add => Value.From(left + right),
        BinaryOperator.Subtract => Value.From(left - right),
        BinaryOperator.Multiply => Value.From(left * right),
        BinaryOperator.Divide => Value.From(left / right),
        BinaryOperator.Remainder => Value.From(left % right),
        BinaryOperator.Power => Value.From(Operators.Power(left, right)),
        BinaryOperator.Less => Value.From(left < right),
        BinaryOperator.LessOrEqual => Value.From(left <= right),
        BinaryOperator.Greater => Value.From(left > right),
        BinaryOperator.GreaterOrEqual => Value.From(left >= right),
        BinaryOperator.And => Value.From(Conversions.ToInt32(left) & Conversions.ToInt32(right)),
        BinaryOperator.Or => Value.From(Conversions.ToInt32(left) | Conversions.ToInt32(right)),
        BinaryOperator.Xor => Value.From(Conversions.ToInt32(left) ^ Conversions.ToInt32(right)),
        BinaryOperator.ShiftLeft => Value.From(Conversions.ToInt32(left) << (Conversions.ToInt32(right) & 31)),
        BinaryOperator.ShiftRight => Value.From(Conversions.ToInt32(left) >> (Conversions.ToInt32(right) & 31)),
        BinaryOperator.ShiftRightUnsigned => Value.From((uint)Conversions.ToInt32(left) >> (Conversions.ToInt32(right) & 31)),
        _ => Value.From(Holds(run, operation, first, second)),
    };

    private static bool Holds(Evaluation run, BinaryOperator operation, Value left, Value right) => operation switch
    {
        BinaryOperator.Equal => Operators.LooselyEqual(run, left, right),
        BinaryOperator.NotEqual => !Operators.LooselyEqual(run, left, right),
        BinaryOperator.StrictlyEqual => Operators.StrictlyEqual(run, left, right),
        BinaryOperator.StrictlyNotEqual => !Operators.StrictlyEqual(run, left, right),
        BinaryOperator.Less => Operators.Less(run, left, right, true) == true,
        BinaryOperator.LessOrEqual => Operators.Less(run, right, left, false) == false,
        BinaryOperator.Greater => Operators.Less(run, right, left, false) == true,
        BinaryOperator.GreaterOrEqual => Operators.Less(run, left, right, true) == false,
        BinaryOperator.In => Operators.IsIn(run, left, right),
        BinaryOperator.InstanceOf => Operators.IsInstance(run, left, right),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary><c>a &amp;&amp; b</c>, <c>a || b</c>, <c>a ?? b</c>, also in long rows</summary>
internal sealed class LogicalNode(Node first, (LogicalOperator Operator, Node Right)[] links) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        var left = first.Evaluate(run, scope);
        foreach (var (operation, right) in links)
        {
            run.Meter.Step();
            if (!Decides(operation, left)) left = right.Evaluate(run, scope);
        }
        return left;
    }

    /// <summary>Whether the left value is the result already.</summary>
    public static bool Decides(LogicalOperator operation, Value left) => operation switch
    {
        LogicalOperator.And => !Conversions.ToBoolean(left),
        LogicalOperator.Or => Conversions.ToBoolean(left),
        _ => !left.IsNullish,
    };
}

internal enum UnaryOperator : byte
{
    Not,
    Negate,
    Plus,
    BitNot,
    TypeOf,
    Void,
}

internal sealed class UnaryNode(UnaryOperator operation, Node operand) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var value = operand.Evaluate(run, scope);
        return operation switch
        {
            UnaryOperator.Not => Value.From(!Conversions.ToBoolean(value)),
            UnaryOperator.Negate => Value.From(-Conversions.ToNumber(run, value)),
            UnaryOperator.Plus => Value.From(Conversions.ToNumber(run, value)),
            UnaryOperator.BitNot => Value.From(~Conversions.ToInt32(run, value)),
            UnaryOperator.TypeOf => Value.From(Operators.TypeOf(value)),
            _ => Value.Undefined,
        };
    }
}

/// <summary><c>delete object[key]</c></summary>
internal sealed class DeleteNode(Node holder, Node key, Place place) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var target = holder.Evaluate(run, scope);
        if (target.IsUnset) return Value.True;
        var name = Conversions.ToName(run, key.Evaluate(run, scope));
        run.Place = place;
        if (target.IsNullish) throw run.TypeError("Cannot convert undefined or null to object");
        return Value.From(target.AsObject?.Delete(run, name) ?? true);
    }
}

internal sealed class ConditionalNode(Node test, Node consequent, Node alternate) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        return Conversions.ToBoolean(test.Evaluate(run, scope)) ? consequent.Evaluate(run, scope) : alternate.Evaluate(run, scope);
    }
}

/// <summary><c>a, b</c></summary>
internal sealed class SequenceNode(Node[] parts) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        var last = Value.Undefined;
        foreach (var part in parts)
        {
            run.Meter.Step();
            last = part.Evaluate(run, scope);
        }
        return last;
    }
}
