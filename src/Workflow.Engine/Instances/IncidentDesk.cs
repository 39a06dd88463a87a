namespace Workflow.Engine.Instances;

/// <summary>What a person decides about an incident: try again, go on, or give up.</summary>
internal static class IncidentDesk
{
    public static Rejection? Decide(Burst burst, Stimulus.IncidentDecided decided)
    {
        var incident = burst.Draft.Incidents.Find(candidate => candidate.Id == decided.Incident);
        if (incident is null) return new(Reason.IncidentUnknown, "an incident of this instance", $"{decided.Incident}");
        if (!incident.IsOpen) return new(Reason.AlreadyDone, "an open incident", $"one that was decided: {incident.Resolution!.Decision}");
        var node = burst.NodeOf(incident.Token);
        if (decided.Decision != IncidentDecision.Retry && burst.Definition.IsTask && ((Activity)node.Type).IsStructural)
            return new(Reason.NotAllowed, "Retry for a part of the loop itself", decided.Decision.ToString());
        if (decided is { Decision: IncidentDecision.Skip, Outcome: { } outcome } && node.Type.HasFixedOutcomes(node) && !node.Type.Outcomes(node).Contains(outcome))
            return new(Reason.OutcomeUnknown, string.Join(", ", node.Type.Outcomes(node)), $"'{outcome}'");

        burst.Record(new Fact.IncidentResolved(incident.Id, decided.Decision, decided.By?.Person, decided.Reason));
        if (burst.Draft.Status == InstanceStatus.Faulted && !burst.Draft.Incidents.Exists(other => other.IsOpen)) burst.Record(new Fact.InstanceContinued());
        switch (decided.Decision)
        {
            case IncidentDecision.Retry:
                burst.Restart(incident.Token);
                break;
            case IncidentDecision.Skip:
                burst.Complete(incident.Token, [decided.Outcome ?? node.Type.Outcomes(node).FirstOrDefault("Done")]);
                break;
            default:
                burst.GiveUp(incident.Token);
                break;
        }
        return null;
    }
}
