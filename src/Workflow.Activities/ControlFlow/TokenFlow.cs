using System.Collections.Immutable;
using System.Text.Json;
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
/// </summary>
internal sealed class TokenFlow
{
    private const string Key = "tokens";
    private const char BlockMark = '!';

    private readonly ActivityContext context;
    private readonly FlowGraph graph;
    private readonly List<FlowToken> tokens;

    private TokenFlow(ActivityContext context)
    {
        this.context = context;
        graph = FlowGraph.Of(context.Node);
        tokens = context.State(Key) is { } stored ? [.. stored.EnumerateArray().Select(Read).OfType<FlowToken>()] : [];
    }

    /// <summary>Goes on from a child that has completed. False: tokens still wait, so the flowchart may not complete.</summary>
    public static bool Leave(ActivityContext context, Node child, ImmutableArray<string> outcomes)
    {
        var flow = new TokenFlow(context);
        flow.Leave(child, outcomes);
        flow.Save();
        return !flow.tokens.Exists(token => !token.IsBlock);
    }

    /// <summary>Ends whatever still runs on a way to a node.</summary>
    public static void CancelAncestors(ActivityContext context, Node node)
    {
        var flow = new TokenFlow(context);
        flow.CancelAncestors(node.Id);
        flow.Save();
    }

    /// <summary>The flows over which merges still wait for an arrival.</summary>
    public static IReadOnlyList<string> Awaited(ActivityContext context)
    {
        var flow = new TokenFlow(context);
        var merges = flow.tokens.Where(token => !token.IsBlock).Select(token => flow.graph.ById[flow.TargetOf(token.Flow)]).Distinct()
            .Where(target => ModeOf(target) is MergeMode.Merge or MergeMode.Converge);
        return [.. merges.SelectMany(target => flow.Inbound(target)).Where(inbound => !flow.tokens.Exists(token => !token.IsBlock && token.Flow == inbound)).Select(inbound => flow.graph.Keys[inbound])];
    }

    private void Save()
    {
        if (tokens.Count > 0 || context.State(Key) is not null) context.SetState(Key, tokens.Select(Write));
    }

    private void Leave(Node child, ImmutableArray<string> outcomes)
    {
        var followed = graph.Outbound(child.Id).Where(index => outcomes.Contains(graph.Flowchart.Flows[index].Port)).ToList();
        tokens.RemoveAll(token => !token.IsBlock && TargetOf(token.Flow) == child.Id);
        tokens.AddRange(followed.Select(index => new FlowToken(index, IsBlock: false)));
        foreach (var flow in followed) Arrive(flow);
    }

    private void Arrive(int flow)
    {
        var target = graph.ById[TargetOf(flow)];
        var isReady = ModeOf(target) switch
        {
            MergeMode.Merge or MergeMode.Converge => HasAll(Inbound(target)),
            MergeMode.Race => IsFirst(flow, cancels: true),
            MergeMode.Cascade => IsFirst(flow, cancels: false),
            _ => !graph.ForwardInbound(target.Id).Any(inbound => tokens.Exists(token => !token.IsBlock && TargetOf(token.Flow) == graph.Flowchart.Flows[inbound].Source)),
        };
        if (isReady) context.Schedule(target);
    }

    /// <summary>The flows that a merge counts.</summary>
    private ImmutableArray<int> Inbound(Node target) =>
        ModeOf(target) == MergeMode.Converge
            ? [.. graph.Flowchart.Flows.Index().Where(flow => flow.Item.Target == target.Id).Select(flow => flow.Index)]
            : graph.ForwardInbound(target.Id);

    private bool HasAll(ImmutableArray<int> inbound) =>
        inbound.Length <= 1 || inbound.All(flow => tokens.Exists(token => !token.IsBlock && token.Flow == flow));

    private bool IsFirst(int flow, bool cancels)
    {
        var target = TargetOf(flow);
        if (cancels) CancelAncestors(target);
        if (tokens.FindIndex(token => token.IsBlock && token.Flow == flow) is var block and >= 0)
        {
            // As in Elsa the token of the late arrival stays and keeps the flowchart from completing, see Flowchart.Stalled.
            tokens.RemoveAt(block);
            return false;
        }
        tokens.AddRange(graph.ForwardInbound(target).Where(other => SourceOf(other) != SourceOf(flow)).Select(other => new FlowToken(other, IsBlock: true)));
        return true;
    }

    private void CancelAncestors(string target)
    {
        foreach (var ancestor in context.ActiveChildren.Where(active => graph.IsAncestor(active, target)))
            while (context.IsActive(ancestor))
            {
                context.CancelChild(ancestor);
                tokens.RemoveAll(token => SourceOf(token.Flow) == ancestor || TargetOf(token.Flow) == ancestor);
            }
    }

    /// <summary>Written by the flow's ends, with a mark when it is a block; a token of a flow that this version does not have is gone.</summary>
    private FlowToken? Read(JsonElement stored)
    {
        var text = stored.GetString()!;
        return graph.FlowOf(text.TrimStart(BlockMark)) is { } flow ? new(flow, text[0] == BlockMark) : null;
    }

    private string Write(FlowToken token) => token.IsBlock ? BlockMark + graph.Keys[token.Flow] : graph.Keys[token.Flow];

    private string TargetOf(int flow) => graph.Flowchart.Flows[flow].Target;

    private string SourceOf(int flow) => graph.Flowchart.Flows[flow].Source;

    internal static MergeMode ModeOf(Node target) =>
        target.Type is FlowJoin
            ? FlowJoin.ModeOf(target) == FlowJoinMode.WaitAny ? MergeMode.Race : MergeMode.Merge
            : Values.ToEnum<MergeMode>(target.Plain("customProperties")?.Text("mergeMode")) ?? MergeMode.Stream;

    /// <param name="IsBlock">Swallows the next arrival over this flow.</param>
    private sealed record FlowToken(int Flow, bool IsBlock);
}
