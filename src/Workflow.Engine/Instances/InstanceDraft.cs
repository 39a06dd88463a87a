using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.JointWork;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>
/// The state of an instance while a burst runs. <see cref="Apply"/> is the only code that changes it, in a burst as in a rebuild,
/// so that a stored state is always the fold of its facts.
/// </summary>
public sealed class InstanceDraft(WorkflowInstance before)
{
    private WorkflowInstance head = before;
    private int lastNumber = before.LastNumber;

    public PartList<Token> Tokens { get; } = new(before.Tokens);

    public PartList<Bookmark> Bookmarks { get; } = new(before.Bookmarks);

    public List<WorkItem> WorkItems { get; } = [.. before.WorkItems];

    public List<SlaClock> Clocks { get; } = [.. before.Clocks];

    public List<Incident> Incidents { get; } = [.. before.Incidents];

    public InstanceStatus Status => head.Status;

    public TaskState? Task => head.Task;

    public InstanceId Id => head.Id;

    public ParentLink? Parent => head.Parent;

    public string? CorrelationId => head.CorrelationId;

    public string? Name => head.Name;

    public ImmutableDictionary<string, JsonElement> Output => head.Output;

    public ImmutableDictionary<string, JsonElement> Input => head.Input;

    public ImmutableDictionary<string, JsonElement> Variables => head.Variables;

    public int LastNumber => lastNumber;

    /// <summary>Rebuilds a state: facts of the bursts of one instance, in order, with the time of each.</summary>
    public static WorkflowInstance Fold(InstanceId id, DefinitionVersion definition, IEnumerable<(DateTimeOffset At, IEnumerable<Fact> Facts)> bursts)
    {
        var state = new WorkflowInstance(id, definition);
        foreach (var (at, facts) in bursts)
        {
            var draft = new InstanceDraft(state);
            foreach (var fact in facts) draft.Apply(fact, at);
            state = draft.ToInstance(at);
        }
        return state;
    }

    public WorkflowInstance ToInstance(DateTimeOffset at) => head with
    {
        Revision = head.Revision + 1,
        UpdatedAt = at,
        LastNumber = lastNumber,
        Tokens = [.. Tokens],
        Bookmarks = [.. Bookmarks],
        WorkItems = [.. WorkItems],
        Clocks = [.. Clocks],
        Incidents = [.. Incidents],
    };

    /// <summary>An activity that nothing will ever move; null when there is none.</summary>
    public Token? FirstStalled() => WorkflowInstance.FirstStalled(Tokens.Span, Bookmarks.Span, CollectionsMarshal.AsSpan(WorkItems));

    // Loops instead of lambdas wherever a burst looks something up: a lambda that captures is an allocation.
    public Token? FindToken(int id) => Tokens.Find(id);

    public bool HasChildren(int parent) => FindChild(parent) is not null;

    /// <summary>The oldest child, or the oldest that runs a node.</summary>
    public Token? FindChild(int parent, string? node = null)
    {
        foreach (var token in Tokens.After(parent))
            if (token.Parent == parent && (node is null || token.Node == node)) return token;
        return null;
    }

    /// <summary>Nodes of the children, oldest first; one that runs twice is named twice.</summary>
    public List<string> Children(int parent)
    {
        var nodes = new List<string>();
        foreach (var token in Tokens.After(parent))
            if (token.Parent == parent) nodes.Add(token.Node);
        return nodes;
    }

    /// <summary>The oldest wait of a token.</summary>
    public Bookmark? FindWait(int token)
    {
        foreach (var bookmark in Bookmarks.After(token))
            if (bookmark.Token == token) return bookmark;
        return null;
    }

    /// <summary>Waits for this, oldest first.</summary>
    public List<Bookmark> FindWaits(string kind, string key) => Bookmarks.FindAll(bookmark => bookmark.Key == key && bookmark.Kind == kind);

    public WorkItem? FindOpenItem(int token)
    {
        foreach (var item in WorkItems)
            if (item.Token == token && item.IsOpen) return item;
        return null;
    }

