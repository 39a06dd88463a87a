using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ControlFlow;

/// <summary>How an activity of a token-based flowchart treats what arrives over several flows.</summary>
internal enum MergeMode
{
    /// <summary>Runs for each arrival, unless an activity before it still has an arrival of its own to deal with.</summary>
    Stream,

    /// <summary>Waits for an arrival over every forward flow.</summary>
    Merge,

    /// <summary>Waits for an arrival over every flow, backward ones included.</summary>
    Converge,

    /// <summary>Runs at the first arrival; those over the other flows are swallowed.</summary>
    Cascade,

    /// <summary>As <see cref="Cascade"/>, and cancels what still runs on a way to it.</summary>
    Race,
}

/// <summary>
/// The token-based mode of a flowchart: a completed activity sends a token over each flow it follows; the merge mode of the target decides
/// what arriving tokens do. There is no dead-path elimination: a merge over a path that nobody takes waits for ever, which the instance shows as stalled.
/// How many tokens wait at the end of a flow, and how many of the next arrivals over it are swallowed (blocks), are counters named by the flow's ends.
/// </summary>
internal sealed class TokenFlow
{
    private readonly ActivityContext context;
    private readonly FlowCounters counters;
    private readonly FlowGraph graph;
    private readonly Keys keys;

    private TokenFlow(ActivityContext context)
    {
        this.context = context;
        counters = new(context);
        graph = FlowGraph.Of(context.Node);
        keys = context.Node.Derive(static flowchart => new Keys(FlowGraph.Of(flowchart)));
    }

    /// <summary>Goes on from a child that has completed.</summary>
    public static void Leave(ActivityContext context, Node child, ImmutableArray<string> outcomes)
    {
        var flow = new TokenFlow(context);
        flow.Leave(child, outcomes);
        flow.counters.Save();
    }

    /// <summary>Ends whatever still runs on a way to a node.</summary>
    public static void CancelAncestors(ActivityContext context, Node node)
    {
        var flow = new TokenFlow(context);
        flow.CancelAncestors(node.Id);
        flow.counters.Save();
    }

    /// <summary>Runs an activity again; no token is left on the flows to what follows from it.</summary>
    public static void GoBack(ActivityContext context, Node to, IReadOnlySet<string> behind)
    {
        var flow = new TokenFlow(context);
        foreach (var inbound in behind.Append(to.Id).SelectMany(node => flow.graph.Inbound(flow.graph.ById[node])))
        {
            flow.counters.Set(flow.keys.Tokens[inbound], 0);
            flow.counters.Set(flow.keys.Blocks[inbound], 0);
        }
        flow.counters.Save();
        context.Schedule(to);
    }

    /// <summary>True while tokens wait: the flowchart may not complete.</summary>
    public static bool IsHeld(ActivityContext context)
    {
        var flow = new TokenFlow(context);
        return Enumerable.Range(0, flow.graph.Flowchart.Flows.Length).Any(flow.HasToken);
    }

    /// <summary>The flows over which merges still wait for an arrival.</summary>
    public static IReadOnlyList<string> Awaited(ActivityContext context)
    {
        var flow = new TokenFlow(context);
        var merges = Enumerable.Range(0, flow.graph.Flowchart.Flows.Length).Where(flow.HasToken).Select(flow.graph.TargetOf).Distinct()
            .Where(target => ModeOf(target) is MergeMode.Merge or MergeMode.Converge);
        return [.. merges.SelectMany(target => flow.Counted(target)).Where(inbound => !flow.HasToken(inbound)).Select(inbound => flow.graph.Keys[inbound])];
    }

    private void Leave(Node child, ImmutableArray<string> outcomes)
    {
        foreach (var flow in graph.Inbound(child)) counters.Set(keys.Tokens[flow], 0);
        var followed = graph.Outbound(child).Where(flow => outcomes.Contains(graph.Flowchart.Flows[flow].Port)).ToList();
        foreach (var flow in followed) counters.Add(keys.Tokens[flow], 1);
        foreach (var flow in followed) Arrive(flow);
    }

    private void Arrive(int flow)
    {
        var target = graph.TargetOf(flow);
        var isReady = ModeOf(target) switch
        {
            MergeMode.Merge or MergeMode.Converge => Counted(target) is { Length: <= 1 } || Counted(target).All(HasToken),
            MergeMode.Race => IsFirst(flow, cancels: true),
            MergeMode.Cascade => IsFirst(flow, cancels: false),
            _ => !graph.ForwardInbound(target).Any(inbound => graph.Inbound(graph.SourceOf(inbound)).Any(HasToken)),
        };
        if (isReady) context.Schedule(target);
    }

    private bool HasToken(int flow) => counters.Of(keys.Tokens[flow]) > 0;

    /// <summary>The flows that a merge counts.</summary>
    private ImmutableArray<int> Counted(Node target) => ModeOf(target) == MergeMode.Converge ? graph.Inbound(target) : graph.ForwardInbound(target);

    private bool IsFirst(int flow, bool cancels)
    {
        var target = graph.TargetOf(flow);
        if (cancels) CancelAncestors(target.Id);
        if (counters.Of(keys.Blocks[flow]) > 0)
        {
            // As in Elsa the token of the late arrival stays and keeps the flowchart from completing, see Flowchart.Stalled.
            counters.Add(keys.Blocks[flow], -1);
            return false;
        }
        foreach (var other in graph.ForwardInbound(target))
            if (graph.SourceOf(other) != graph.SourceOf(flow)) counters.Add(keys.Blocks[other], 1);
        return true;
    }

    private void CancelAncestors(string target)
    {
        foreach (var ancestor in context.ActiveChildren.Where(active => active != target && graph.IsAncestor(active, target)))
            while (context.IsActive(ancestor))
            {
                context.CancelChild(ancestor);
                foreach (var flow in graph.Inbound(graph.ById[ancestor]).Concat(graph.Outbound(ancestor)))
                {
                    counters.Set(keys.Tokens[flow], 0);
                    counters.Set(keys.Blocks[flow], 0);
                }
            }
    }

    /// <summary>Whether a counter is one of this mode.</summary>
    public static bool IsCounter(string counter) => counter.StartsWith(Keys.Token, StringComparison.Ordinal) || counter.StartsWith(Keys.Block, StringComparison.Ordinal);

    internal static MergeMode ModeOf(Node target) => target.Derive(static node =>
        node.Type is FlowJoin
            ? FlowJoin.ModeOf(node) == FlowJoinMode.WaitAny ? MergeMode.Race : MergeMode.Merge
            : Values.ToEnum<MergeMode>(node.Plain("customProperties")?.Text("mergeMode")) ?? MergeMode.Stream);

    /// <summary>Names of the counters of each flow.</summary>
    private sealed class Keys(FlowGraph graph)
    {
        public const string Token = "token:";
        public const string Block = "block:";

        public ImmutableArray<string> Tokens { get; } = [.. graph.Keys.Select(key => Token + key)];

        public ImmutableArray<string> Blocks { get; } = [.. graph.Keys.Select(key => Block + key)];
    }
}
