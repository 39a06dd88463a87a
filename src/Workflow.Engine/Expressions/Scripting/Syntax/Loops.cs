namespace Workflow.Engine.Expressions.Scripting;

/// <summary>A loop: what a break or continue in its body means to it.</summary>
internal abstract class LoopStatement(string[] labels) : Statement
{
    /// <summary>Runs the body once.</summary>
    /// <returns>Whether the loop goes on; if not, <paramref name="completion"/> is how it ends.</returns>
    protected bool GoesOn(Evaluation run, Scope scope, Statement body, out Completion completion)
    {
        run.Meter.Step();
        completion = body.Execute(run, scope);
        switch (completion)
        {
            case Completion.Normal:
                return true;
            case Completion.Continue when run.Label is null || labels.Contains(run.Label):
                completion = Completion.Normal;
                return true;
            case Completion.Break when run.Label is null:
                completion = Completion.Normal;
                return false;
            default:
                return false;
        }
    }
}

internal sealed class WhileStatement(string[] labels, Node test, Statement body, bool testsFirst) : LoopStatement(labels)
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        if (testsFirst && !Conversions.ToBoolean(test.Evaluate(run, scope))) return Completion.Normal;
        do
        {
            if (!GoesOn(run, scope, body, out var completion)) return completion;
        }
        while (Conversions.ToBoolean(test.Evaluate(run, scope)));
        return Completion.Normal;
    }
}

/// <param name="copies">Whether each round has names of its own, because a closure may hold on to them.</param>
internal sealed class ForStatement(string[] labels, BlockEntry entry, bool copies, Statement? start, Node? test, Node? update, Statement body) : LoopStatement(labels)
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        if (entry.IsNeeded) scope = entry.Enter(run, scope);
        start?.Execute(run, scope);
        scope = NextRound(run, scope);
        while (test is null || Conversions.ToBoolean(test.Evaluate(run, scope)))
        {
            if (!GoesOn(run, scope, body, out var completion)) return completion;
            scope = NextRound(run, scope);
            update?.Evaluate(run, scope);
        }
        return Completion.Normal;
    }

    private Scope NextRound(Evaluation run, Scope scope)
    {
        if (!copies) return scope;
        var next = Scope.New(run, scope.Slots.Length, scope.Parent);
        scope.Slots.CopyTo(next.Slots, 0);
        return next;
    }
}

/// <summary>for-of over values, or for-in over names.</summary>
internal sealed class ForEachStatement(string[] labels, BlockEntry entry, Target target, Node subject, bool overNames, Statement body, Place place)
    : LoopStatement(labels)
{
    public override Completion Execute(Evaluation run, Scope scope)
    {
        run.Meter.Step();
        var items = subject.Evaluate(run, scope);
        run.Place = place;
        if (overNames && items.IsNullish) return Completion.Normal;
        var sequence = overNames ? new NameSequence(run, items) : Sequence.Over(run, items);
        while (sequence.Next(run, out var item))
        {
            var round = entry.IsNeeded ? entry.Enter(run, scope) : scope;
            target.Write(run, round, item);
            if (!GoesOn(run, round, body, out var completion)) return completion;
        }
        return Completion.Normal;
    }
}
