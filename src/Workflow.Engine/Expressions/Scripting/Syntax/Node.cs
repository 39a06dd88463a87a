namespace Workflow.Engine.Expressions.Scripting;

/// <summary>An expression, ready to be evaluated. Immutable, and shared by all evaluations of its script.</summary>
internal abstract class Node
{
    public abstract Value Evaluate(Evaluation run, Scope scope);
}

/// <summary>How a statement ended. Where it went to, or what it returned, stands in the <see cref="Evaluation"/>.</summary>
internal enum Completion : byte
{
    Normal,
    Break,
    Continue,
    Return,
}

/// <summary>A statement, ready to be executed. Immutable, and shared by all evaluations of its script.</summary>
internal abstract class Statement
{
    public abstract Completion Execute(Evaluation run, Scope scope);
}
