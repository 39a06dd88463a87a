namespace Workflow.Engine.Expressions.Scripting;

internal sealed class IfStatement(Node test, Statement consequent, Statement? alternate) : Statement
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        if (Conversions.ToBoolean(test.Evaluate(run, scope))) return consequent.Execute(run, scope);
        return alternate?.Execute(run, scope) ?? Completion.Normal;
    }
}

/// <param name="cases">The tests, null for the default, each with the index of its first statement.</param>
internal sealed class SwitchStatement(BlockEntry entry, Node subject, (Node? Test, int Start)[] cases, Statement[] body) : Statement
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var value = subject.Evaluate(run, scope);
        if (entry.IsNeeded) scope = entry.Enter(run, scope);
        for (var at = Find(run, scope, value); at < body.Length; at++)
        {
            var completion = body[at].Execute(run, scope);
            if (completion == Completion.Break && run.Label is null) return Completion.Normal;
            if (completion != Completion.Normal) return completion;
        }
        return Completion.Normal;
    }

    private int Find(Evaluation run, Scope scope, Value value)
    {
        var otherwise = body.Length;
        foreach (var (test, start) in cases)
        {
            run.Meter.Step();
            if (test is null) otherwise = start;
            else if (Operators.StrictlyEqual(run, value, test.Evaluate(run, scope))) return start;
        }
        return otherwise;
    }
}

internal sealed class ThrowStatement(Node value, Place place) : Statement
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var thrown = value.Evaluate(run, scope);
        run.Place = place;
        throw new ScriptThrow(run, thrown);
    }
}

/// <summary>try, catch and finally. Only what the script threw is caught; a limit passes through, and runs no finally on its way.</summary>
internal sealed class TryStatement(Statement block, CatchPart? handler, Statement? finalizer) : Statement
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var depth = run.Meter.Depth;
        Completion completion;
        ScriptThrow? pending = null;
        try
        {
            completion = handler is null ? block.Execute(run, scope) : ExecuteHandled(run, scope, depth);
        }
        catch (ScriptThrow thrown) when (finalizer is not null)
        {
            pending = thrown;
            completion = Completion.Normal;
        }
        return finalizer is null ? completion : Finish(run, scope, depth, completion, pending);
    }

    private Completion ExecuteHandled(Evaluation run, Scope scope, int depth)
    {
        ScriptThrow caught;
        try
        {
            return block.Execute(run, scope);
        }
        catch (ScriptThrow thrown)
        {
            caught = thrown;
        }
        run.Meter.Unwind(depth);
        return handler!.Execute(run, scope, caught.Value);
    }

    /// <summary>What the block did stands, unless the finalizer itself leaves for elsewhere.</summary>
    private Completion Finish(Evaluation run, Scope scope, int depth, Completion completion, ScriptThrow? pending)
    {
        if (pending is not null) run.Meter.Unwind(depth);
        var (result, returned, label) = (run.Completion, run.Returned, run.Label);
        var last = finalizer!.Execute(run, scope);
        if (last != Completion.Normal) return last;
        if (pending is not null)
        {
            run.Place = pending.Place;
            throw new ScriptThrow(run, pending.Value);
        }
        (run.Completion, run.Returned, run.Label) = (result, returned, label);
        return completion;
    }
}

internal sealed record CatchPart(BlockEntry Entry, Target? Parameter, Statement Body, bool Clears)
{
    public Completion Execute(Evaluation run, Scope scope, Value thrown)
    {
        if (Clears) run.Completion = Value.Undefined;
        if (Entry.IsNeeded) scope = Entry.Enter(run, scope);
        Parameter?.Write(run, scope, default, thrown);
        return Body.Execute(run, scope);
    }
}
