using Workflow.Engine.Expressions;

namespace Workflow.Engine.Instances;

/// <summary>What a person asked for leads where it may not: the whole burst is refused, and they can ask again with what was missing.</summary>
internal sealed class RefusedException(Rejection why) : HardStopException(why.Describe())
{
    public Rejection Why => why;
}
