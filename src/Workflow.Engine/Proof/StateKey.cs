using System.Globalization;
using System.Text;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Proof;

/// <summary>
/// Tells states apart by what decides where they can go: which activities run inside which, what they remember and count, what they wait for, what has failed, what is
/// queued, and which figures of the post-evaluation are given. Numbers, times, variables and what lies behind are left out, and so is which of two activities began first.
/// </summary>
internal static class StateKey
{
    /// <summary>At rest.</summary>
    public static string Of(WorkflowInstance state, WorkflowDefinition definition) => Of(state.Tokens, state.Bookmarks, state.WorkItems, definition) + Evaluated(state.Task);

    /// <summary>Within a burst, before a choice of one of its activities.</summary>
    public static string Of(ChoiceOpenException open)
    {
        var (draft, text) = (open.Burst.Draft, new StringBuilder());
        text.Append(draft.FindToken(open.Token)!.Node).Append(':').AppendJoin(',', open.Latest).Append('\n');
        foreach (var next in open.Burst.Queued) text.Append(next.Node.Id).Append('<').Append(next.Parent is { } parent ? draft.FindToken(parent)?.Node : null).Append('\n');
        return text.Append(Of(draft.Tokens, draft.Bookmarks, draft.WorkItems, open.Burst.Definition)).Append(Evaluated(draft.Task)).ToString();
    }

    /// <summary>A task closes only with its figures.</summary>
    private static string Evaluated(TaskState? task) => task is null ? "" : string.Concat(EvaluationDesk.Given(task).Select(figure => $" +{figure}"));

    private static string Of(IReadOnlyList<Token> tokens, IReadOnlyList<Bookmark> waits, IReadOnlyList<WorkItem> items, WorkflowDefinition definition)
    {
        var children = tokens.ToLookup(token => token.Parent ?? 0);
        var waiting = waits.ToLookup(wait => wait.Token);
        var open = items.Where(item => item.IsOpen).ToLookup(item => item.Token);
        var answers = items.Where(item => item.Signing is not null && item.State is WorkItemState.Done).ToLookup(item => item.Token, item => ((WorkItemState.Done)item.State).Outcome);
        return Join(children[0].Select(Describe));

        string Describe(Token token)
        {
            var text = new StringBuilder(token.Node);
            if (token.IsFaulted) text.Append('!');
            var type = definition.Nodes[token.Node].Type;
            foreach (var (key, count) in token.Counts.OrderBy(pair => pair.Key, StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $" {key}={type.Significant(key, count)}");
            foreach (var (key, value) in token.State.OrderBy(pair => pair.Key, StringComparer.Ordinal)) text.Append(' ').Append(key).Append('=').Append(value.GetRawText());
            text.Append('[').Append(Join(waiting[token.Id].Select(wait => wait.Kind == BookmarkKind.Event ? $"{wait.Kind} {wait.Key}" : wait.Kind))).Append(open[token.Id].Count()).Append(Join(answers[token.Id])).Append(']');
            return text.Append('(').Append(Join(children[token.Id].Select(Describe))).Append(')').ToString();
        }
    }

    private static string Join(IEnumerable<string> parts) => string.Join(';', parts.Order(StringComparer.Ordinal));
}
