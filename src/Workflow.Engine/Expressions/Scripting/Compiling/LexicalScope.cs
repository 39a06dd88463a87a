namespace Workflow.Engine.Expressions.Scripting;

internal enum BindingKind : byte
{
    Variable,
    Let,
    Constant,
}

internal sealed record Binding(int Slot, BindingKind Kind);

/// <summary>The slots that one scope has when the script runs. Blocks without closures share those of their function.</summary>
internal sealed class Frame
{
    public int Slots { get; private set; }

    public int Take() => Slots++;
}

/// <summary>The names of a function or block while it is compiled.</summary>
/// <param name="function">The function whose outermost scope this is; null for a block, and for the script.</param>
internal sealed class LexicalScope(LexicalScope? parent, bool ownsFrame, FunctionCode? function)
{
    private readonly Dictionary<string, Binding> names = new(StringComparer.Ordinal);

    public LexicalScope? Parent => parent;

    public FunctionCode? Function => function;

    public bool OwnsFrame => ownsFrame;

    public Frame Frame { get; } = ownsFrame ? new Frame() : parent!.Frame;

    public Binding Declare(string name, BindingKind kind)
    {
        if (names.TryGetValue(name, out var known)) return known;
        return names[name] = new Binding(Frame.Take(), kind);
    }

    public bool Has(string name) => names.ContainsKey(name);

    public Binding? Find(string name, out int hops)
    {
        hops = 0;
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.names.TryGetValue(name, out var binding)) return binding;
            if (scope.FindImplicit(name) is { } implied) return implied;
            if (scope.OwnsFrame) hops++;
        }
        return null;
    }

    /// <summary>Gives a function slots for <c>this</c> and <c>arguments</c> when they are first used.</summary>
    private Binding? FindImplicit(string name)
    {
        if (function is null || function.IsArrow || name is not ("this" or "arguments")) return null;
        var binding = Declare(name, BindingKind.Variable);
        if (name == "this") function.SelfSlot = binding.Slot;
        else function.ArgumentsSlot = binding.Slot;
        return binding;
    }
}
