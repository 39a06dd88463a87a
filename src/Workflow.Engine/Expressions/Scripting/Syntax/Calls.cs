namespace Workflow.Engine.Expressions.Scripting;

/// <summary>A link of a chain such as <c>a?.b.c()</c>. A link that finds nothing on its left gives "unset" to those after it, up to the <see cref="ChainNode"/>.</summary>
internal abstract class LinkNode : Node
{
    /// <summary>Evaluates to a function to call, and what it is called on.</summary>
    public abstract Value EvaluateCallee(Evaluation run, Scope scope, out Value self);

    public sealed override Value Evaluate(Evaluation run, Scope scope) => EvaluateCallee(run, scope, out _);
}

/// <summary><c>object.name</c></summary>
internal sealed class NamedMemberNode(Node holder, string name, bool isOptional, Place place) : LinkNode
{
    public string Name => name;

    public override Value EvaluateCallee(Evaluation run, Scope scope, out Value self)
    {
        run.Meter.Step();
        self = holder.Evaluate(run, scope);
        if (self.IsUnset || (isOptional && self.IsNullish)) return Value.Unset;
        run.Place = place;
        return Properties.Get(run, self, name);
    }
}

/// <summary><c>object[key]</c></summary>
internal sealed class IndexedMemberNode(Node holder, Node key, bool isOptional, Place place) : LinkNode
{
    public override Value EvaluateCallee(Evaluation run, Scope scope, out Value self)
    {
        run.Meter.Step();
        self = holder.Evaluate(run, scope);
        if (self.IsUnset || (isOptional && self.IsNullish)) return Value.Unset;
        var index = key.Evaluate(run, scope);
        run.Place = place;
        return Properties.Get(run, self, index);
    }
}

/// <summary>The whole of an optional chain: what found nothing is undefined.</summary>
internal sealed class ChainNode(Node chain) : LinkNode
{
    public override Value EvaluateCallee(Evaluation run, Scope scope, out Value self)
    {
        self = Value.Undefined;
        var result = chain is LinkNode link ? link.EvaluateCallee(run, scope, out self) : chain.Evaluate(run, scope);
        return result.IsUnset ? Value.Undefined : result;
    }
}

/// <summary><c>callee(arguments)</c></summary>
internal sealed class CallNode(Node callee, string shown, ArgumentNodes arguments, bool isOptional, Place place) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var self = Value.Undefined;
        var function = callee is LinkNode link ? link.EvaluateCallee(run, scope, out self) : callee.Evaluate(run, scope);
        if (function.IsUnset || (isOptional && function.IsNullish)) return Value.Unset;
        var given = arguments.Evaluate(run, scope);
        run.Place = place;
        if (function.AsFunction is not { } target) throw run.TypeError($"{shown} is not a function");
        return target.Call(run, self, given);
    }
}

/// <summary><c>new callee(arguments)</c></summary>
internal sealed class NewNode(Node callee, string shown, ArgumentNodes arguments, Place place) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var function = callee.Evaluate(run, scope);
        var given = arguments.Evaluate(run, scope);
        run.Place = place;
        if (function.AsFunction is not { } target) throw run.TypeError($"{shown} is not a constructor");
        return target.Construct(run, given);
    }
}

/// <summary>The arguments of a call or the items of an array literal, some of which may be spread.</summary>
internal sealed class ArgumentNodes(Node?[] nodes, bool hasSpread)
{
    public Value[] Evaluate(Evaluation run, Scope scope)
    {
        if (nodes.Length == 0) return [];
        if (hasSpread) return Spread(run, scope).Items.ToArray();
        run.Meter.Allocate(24 + (16L * nodes.Length));
        var values = new Value[nodes.Length];
        for (var index = 0; index < nodes.Length; index++) values[index] = Item(run, scope, nodes[index]);
        return values;
    }

    private static Value Item(Evaluation run, Scope scope, Node? node)
    {
        run.Meter.Step();
        return node?.Evaluate(run, scope) ?? Value.Hole;
    }

    private ArrayObject Spread(Evaluation run, Scope scope)
    {
        var items = ArrayObject.New(run, nodes.Length);
        foreach (var node in nodes)
        {
            if (node is SpreadNode spread) Sequence.Over(run, spread.Evaluate(run, scope)).AddTo(run, items);
            else items.Add(run, Item(run, scope, node));
        }
        run.Meter.Slots(items.Count);
        return items;
    }
}

/// <summary><c>...items</c>, in a call or an array literal</summary>
internal sealed class SpreadNode(Node items) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        return items.Evaluate(run, scope);
    }
}
