namespace Workflow.Engine.Expressions.Scripting;

/// <summary>What happens when a block is entered: its names get a scope of their own or slots of the function, and its functions are made.</summary>
/// <param name="OwnSlots">Slots of the scope of its own, if a closure may hold on to its names.</param>
/// <param name="FirstUnset">The names from here on, <paramref name="UnsetCount"/> of them, must not be read before their declaration.</param>
internal sealed record BlockEntry(int? OwnSlots, int FirstUnset, int UnsetCount, (int Slot, FunctionCode Code)[] Functions)
{
    public bool IsNeeded => OwnSlots is not null || UnsetCount > 0 || Functions.Length > 0;

    public Scope Enter(Evaluation run, Scope scope)
    {
        if (OwnSlots is { } slots) scope = Scope.New(run, slots, scope);
        scope.Slots.AsSpan(FirstUnset, UnsetCount).Fill(Value.Unset);
        foreach (var (slot, code) in Functions) scope.Slots[slot] = Value.From(ScriptFunction.New(run, code, scope));
        return scope;
    }
}

internal sealed class BlockStatement(BlockEntry entry, Statement[] body) : Statement
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        if (entry.IsNeeded) scope = entry.Enter(run, scope);
        foreach (var statement in body)
        {
            var completion = statement.Execute(run, scope);
            if (completion != Completion.Normal) return completion;
        }
        return Completion.Normal;
    }
}

/// <summary>An expression as a statement, within a function.</summary>
internal sealed class ExpressionStatement(Node expression) : Statement
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        expression.Evaluate(run, scope);
        return Completion.Normal;
    }
}

/// <summary>An expression as a statement of the script itself: its value is the result unless another follows.</summary>
internal sealed class ResultStatement(Node expression) : Statement
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        run.Completion = expression.Evaluate(run, scope);
        return Completion.Normal;
    }
}

/// <summary>A statement that gives undefined when nothing within it gives a value: if, switch, try, and the loops.</summary>
internal sealed class ClearingStatement(Statement statement) : Statement
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        run.Completion = Value.Undefined;
        return statement.Execute(run, scope);
    }
}

internal sealed class EmptyStatement : Statement
{
    public static readonly EmptyStatement Instance = new();

    public override Completion Execute(Evaluation run, Scope scope) => Completion.Normal;
}

/// <summary><c>let a = 1, [b] = c;</c></summary>
internal sealed class DeclarationStatement((Target Target, Node? Value)[] declarations) : Statement
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        foreach (var (target, value) in declarations)
        {
            run.Meter.Step();
            target.Write(run, scope, default, value is null ? Value.Undefined : value.Evaluate(run, scope));
        }
        return Completion.Normal;
    }
}

internal sealed class ReturnStatement(Node? value) : Statement
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        run.Returned = value is null ? Value.Undefined : value.Evaluate(run, scope);
        return Completion.Return;
    }
}

/// <summary><c>break;</c> or <c>continue;</c>, with a label or without</summary>
internal sealed class JumpStatement(Completion completion, string? label) : Statement
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        run.Label = label;
        return completion;
    }
}

internal sealed class LabeledStatement(string label, Statement body) : Statement
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        var completion = body.Execute(run, scope);
        return completion == Completion.Break && run.Label == label ? Completion.Normal : completion;
    }
}
