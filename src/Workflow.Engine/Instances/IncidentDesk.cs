using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>What a person decides about an incident: try again, go on, or give up.</summary>
internal static class IncidentDesk
{
    public static Rejection? Decide(Burst burst, Stimulus.IncidentDecided decided)
    {
        var incident = burst.Draft.Incidents.Find(candidate => candidate.Id == decided.Incident);
        if (incident is null) return new(Reason.IncidentUnknown, "an incident of this instance", $"{decided.Incident}");
        if (!incident.IsOpen) return new(Reason.AlreadyDecided, "an open incident", $"one that was decided: {incident.Resolution!.Decision}");
        if (incident.Token is not { } token) return DecideWhole(burst, incident, decided);
        var node = burst.NodeOf(token);
        if (decided.Decision != IncidentDecision.Retry && burst.Definition.IsTask && ((Activity)node.Type).IsStructural)
            return new(Reason.NotAllowed, "Retry for a part of the loop itself", decided.Decision.ToString());
        if (decided is { Decision: IncidentDecision.Skip, Outcome: { } outcome } && KnownOutcomes(node) is { } known && !known.Contains(outcome))
            return new(Reason.OutcomeUnknown, known.Count == 0 ? "no outcome" : $"an outcome of '{node.ActivityId}': {string.Join(", ", known)}", $"'{outcome}'");

        Resolve(burst, incident, decided);
        switch (decided.Decision)
        {
            case IncidentDecision.Retry:
                burst.Restart(token);
                break;
            case IncidentDecision.Skip:
                burst.Complete(token, [decided.Outcome ?? node.Type.Outcomes(node).FirstOrDefault("Done")]);
                break;
            default:
                burst.GiveUp(token);
                break;
        }
        return null;
    }

    /// <summary>The outcomes that a node declares, or that connections lead on from; null when the run may decide on any.</summary>
    private static IReadOnlyList<string>? KnownOutcomes(Node node)
    {
        var declared = node.Type.Outcomes(node);
        if (node.Type.HasFixedOutcomes(node)) return declared;
        return declared is ["Done"] && !(node.Parent?.Flows ?? []).Any(flow => flow.Source == node.Id) ? null : node.LikelyOutcomes;
    }

    /// <summary>A burst was rolled back, so nothing is to be repeated here: what was asked comes again, or is still due.</summary>
    private static Rejection? DecideWhole(Burst burst, Incident incident, Stimulus.IncidentDecided decided)
    {
        if (decided.Decision == IncidentDecision.Skip || (decided.Decision == IncidentDecision.Cancel && burst.Definition.IsTask))
            return new(Reason.NotAllowed, burst.Definition.IsTask ? "Retry for an incident of the whole task" : "Retry or Cancel for an incident of the whole instance", decided.Decision.ToString());
        Resolve(burst, incident, decided);
        if (decided.Decision == IncidentDecision.Cancel) burst.CancelAll();
        return null;
    }

    private static void Resolve(Burst burst, Incident incident, Stimulus.IncidentDecided decided)
    {
        burst.Record(new Fact.IncidentResolved(incident.Id, decided.Decision, decided.By?.Person, decided.Reason));
        if (burst.Draft.Status == InstanceStatus.Faulted && !burst.Draft.Incidents.Exists(other => other.IsOpen)) burst.Record(new Fact.InstanceContinued());
    }
}