    public void Apply(Fact fact, DateTimeOffset at)
    {
        switch (fact)
        {
            case Fact.InstanceStarted started:
                head = head with
                {
                    Definition = started.Definition, StartedAt = at, Input = started.Input, Variables = started.Variables, Task = TaskOf(started.Task),
                    Parent = started.Parent, CorrelationId = started.CorrelationId,
                };
                break;
            case Fact.InstanceEnded ended:
                head = head with { Status = Lifecycle.Change(head.Status, ended.Status), EndedAt = at };
                CloseIncidents(null, at);
                break;
            case Fact.InstanceFaulted or Fact.InstanceContinued:
                head = head with { Status = Lifecycle.Change(head.Status, fact is Fact.InstanceFaulted ? InstanceStatus.Faulted : InstanceStatus.Running) };
                break;
            case Fact.BurstFailed failed:
                Incidents.Add(failed.Incident with { Id = Numbered(failed.Incident.Id) });
                break;
            case Fact.CorrelationSet set:
                head = head with { CorrelationId = set.Value };
                break;
            case Fact.NameSet set:
                head = head with { Name = set.Value };
                break;
            case Fact.OutputSet set:
                head = head with { Output = head.Output.SetItem(set.Name, set.Value) };
                break;
            case Fact.LineWritten or Fact.EffectWithdrawn or Fact.TaskAnnotated: break;
            case Fact.EffectRequested or Fact.NumbersGiven:
                Numbered(fact is Fact.NumbersGiven given ? given.Last : ((Fact.EffectRequested)fact).Effect.Id);
                break;
            case Fact.InstanceMigrated migrated:
                head = head with { Definition = migrated.To };
                break;
            default:
                ApplyToTokens(fact, at);
                break;
        }
    }

    private void ApplyToTokens(Fact fact, DateTimeOffset at)
    {
        switch (fact)
        {
            case Fact.TokenCreated created:
                Tokens.Add(new(Numbered(created.Token), created.Node, created.Parent) { Variables = created.Variables, IsDetached = created.IsDetached });
                break;
            case Fact.TokenEnded ended:
                if (Tokens.Remove(ended.Token) is { IsFaulted: true }) CloseIncidents(ended.Token, at);
                break;
            case Fact.TokenFaulted faulted:
                Change(faulted.Token, 0, static (token, _) => token with { IsFaulted = true });
                Incidents.Add(faulted.Incident with { Id = Numbered(faulted.Incident.Id) });
                break;
            case Fact.TokenStateSet set:
                Change(set.Token, set, static (token, set) => token with { State = token.State.SetItem(set.Key, set.Value) });
                break;
            case Fact.TokenCountsSet set:
                Change(set.Token, set, static (token, set) => token.WithCounts(set.Values));
                break;
            case Fact.IncidentResolved resolved:
                Resolve(resolved, at);
                break;
            case Fact.VariableSet { Token: { } owner } set:
                Change(owner, set, static (token, set) => token with { Variables = token.Variables.SetItem(set.Name, set.Value) });
                break;
            case Fact.VariableSet set:
                head = head with { Variables = head.Variables.SetItem(set.Name, set.Value) };
                break;
            case Fact.BookmarkCreated created:
                Bookmarks.Add(created.Bookmark with { Id = Numbered(created.Bookmark.Id) });
                break;
            case Fact.BookmarkRemoved removed:
                Bookmarks.Remove(removed.Bookmark);
                break;
            default:
                ApplyToTask(fact, at);
                break;
        }
    }

    /// <summary>An incident whose activity has ended needs nobody any more.</summary>
    private void CloseIncidents(int? token, DateTimeOffset at)
    {
        for (var index = 0; index < Incidents.Count; index++)
            if (Incidents[index] is { IsOpen: true } incident && incident.Token == token)
                Incidents[index] = incident with { Resolution = new(IncidentDecision.Cancel, null, at, "the activity ended") };
    }

