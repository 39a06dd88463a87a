using System.Collections.Immutable;
using Workflow.Activities.ControlFlow;
using Workflow.Activities.Loops;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Tests.RandomWorkflows;

/// <summary>How often the random workflows met what they are meant to meet.</summary>
internal sealed class WorkflowTally
{
    private static readonly string[] Wanted =
    [
        "charts CounterBased", "charts TokenBased", "nested charts", "workflows used as activities", "dead paths skipped", "stalled",
        "loop While", "loop For", "loop ForEach", "loop ParallelForEach", "loop by a way back", "breaks",
        "join CounterBased WaitAll", "join CounterBased WaitAllActive", "join CounterBased WaitAny", "join TokenBased WaitAll", "join TokenBased WaitAllActive", "join TokenBased WaitAny",
        "implicit join CounterBased", "merge none", "merge Stream", "merge Merge", "merge Converge", "merge Cascade", "merge Race", "races that cancelled something",
        "fork WaitAll", "fork WaitAny", "detached runs", "triggered starts",
        "wait Elsa.Event", "wait Elsa.Delay", "wait Elsa.Timer", "wait Elsa.Cron", "wait Elsa.StartAt", "wait Elsa.RunTask", "wait Elsa.ReadLine", "wait effect", "wait child",
        "child instances", "events published", "parents told", "timers fired", "effects done", "effects failed", "children ended",
        "faults", "stopped by a fault", "went on with an incident", "decision Retry", "decision Skip", "decision Cancel",
        "variables modified", "activities scheduled", "activities cancelled", "migrations done", "migrations refused", "alterations refused",
        "ended Finished", "ended Cancelled", "refusals", "repeats refused",
    ];

    private readonly SortedDictionary<string, int> met = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> All => met;

    public IEnumerable<string> Missing => Wanted.Where(what => met.GetValueOrDefault(what) == 0);

    public void Count(WorkflowPlay play)
    {
        var earlier = new HashSet<Stimulus>();
        var tokens = new Dictionary<int, Node>();
        var entered = new HashSet<(int?, string)>();
        foreach (var (stimulus, step, definition) in play.Played)
        {
            Stimuli(stimulus, step, !earlier.Add(stimulus with { At = default }));
            if (step is not Step.Advanced advanced) continue;
            var now = advanced.After.Definition == play.First.Id ? play.First : play.Second;
            Races(advanced.Facts, tokens, now);
            foreach (var fact in advanced.Facts)
            {
                if (fact is Fact.TokenCreated created) Created(created, tokens[created.Token] = now.Nodes[created.Node], now, entered);
                Facts(fact);
                if (fact is Fact.TokenCountsSet counts) Met("dead paths skipped", advanced.After.Tokens.FirstOrDefault(token => token.Id == counts.Token) is { } chart
                    && counts.Values.Any(count => count is { Key: ['c', ':', ..], Value: > 0 } && chart.Counts.GetValueOrDefault("f:" + count.Key[2..]) == 0));
            }
            Met("went on with an incident", advanced.After is { Status: InstanceStatus.Running } after && after.Incidents.Any(incident => incident.IsOpen));
        }
        Met("stalled", play.State.IsStalled);
    }

    private void Stimuli(Stimulus stimulus, Step step, bool isRepeated)
    {
        var isRefused = step is Step.Rejected;
        Met("refusals", isRefused);
        Met("repeats refused", isRefused && isRepeated);
        switch (stimulus)
        {
            case Stimulus.Started { Trigger: not null }: Met("triggered starts"); break;
            case Stimulus.TimerFired: Met("timers fired", !isRefused); break;
            case Stimulus.EffectCompleted: Met("effects done", !isRefused); break;
            case Stimulus.EffectFailed: Met("effects failed", !isRefused); break;
            case Stimulus.ChildEnded: Met("children ended", !isRefused); break;
            case Stimulus.Altered altered: Alterations(altered.Alterations, step); break;
        }
    }

