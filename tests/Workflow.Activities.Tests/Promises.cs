using System.Collections.Immutable;
using Workflow.Activities.ControlFlow;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Tests;

/// <summary>What must hold of every burst of every instance.</summary>
internal sealed class Promises(WorkflowDefinition definition)
{
    private WorkflowInstance? folded;

    /// <summary>The version that the instance has now: a migration changes it.</summary>
    public WorkflowDefinition Definition { get; set; } = definition;

    private readonly HashSet<int> numbers = [];

    /// <summary>What was recorded before this state is not known here.</summary>
    public void GoOn(WorkflowInstance stored) => folded = stored;

    /// <summary>The same stimulus on the same state gives the same step.</summary>
    public static void CheckPure(Step step, Step again)
    {
        Text(again).ShouldBe(Text(step), "the same stimulus on the same state gave another result");
    }

    /// <returns>The state after the burst, as it is stored and read again.</returns>
    public WorkflowInstance CheckBurst(WorkflowInstance before, Step.Advanced step)
    {
        var (after, text) = (step.After, InstanceJson.Write(step.After));
        if (step.Facts.IsEmpty)
        {
            text.ShouldBe(InstanceJson.Write(before), "the state changed without a fact");
            return before;
        }
        after.Revision.ShouldBe(before.Revision + 1);
        var stored = InstanceJson.Read<WorkflowInstance>(text);
        InstanceJson.Write(stored).ShouldBe(text, "the state is not read as it was written");

        // The fold of all facts so far, as they would be read from the journal.
        var draft = new InstanceDraft(folded ?? new(after.Id, Definition.Id));
        foreach (var fact in InstanceJson.Read<ImmutableArray<Fact>>(InstanceJson.Write(step.Facts))) draft.Apply(fact, after.UpdatedAt);
        folded = draft.ToInstance(after.UpdatedAt);
        InstanceJson.Write(folded).ShouldBe(text, "the state is not the fold of its facts");

        CheckNumbers(after, step.Facts);
        CheckClocks(before, after);
        CheckWaits(after);
        Invariants.Check(Definition, after);
        if (Definition.IsTask && after.Status.IsFinal()) after.Task!.IsClosed.ShouldBeTrue();
        return stored;
    }

    private void CheckNumbers(WorkflowInstance after, ImmutableArray<Fact> facts)
    {
        foreach (var number in facts.SelectMany(NumbersOf))
            if (!numbers.Add(number)) throw new InvalidOperationException($"number {number} was given twice");
        if (numbers.Count > 0) after.LastNumber.ShouldBe(numbers.Max());
    }

    /// <summary>A ledger adds up to the target; a due time moves with an entry that says why; what has fired has fired.</summary>
    private static void CheckClocks(WorkflowInstance before, WorkflowInstance after)
    {
        foreach (var clock in after.Clocks)
        {
            var counted = clock.Ledger.Where(entry => entry.Counted).ToList();
            if (clock.State == ClockState.Running && clock.Target is SlaTarget.Time time) counted.Sum(entry => (entry.To - entry.From).Ticks).ShouldBe(time.Length.Ticks, $"the ledger of clock {clock.Id} does not add up");
            if (clock.State == ClockState.Running && clock.Target is SlaTarget.Days { Unit: not DayUnit.Month } days) counted.Sum(entry => entry.Days).ShouldBe(days.Count, $"the ledger of clock {clock.Id} does not add up");
            if (clock.State == ClockState.Running) clock.Spans.Last().To.ShouldBeNull();
            if (clock.IsOpen && clock.State == ClockState.Stopped) clock.Spans.Last().To.ShouldNotBeNull();
            if (before.Clocks.FirstOrDefault(same => same.Id == clock.Id) is not { } was) continue;
            var isMoved = (was.Due, was.Policy.Target) != (clock.Due, clock.Policy.Target);
            if (isMoved) (clock.Changes.Length > was.Changes.Length && clock.Changes[^1].After == clock.Due).ShouldBeTrue($"clock {clock.Id} moved and does not say why");
            foreach (var rung in was.Rungs.Where(rung => rung.FiredAt is not null)) clock.Rungs.ShouldContain(rung, "a rung that had fired changed");
        }
    }

    /// <summary>An activity that runs has children, waits, is worked on, or has failed: anything else would never end.</summary>
    private void CheckWaits(WorkflowInstance after)
    {
        var stuck = after.Tokens.Where(token =>
            !token.IsFaulted && !after.Tokens.Any(child => child.Parent == token.Id) && !after.Bookmarks.Any(bookmark => bookmark.Token == token.Id)
            && !after.WorkItems.Any(item => item.IsOpen && item.Token == token.Id)).ToList();
        if (stuck.FirstOrDefault(token => !MayStall(Definition.Nodes[token.Node])) is { } wrong) throw new InvalidOperationException($"{wrong.Node} (token {wrong.Id}) waits for nothing");
        after.IsStalled.ShouldBe(stuck.Count > 0 && after.Status == InstanceStatus.Running, "what waits for ever has to say so");
    }

    /// <summary>A merge of a token-based flowchart may wait for a path that nobody took.</summary>
    private bool MayStall(Node node) => node.Type is Flowchart && (FlowchartModes.Of(node.Json) ?? Definition.FlowchartMode) == FlowchartMode.TokenBased;

    private static IEnumerable<int> NumbersOf(Fact fact) => fact is Fact.LadderRungReached reached
        // What goes outside is named by the effect that it asks for.
        ? reached.Notices.Where(notice => notice.SentAt is not null).Select(notice => notice.Number)
        : NumberOf(fact) is { } number ? [number] : [];

    private static int? NumberOf(Fact fact) => fact switch
    {
        Fact.TokenCreated created => created.Token,
        Fact.TokenFaulted faulted => faulted.Incident.Id,
        Fact.BurstFailed failed => failed.Incident.Id,
        Fact.BookmarkCreated created => created.Bookmark.Id,
        Fact.ItemOffered offered => offered.Item.Number,
        Fact.ClockStarted started => started.Clock.Id,
        Fact.EffectRequested requested => requested.Effect.Id,
        Fact.ItemCopied copied => copied.Number,
        Fact.NumbersGiven given => given.Last,
        _ => null,
    };

    private static string Text(Step step) => step switch
    {
        Step.Advanced advanced => InstanceJson.Write(advanced.After) + InstanceJson.Write(advanced.Facts),
        Step.Rejected rejected => InstanceJson.Write(rejected.Why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
