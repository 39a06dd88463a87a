using System.Collections.Immutable;
using System.Globalization;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Proof;

/// <summary>A stimulus that can come.</summary>
/// <param name="IsSure">It comes by itself or by a deadline.</param>
internal sealed record Possible(Stimulus Stimulus, bool IsSure);

/// <summary>What can come next to a state.</summary>
internal static class Stimuli
{
    public static IEnumerable<Possible> Of(WorkflowInstance state, WorkflowDefinition definition)
    {
        // Which of several that are alike comes first does not decide where it leads: runs of one activity side by side, the open parts of a joint sign.
        var alike = Alike(state);
        foreach (var item in state.WorkItems.Where(item => item.IsOpen).DistinctBy(item => alike.GetValueOrDefault(item.Token, -item.Token)))
            foreach (var stimulus in Completions(item, definition)) yield return new(stimulus, Waits.HasDeadline(item, definition));
        foreach (var wait in state.Bookmarks.DistinctBy(wait => wait.Kind == BookmarkKind.Event ? (wait.Kind, wait.Key) : (wait.Kind, $"{alike.GetValueOrDefault(wait.Token, -wait.Id)}")))
            foreach (var stimulus in Resumptions(wait, definition)) yield return new(stimulus, Waits.HasDeadline(wait));
        foreach (var incident in state.Incidents.Where(incident => incident is { IsOpen: true, Token: not null }))
            foreach (var outcome in definition.Nodes[incident.Node].LikelyOutcomes)
                yield return new(new Stimulus.IncidentDecided(incident.Id, IncidentDecision.Skip, outcome, null) { At = ProofWorld.Origin }, false);
    }

    /// <summary>
    /// For the running activities that wait once, with nothing inside and nothing remembered: the first one of the same node inside the same activity.
    /// </summary>
    private static Dictionary<int, int> Alike(WorkflowInstance state)
    {
        var outer = state.Tokens.Select(token => token.Parent).ToHashSet();
        var waits = state.WorkItems.Select(item => item.Token).Concat(state.Bookmarks.Select(wait => wait.Token)).CountBy(token => token).ToDictionary();
        return state.Tokens
            .Where(token => waits.GetValueOrDefault(token.Id) == 1 && !outer.Contains(token.Id) && token.State.IsEmpty && token.Counts.IsEmpty)
            .GroupBy(token => (token.Node, token.Parent))
            .SelectMany(same => same.Select(token => (token.Id, First: same.First().Id)))
            .ToDictionary(pair => pair.Id, pair => pair.First);
    }

    /// <summary>With each outcome, and the form filled in as plainly as may be.</summary>
    private static IEnumerable<Stimulus> Completions(WorkItem item, WorkflowDefinition definition)
    {
        var values = item.Content.Form is { } form && definition.Forms.TryGetValue(form, out var schema) ? schema.Example() : (System.Text.Json.JsonElement?)null;
        foreach (var outcome in item.Content.Outcomes)
            yield return new Stimulus.WorkItemCompleted(item.Number, item.Revision, outcome, values) { At = ProofWorld.Origin, By = ProofWorld.WhoDoes(item) };
    }

    private static IEnumerable<Stimulus> Resumptions(Bookmark wait, WorkflowDefinition definition)
    {
        var at = ProofWorld.Origin;
        if (wait.DueAt is { } due) yield return new Stimulus.TimerFired(new(TimerKind.Bookmark, wait.Id)) { At = due };
        else if (wait.Kind == BookmarkKind.Event) yield return new Stimulus.EventReceived(wait.Key, null) { At = at };
        else if (wait.Kind == BookmarkKind.Effect)
        {
            var effect = int.Parse(wait.Key, CultureInfo.InvariantCulture);
            var node = definition.Nodes[wait.Node];
            foreach (var result in node.Type.SampleResults(node)) yield return new Stimulus.EffectCompleted(effect, result) { At = at };
            yield return new Stimulus.EffectFailed(effect, "") { At = at };
        }
        else if (wait.Kind == BookmarkKind.Child)
            foreach (var status in new[] { InstanceStatus.Finished, InstanceStatus.Faulted })
                yield return new Stimulus.ChildEnded(int.Parse(wait.Key, CultureInfo.InvariantCulture), new(new(Guid.Empty), status, ImmutableDictionary<string, System.Text.Json.JsonElement>.Empty)) { At = at };
        else yield return new Stimulus.BookmarkResumed(wait.Id, null) { At = at };
    }
}
