using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Tests.Clocks;

namespace Workflow.Activities.Tests.RandomWorkflows;

/// <summary>One instance of a random workflow, moved by stimuli under the checks of <see cref="Promises"/> and those of tokens.</summary>
internal sealed class WorkflowPlay
{
    private readonly Promises promises;
    private readonly HashSet<int> living = [];
    private readonly HashSet<int> numbers = [];

    public WorkflowPlay(RandomCase @case)
    {
        (First, Second) = (@case.Read(@case.Document), @case.Read(@case.Next));
        Definition = First;
        promises = new(First);
        State = new(new(Guid.Parse("0199e000-0000-7000-8000-000000000002")), First.Id);
    }

    public WorkflowDefinition First { get; }

    public WorkflowDefinition Second { get; }

    /// <summary>The version that the instance has now.</summary>
    public WorkflowDefinition Definition { get; private set; }

    public WorkflowInstance State { get; private set; }

    public DateTimeOffset Now { get; set; } = Calendars.At("2026-09-14T10:00+08:00");

    /// <summary>Every stimulus so far, with what it did.</summary>
    public List<(Stimulus Stimulus, Step Step, WorkflowDefinition Definition)> Played { get; } = [];

    public bool IsOver => State.Status.IsFinal() || State.Tokens.Length > 150;

    /// <summary>What the stimulus would do if it came now.</summary>
    public Step Try(Stimulus stimulus) => Transition.Apply(Definition, State, stimulus, WorldOf(Definition));

    public Step Apply(Stimulus stimulus)
    {
        Played.Add((stimulus, new Step.Advanced(State, []), Definition));
        var step = Try(stimulus);
        Played[^1] = (stimulus, step, Definition);
        Promises.CheckPure(step, Try(stimulus));
        if (step is not Step.Advanced advanced) return step;

        if (advanced.After.Definition != Definition.Id) Definition = promises.Definition = Other(Definition);
        State = promises.CheckBurst(State, advanced);
        CheckTokens(advanced.Facts);
        return step;
    }

    private World WorldOf(WorkflowDefinition definition) => An.World with { MigrationTarget = Other(definition) };

    private WorkflowDefinition Other(WorkflowDefinition definition) => definition == First ? Second : First;

    /// <summary>A token begins once, ends once at most, and what neither ended nor is there cannot be.</summary>
    private void CheckTokens(ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
            if (fact is Fact.TokenCreated created)
            {
                if (!numbers.Add(created.Token) || !living.Add(created.Token)) throw new InvalidOperationException($"token {created.Token} began twice");
            }
            else if (fact is Fact.TokenEnded ended && !living.Remove(ended.Token)) throw new InvalidOperationException($"token {ended.Token} ended twice, or never began");
        State.Tokens.Select(token => token.Id).ShouldBe(living, ignoreOrder: true, "tokens got lost or came from nowhere");
    }
}