    private void Resolve(Fact.IncidentResolved resolved, DateTimeOffset at)
    {
        Replace(Incidents, incident => incident.Id == resolved.Incident, incident => incident with { Resolution = new(resolved.Decision, resolved.By, at, resolved.Reason) });
        var token = Incidents.Find(incident => incident.Id == resolved.Incident)!.Token;
        if (token is { } faulted && !Incidents.Exists(incident => incident.Token == faulted && incident.IsOpen) && FindToken(faulted) is not null) Change(faulted, 0, static (found, _) => found with { IsFaulted = false });
    }

    private void ApplyToTask(Fact fact, DateTimeOffset at)
    {
        switch (fact)
        {
            case Fact.StageEntered entered:
                ChangeTask(task => task with { Visits = task.Visits.Add(new(entered.Stage, entered.Round, at)) });
                break;
            case Fact.StageEnded ended:
                ChangeTask(task => task with
                {
                    Visits = task.Visits.SetItem(task.Visits.Length - 1, task.Visits[^1] with
                    {
                        EndedAt = at, Outcome = ended.Outcome, ReturnTo = ended.ReturnTo, Reason = ended.Reason,
                    }),
                });
                break;
            case Fact.AlarmJoined joined:
                ChangeTask(task => AlarmDesk.Apply(task, joined, at));
                break;
            case Fact.EvaluationRecorded or Fact.EffectMeasured or Fact.SampleDrawn:
                ChangeTask(task => EvaluationDesk.Apply(task, fact, at));
                break;
            case Fact.TaskEscalated escalated:
                ChangeTask(task => task.EscalatedTo.Contains(escalated.To) ? task : task with { EscalatedTo = task.EscalatedTo.Add(escalated.To) });
                break;
            case Fact.ItemOffered offered:
                WorkItems.Add(offered.Item with { Number = Numbered(offered.Item.Number) });
                break;
            case var _ when WorkItemFacts.ItemOf(fact) is { } number:
                if (fact is Fact.ItemCopied copied) Numbered(copied.Number);
                Replace(WorkItems, item => item.Number == number, item => WorkItemFacts.Apply(item, fact, at));
                break;
            case var _ when head.Task is { } task && JointFacts.Apply(task, fact, at) is { } changed:
                if (fact is Fact.PartHandedDown handed) Numbered(handed.Part.Number);
                head = head with { Task = changed };
                break;
            default:
                ApplyToClock(fact, at);
                break;
        }
    }

    private void ApplyToClock(Fact fact, DateTimeOffset at)
    {
        if (fact is Fact.ClockStarted started) Clocks.Add(started.Clock with { Id = Numbered(started.Clock.Id) });
        else Replace(Clocks, clock => clock.Id == ClockFacts.ClockOf(fact), clock => ClockFacts.Apply(clock, fact, at));
    }

    private static TaskState? TaskOf(TaskIntake? intake) =>
        intake is null ? null : new(intake.Number, intake.Subject, intake.Place, intake.Priority, [], [])
        {
            RaisedBy = intake.RaisedBy, SubjectKey = intake.SubjectKey, Origin = intake.Origin, Earlier = intake.Earlier, Part = intake.Part, Order = intake.Order, DueBy = intake.DueBy,
        };

    private int Numbered(int number)
    {
        if (number > lastNumber) lastNumber = number;
        return number;
    }

    private void ChangeTask(Func<TaskState, TaskState> change) =>
        head = head with { Task = change(head.Task ?? throw new InvariantBrokenException("a stage outside a task")) };

    private void Change<T>(int token, T with, Func<Token, T, Token> change)
    {
        var index = Tokens.IndexOf(token);
        if (index < 0) throw new InvariantBrokenException("a fact about a Token that is not there");
        Tokens[index] = change(Tokens[index], with);
    }

    private static void Replace<T>(List<T> list, Predicate<T> which, Func<T, T> change)
    {
        var index = list.FindIndex(which);
        if (index < 0) throw new InvariantBrokenException($"a fact about a {typeof(T).Name} that is not there");
        list[index] = change(list[index]);
    }
}
