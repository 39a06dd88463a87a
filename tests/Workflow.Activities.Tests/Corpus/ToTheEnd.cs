using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflow.Activities.Http;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Tests.Corpus;

/// <summary>Gives an instance what it waits for, one thing after another, until it ends.</summary>
internal static class ToTheEnd
{
    private const int MostSteps = 100;

    private static readonly Actor[] People = [An.Li, An.Wang, An.Chen, An.Zhao, An.Zhou];

    private static readonly Dictionary<string, string> Values = new()
    {
        ["verify"] = "{ 'finding': '工地扬尘', 'source': '扬尘' }", ["analyse"] = "{ 'category': '扬尘', 'conclusion': '工地未覆盖', 'score': 80 }",
        ["handle"] = "{ 'measure': '责令覆盖', 'stopped': true }", ["evaluate"] = "{ 'solved': true }",
    };

    public static Scenario Drive(Scenario run, bool ends)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            if (run.State.Status.IsFinal()) return run;
            run.Do(!ends && step > 2 ? Cancelled(run) : Next(run));
        }
        throw new InvalidOperationException($"expected an end within {MostSteps} stimuli, found none");
    }

    private static Stimulus Next(Scenario run)
    {
        var state = run.State;
        if (state.Incidents.FirstOrDefault(incident => incident.IsOpen) is { } incident)
            return new Stimulus.IncidentDecided(incident.Id, incident.Token is null ? IncidentDecision.Retry : IncidentDecision.Cancel, null, "corpus") { At = run.Now, By = An.Zhao };
        if (state.WorkItems.FirstOrDefault(item => item.IsOpen) is { } open) return Work(run, open);
        return state.Bookmarks.IsEmpty ? Cancelled(run) : Answer(run, state.Bookmarks[0]);
    }

    private static Stimulus Answer(Scenario run, Bookmark wait)
    {
        if (wait.DueAt is { } due)
        {
            run.Now = due > run.Now ? due : run.Now;
            return run.Timer(new(TimerKind.Bookmark, wait.Id));
        }
        return wait.Kind switch
        {
            BookmarkKind.Event => run.Event(wait.Key),
            BookmarkKind.Effect => new Stimulus.EffectCompleted(Number(wait), JsonSerializer.SerializeToElement(new HttpReply(HttpEnd.Answered, 200, [], null, null, null), InstanceJson.Options)) { At = run.Now },
            BookmarkKind.Child => new Stimulus.ChildEnded(
                Number(wait), new(new EffectId(run.State.Id, Number(wait)).Derive(), InstanceStatus.Finished, ImmutableDictionary<string, JsonElement>.Empty)) { At = run.Now },
            _ => new Stimulus.BookmarkResumed(wait.Id, null) { At = run.Now },
        };
    }

    private static Stimulus Work(Scenario run, WorkItem item)
    {
        var has = item.Holder ?? (item.State as WorkItemState.Offered)?.To;
        var by = People.First(person => has is null ? person.Teams.Contains(item.Team.Id) : person.UserId == has.UserId);
        by = by with { Certificates = item.Content.Certificates };
        switch (item.Status)
        {
            case WorkItemStatus.Offered: return run.Claim(item.Node, by);
            case WorkItemStatus.Delegated: return run.GiveBack(item.Node, by);
            case WorkItemStatus.Suspended: return run.Resume(item.Node, by);
            case WorkItemStatus.Disputed: return run.Rule(item.Node, An.Zhao, item.Team.Id);
        }
        foreach (var (kind, count) in item.Content.EvidenceRequired)
            if (item.Evidence.Count(piece => piece.Kind == kind) < count) return run.Attach(item.Node, by, kind, $"{kind}-{item.Evidence.Length}");
        return run.Complete(item.Node, by, item.Content.Outcomes.Contains("Pass") ? "Pass" : item.Content.Outcomes[0], item.Content.Form is { } form ? Values[form] : null);
    }

    private static Stimulus.Cancelled Cancelled(Scenario run) => new Stimulus.Cancelled("corpus") { At = run.Now, By = An.Zhao };

    private static int Number(Bookmark wait) => int.Parse(wait.Key, CultureInfo.InvariantCulture);
}
