using System.Collections.Immutable;
using System.Globalization;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Proof;

/// <summary>Runs a stage in every way that there is, the shortest first.</summary>
internal sealed class StageRun
{
    /// <summary>Bursts that go wrong before the proof stops: one mistake is often met again and again, and a loop that never waits takes long to be noticed each time.</summary>
    private const int MostWrong = 10;

    private readonly DefinitionCheck check;
    private readonly Node stage;
    private readonly WorkflowDefinition definition;
    private readonly World world;
    private readonly ItemRules items;
    private readonly Dictionary<string, Vertex> byKey = [];
    private readonly PriorityQueue<Vertex, (int Length, int Number)> open = new();
    private readonly Dictionary<(string Pointer, string Expected), Violation> violations = [];
    private int wrongBursts;

    public StageRun(Node stage, DefinitionCheck check)
    {
        (this.stage, this.check) = (stage, check);
        definition = StageHold.Around(check.Definition);
        world = ProofWorld.For(check);
        items = new(definition, check, world);
    }

    private string? limitHit;

    private bool MayGoOn => wrongBursts < MostWrong && limitHit is null;

    public StateGraph Explore()
    {
        var (before, begin) = StageHold.Before(definition, stage, ProofWorld.Origin);
        var outside = new Vertex(-1, before);
        outside.ReachFrom(null, []);
        Try(outside, outside, new(begin, false), []);
        while (MayGoOn && open.TryDequeue(out var next, out _))
            if (!next.IsExplored) Expand(next);
        return new(check, stage, byKey.Values, violations.Values, limitHit);
    }

    private void Expand(Vertex vertex)
    {
        vertex.IsExplored = true;
        if (vertex.Open is { } choice)
            for (var option = 0; option < choice.Options; option++) Try(vertex, choice.Rest, choice.Stimulus, choice.Given.Add(option));
        else if (vertex.End is null)
            foreach (var stimulus in Stimuli.Of(vertex.State, definition)) Try(vertex, vertex, stimulus, []);
    }

    /// <param name="from">Where the move begins: at rest, or within the burst at a choice.</param>
    /// <param name="rest">The state that the burst begins with.</param>
    private void Try(Vertex from, Vertex rest, Possible next, ImmutableArray<int> choices)
    {
        try
        {
            switch (Transition.Apply(definition, rest.State, next.Stimulus, world with { Choices = new(choices) }))
            {
                case Step.Advanced step:
                    Arrive(from, rest, next, step);
                    break;
                case Step.Rejected rejected when next.Stimulus is Stimulus.WorkItemCompleted completed:
                    Violate(from, items.CannotComplete(rest.State, completed, rejected.Why, StateGraph.PathTo(rest, [], definition)));
                    break;
            }
        }
        catch (ChoiceOpenException choice)
        {
            // A burst that was broken off goes on from its beginning, so that only within one beginning two are the same.
            var key = $"{rest.Number} {next.Stimulus} {StateKey.Of(choice)}";
            Move(from, rest, key, number => new(number, rest.State) { Open = new(rest, next, choices, choice.Options) }, choice.Burst.Facts, IsSure(from, next));
        }
        catch (InvariantBrokenException broken)
        {
            Violate(from, Violation.At(stage.Pointer, "no way round the end of the stage and post-evaluation", broken.Message, StateGraph.PathTo(rest, [], definition)));
        }
    }

    private void Arrive(Vertex from, Vertex rest, Possible next, Step.Advanced step)
    {
        // An activity whose effect was given up is an incident, which a person decides; what its failure leads to is looked at as everything else.
        if (next.Stimulus is Stimulus.EffectFailed failed && step.Facts.OfType<Fact.TokenFaulted>().Any(fault => fault.Incident.Node == WaitingFor(rest.State, failed.Effect))) return;
        // An item that is wrong by itself does not keep the stage from going on.
        foreach (var violation in items.Check(step, Path)) Note(violation);
        if (StepRules.Check(stage, definition, step, Path).ToList() is { Count: > 0 } wrong)
        {
            foreach (var violation in wrong) Violate(from, violation);
            return;
        }
        var end = step.Facts.OfType<Fact.StageEnded>().FirstOrDefault();
        var after = items.Claimed(step.After);
        var key = end is null ? StateKey.Of(after, definition) : $"ended {end.Outcome}";
        Move(from, rest, key, number => new(number, Resting(after)) { End = end?.Outcome }, step.Facts, IsSure(from, next));

        IReadOnlyList<string> Path(Node until) => StateGraph.PathTo(rest, Ran(step.Facts), definition, until);
    }

