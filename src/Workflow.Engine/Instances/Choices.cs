using System.Collections.Immutable;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Instances;

/// <summary>
/// Takes the place of data while the states of a definition are explored (<c>Workflow.Engine.Proof</c>): where an activity would evaluate an expression
/// or run a script, the burst asks here for one of the possible results. A question beyond the answers that were given breaks the burst off, so
/// that whoever explores can give each answer in turn.
/// </summary>
/// <param name="answers">What to answer, in the order of the questions.</param>
internal sealed class Choices(ImmutableArray<int> answers)
{
    private int taken;
    private int facts = -1;
    private int first;

    /// <returns>Which of the possible results it is.</returns>
    public int Take(Burst burst, int token, int options)
    {
        if (options == 1) return 0;
        // The activity has asked before and changed nothing since: only its answers tell that question from this one.
        if (facts != burst.FactCount) (facts, first) = (burst.FactCount, taken);
        return taken < answers.Length ? answers[taken++] : throw new ChoiceOpenException(burst, token, options, answers[first..]);
    }
}

/// <summary>The burst asks for a result that nobody has chosen yet.</summary>
/// <param name="latest">What the same activity was answered since it changed anything.</param>
internal sealed class ChoiceOpenException(Burst burst, int token, int options, ImmutableArray<int> latest) : HardStopException("a choice is open")
{
    /// <summary>The burst as far as it got.</summary>
    public Burst Burst => burst;

    public int Token => token;

    public int Options => options;

    public ImmutableArray<int> Latest => latest;
}
