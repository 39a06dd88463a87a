namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The slots of the names of a function, or of a block whose names a closure may hold on to.</summary>
internal sealed class Scope(int slots, Scope? parent)
{
    public Value[] Slots { get; } = slots == 0 ? [] : new Value[slots];

    public Scope? Parent { get; } = parent;

    public static Scope New(Evaluation run, int slots, Scope? parent)
    {
        run.Meter.Allocate(56 + (16L * slots));
        return new Scope(slots, parent);
    }

    public Scope Up(int hops)
    {
        var scope = this;
        while (hops-- > 0) scope = scope.Parent!;
        return scope;
    }
}