    private static string? WaitingFor(WorkflowInstance state, int effect) =>
        state.Bookmarks.FirstOrDefault(wait => wait.Kind == BookmarkKind.Effect && wait.Key == effect.ToString(CultureInfo.InvariantCulture))?.Node;

    private void Move(Vertex from, Vertex rest, string key, Func<int, Vertex> create, ImmutableArray<Fact> facts, bool isSure)
    {
        if (!byKey.TryGetValue(key, out var to))
        {
            byKey[key] = to = create(byKey.Count);
            var limits = check.Limits;
            if (byKey.Count > limits.ProofStates) limitHit = $"a stage of at most {limits.ProofStates} states (setting Definitions:{nameof(limits.ProofStates)})";
            else if (to.State.Tokens.Length > limits.ProofWidth) limitHit = $"a stage in which at most {limits.ProofWidth} activities run at once (setting Definitions:{nameof(limits.ProofWidth)})";
        }
        if (to.ReachFrom(rest.Number < 0 ? null : rest, Ran(facts))) open.Enqueue(to, (to.Length, to.Number));
        from.Moves.Add(new(to, isSure, Ended(rest.State, facts)));
    }

    /// <summary>Within a burst nothing is waited for.</summary>
    private static bool IsSure(Vertex from, Possible next) => from.Open is not null || next.IsSure;

    private void Violate(Vertex from, Violation violation)
    {
        // What is wrong here already is not wrong for a second reason.
        from.IsExplored = false;
        wrongBursts++;
        Note(violation);
    }

    private void Note(Violation violation) => violations.TryAdd((violation.Pointer, violation.Expected), violation);

    /// <summary>Nodes of the activities that began, without the stage and its body, which always do.</summary>
    private ImmutableArray<string> Ran(IEnumerable<Fact> facts) =>
        [.. facts.OfType<Fact.TokenCreated>().Select(created => created.Node).Where(node => node != stage.Id && !(definition.Nodes[node].Parent == stage && definition.Nodes[node].Children.Any()))];

    /// <summary>Nodes whose waits have ended.</summary>
    private static ImmutableArray<string> Ended(WorkflowInstance before, ImmutableArray<Fact> facts)
    {
        var nodes = facts.Select(fact => fact switch
        {
            Fact.BookmarkRemoved removed => before.FindBookmark(removed.Bookmark)?.Node,
            Fact.ItemWithdrawn withdrawn => Item(withdrawn.Item),
            Fact.ItemCompleted completed => Item(completed.Item),
            _ => null,
        });
        return [.. nodes.OfType<string>()];

        string? Item(int number) => before.WorkItems.FirstOrDefault(item => item.Number == number)?.Node;
    }

    /// <summary>Without what does not decide where it goes on to: what has ended (but answers of a joint sign that is open), clocks, and times, so that going round takes no time.</summary>
    private static WorkflowInstance Resting(WorkflowInstance state) => state with
    {
        UpdatedAt = ProofWorld.Origin,
        Bookmarks = [.. state.Bookmarks.Select(wait => wait with { CreatedAt = ProofWorld.Origin, DueAt = wait.DueAt is null ? null : ProofWorld.Later })],
        WorkItems = [.. state.WorkItems.Where(item => item.IsOpen || (item.Signing is not null && state.Tokens.Any(token => token.Id == item.Token)))],
        Incidents = [.. state.Incidents.Where(incident => incident.IsOpen)],
        Clocks = [],
    };
}
