using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflow.Activities.Http;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Tests.Corpus;

/// <summary>Gives an instance what it waits for, one thing after another, until it ends.</summary>
internal static class ToTheEnd
{
    private const int MostSteps = 100;

    private static readonly Actor[] People = [An.Li, An.Wang, An.Chen, An.Zhao, An.Zhou, An.Sun];

    private static readonly Dictionary<string, string> Values = new()
    {
        ["verify"] = "{ 'finding': '工地扬尘', 'source': '扬尘' }", ["analyse"] = "{ 'category': '扬尘', 'conclusion': '工地未覆盖', 'score': 80 }",
        ["handle"] = "{ 'measure': '责令覆盖', 'stopped': true }", ["evaluate"] = "{ 'solved': true }",
        ["feedback"] = "{ 'feedback': '已办理' }", ["review"] = "{ 'opinion': '同意' }", ["report"] = "{ 'feedback': '已整改' }", ["strike-off"] = "{ 'report': '属实' }",
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
        if (Others(run) is { } told) return told;
        if (state.WorkItems.FirstOrDefault(item => item.IsOpen) is { } open) return Work(run, open);
        return state.Bookmarks.IsEmpty ? Cancelled(run) : Answer(run, state.Bookmarks[0]);
    }

    /// <summary>What other tasks have to say before this one can go on.</summary>
    private static Stimulus? Others(Scenario run)
    {
        var task = run.State.Task;
        if (task?.Parts.FirstOrDefault(part => part.IsOpen) is { } part)
            return new Stimulus.ChildEnded(part.Number, new(part.Task, InstanceStatus.Finished, ImmutableDictionary<string, JsonElement>.Empty)) { At = run.Now, By = An.Zhao };
        if (task?.Part?.Assistants.FirstOrDefault(one => one.Feedback is null) is { } silent)
            return new Stimulus.TaskTold(new TaskMessage.AssistantReported(silent.Number, new(An.Zhou.Person, silent.Team, run.Now, "Done", null))) { At = run.Now };
        return task?.Order?.Tasks.FirstOrDefault(covered => covered.EndedAt is null) is { } open ? new Stimulus.TaskTold(new TaskMessage.CoveredEnded(open.Task)) { At = run.Now } : null;
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
        by = by with { Roles = item.Signing?.Role is { } role ? [role] : null, Certificates = item.Content.Certificates };
        switch (item.Status)
        {
            case WorkItemStatus.Offered: return new Stimulus.WorkItemClaimed(item.Number, item.Revision) { At = run.Now, By = by };
            case WorkItemStatus.Delegated: return run.GiveBack(item.Node, by);
            case WorkItemStatus.Suspended: return run.Resume(item.Node, by);
            case WorkItemStatus.Disputed: return run.Rule(item.Node, An.Zhao, item.Team.Id);
        }
        foreach (var (kind, count) in item.Content.EvidenceRequired)
            if (item.Evidence.Count(piece => piece.Kind == kind) < count) return run.Attach(item.Node, by, kind, $"{kind}-{item.Evidence.Length}");
        return new Stimulus.WorkItemCompleted(
            item.Number, item.Revision, item.Content.Outcomes.Contains("Pass") ? "Pass" : item.Content.Outcomes[0], item.Content.Form is { } form ? An.Json(Values[form]) : null) { At = run.Now, By = by };
    }

    private static Stimulus.Cancelled Cancelled(Scenario run) => new Stimulus.Cancelled("corpus") { At = run.Now, By = An.Zhao };

    private static int Number(Bookmark wait) => int.Parse(wait.Key, CultureInfo.InvariantCulture);
}