    private void Alterations(ImmutableArray<Alteration> alterations, Step step)
    {
        Met("alterations refused", step is Step.Rejected { Why.Reason: Reason.AlterationRefused });
        Met("migrations refused", step is Step.Rejected { Why: { Reason: Reason.AlterationRefused, Problems: [{ Pointer: var pointer, Expected: var expected }] } }
            && pointer.EndsWith("/targetVersion", StringComparison.Ordinal) && expected.StartsWith("a version with a counterpart", StringComparison.Ordinal));
        if (step is Step.Rejected) return;
        foreach (var alteration in alterations)
            Met(alteration switch
            {
                Alteration.ModifyVariable => "variables modified",
                Alteration.ScheduleActivity => "activities scheduled",
                Alteration.CancelActivity => "activities cancelled",
                _ => "migrations done",
            });
    }

    private void Created(Fact.TokenCreated created, Node node, WorkflowDefinition definition, HashSet<(int?, string)> entered)
    {
        Met("detached runs", created.Parent is null && node != definition.Root);
        Met("workflows used as activities", node.Type.UsedWorkflow is not null);
        Met("breaks", node.Type is Break);
        if (node.Type is Loop) Met($"loop {node.Type.Descriptor.Type["Elsa.".Length..]}", node.Ports.ContainsKey("body"));
        if (node.Type is Fork) Met($"fork {node.LiteralText("joinMode")}");
        if (node.Type is Flowchart)
        {
            Met($"charts {ModeOf(node, definition)}");
            Met("nested charts", Around(node));
        }
        if (node.Parent?.Type is not Flowchart) return;
        Met("loop by a way back", !entered.Add((created.Parent, node.Id)));
        if (FlowGraph.Of(node.Parent).ForwardInbound(node).Length > 1) Joined(node, ModeOf(node.Parent, definition));
    }

    private void Joined(Node node, FlowchartMode mode)
    {
        if (node.Type is FlowJoin) Met($"join {mode} {node.LiteralText("mode")}");
        else if (mode == FlowchartMode.CounterBased) Met("implicit join CounterBased");
        else Met($"merge {MergeOf(node) ?? "none"}");
    }

    private void Facts(Fact fact)
    {
        switch (fact)
        {
            case Fact.BookmarkCreated created: Met($"wait {created.Bookmark.Kind}"); break;
            case Fact.EffectRequested { Effect.Kind: "start-child" }: Met("child instances"); break;
            case Fact.EffectRequested { Effect.Kind: "publish-event" }: Met("events published"); break;
            case Fact.EffectRequested { Effect.Kind: "tell-parent" }: Met("parents told"); break;
            case Fact.TokenFaulted: Met("faults"); break;
            case Fact.InstanceFaulted: Met("stopped by a fault"); break;
            case Fact.IncidentResolved resolved: Met($"decision {resolved.Decision}"); break;
            case Fact.InstanceEnded ended: Met($"ended {ended.Status}"); break;
        }
    }

    /// <summary>A join for the first, or a race, ran in the burst in which something before it in the same chart was cancelled.</summary>
    private void Races(ImmutableArray<Fact> facts, Dictionary<int, Node> tokens, WorkflowDefinition definition)
    {
        var cancelled = facts.OfType<Fact.TokenEnded>().Where(ended => ended.Outcomes is null).Select(ended => tokens.GetValueOrDefault(ended.Token)?.Id).OfType<string>().ToHashSet();
        if (cancelled.Count == 0) return;
        foreach (var created in facts.OfType<Fact.TokenCreated>())
            if (definition.Nodes[created.Node] is { Parent: { Type: Flowchart } chart } node && ((node.Type is FlowJoin && FlowJoin.ModeOf(node) == FlowJoinMode.WaitAny) || MergeOf(node) == "Race"))
                Met("races that cancelled something", cancelled.Any(before => FlowGraph.Of(chart).IsAncestor(before, node.Id)));
    }

    private static string? MergeOf(Node node) => node.Plain("customProperties")?.Text("mergeMode");

    private static FlowchartMode ModeOf(Node chart, WorkflowDefinition definition) => FlowchartModes.Of(chart.Json) ?? definition.FlowchartMode;

    private static bool Around(Node node)
    {
        for (var at = node.Parent; at is not null; at = at.Parent)
            if (at.Type is Flowchart) return true;
        return false;
    }

    private void Met(string what, bool isSo = true) => met[what] = met.GetValueOrDefault(what) + (isSo ? 1 : 0);
}
