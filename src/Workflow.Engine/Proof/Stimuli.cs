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
        foreach (var item in state.WorkItems.Where(item => item.IsOpen))
            foreach (var stimulus in Completions(item, definition)) yield return new(stimulus, Waits.HasDeadline(item, definition));
        foreach (var wait in state.Bookmarks.DistinctBy(wait => wait.Kind == BookmarkKind.Event ? (wait.Kind, wait.Key) : (wait.Kind, $"{wait.Id}")))
            foreach (var stimulus in Resumptions(wait, definition)) yield return new(stimulus, Waits.HasDeadline(wait));
        foreach (var incident in state.Incidents.Where(incident => incident is { IsOpen: true, Token: not null }))
            foreach (var outcome in definition.Nodes[incident.Node].LikelyOutcomes)
                yield return new(new Stimulus.IncidentDecided(incident.Id, IncidentDecision.Skip, outcome, null) { At = ProofWorld.Origin }, false);
    }

    /// <summary>With each outcome, and the form filled in as plainly as may be.</summary>
    private static IEnumerable<Stimulus> Completions(WorkItem item, WorkflowDefinition definition)
    {
        var values = item.Content.Form is { } form && definition.Forms.TryGetValue(form, out var schema) ? schema.Example() : (System.Text.Json.JsonElement?)null;
        foreach (var outcome in item.Content.Outcomes)
            yield return new Stimulus.WorkItemCompleted(item.Number, item.Revision, outcome, values) { At = ProofWorld.Origin, By = ProofWorld.MemberOf(item) };
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
