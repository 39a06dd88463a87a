using System.Collections.Immutable;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Proof;

/// <summary>A state that the stage can be in: at rest after a burst, or within a burst, before a choice.</summary>
/// <param name="state">The state; within a burst, the one that the burst began with.</param>
internal sealed class Vertex(int number, WorkflowInstance state)
{
    public int Number => number;

    public WorkflowInstance State => state;

    /// <summary>The choice that is open; null at rest.</summary>
    public OpenChoice? Open { get; init; }

    /// <summary>How the stage ended with this; null while it runs.</summary>
    public StageOutcome? End { get; init; }

    /// <summary>The state at rest before, on the shortest way.</summary>
    public Vertex? From { get; private set; }

    /// <summary>Nodes of the activities that ran since, in order.</summary>
    public ImmutableArray<string> Ran { get; private set; } = [];

    /// <summary>How many activities run on the shortest way.</summary>
    public int Length { get; private set; } = int.MaxValue;

    public List<Move> Moves { get; } = [];

    /// <summary>False where the proof went no further: the limit was reached, or something is wrong there already.</summary>
    public bool IsExplored { get; set; }

    /// <returns>False when a way that is as short was known.</returns>
    public bool ReachFrom(Vertex? from, ImmutableArray<string> ran)
    {
        var length = (from?.Length ?? 0) + ran.Length;
        if (IsExplored || length >= Length) return false;
        (From, Ran, Length) = (from, ran, length);
        return true;
    }
}

/// <summary>A burst that was broken off at a choice.</summary>
/// <param name="Rest">The state that it began with.</param>
/// <param name="Given">The choices until then.</param>
/// <param name="Options">How many there are to choose from.</param>
internal sealed record OpenChoice(Vertex Rest, Possible Stimulus, ImmutableArray<int> Given, int Options);

/// <param name="IsSure">It comes by itself or by a deadline; false for what may never come.</param>
/// <param name="Ended">Nodes whose waits it ends.</param>
internal sealed record Move(Vertex To, bool IsSure, ImmutableArray<string> Ended);
