using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Tracing;

/// <summary>Runs a definition in memory, with the instances that it starts: nothing is stored and nothing is sent outside.</summary>
public sealed class TraceRun
{
    /// <summary>Rounds of resuming after the start. No limit of a server but part of what a trace is: with another number the traces that are compared with Elsa's would be others.</summary>
    public const int MaxRounds = 10;

    /// <summary>Effects that one run does between instances; more is taken for instances that start one another for ever.</summary>
    public const int MaxEffects = 5_000;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Place Place = new("trace", "trace", "/trace/", "trace");

    private readonly WorkflowDefinition definition;
    private readonly Func<string, WorkflowDefinition?> registry;
    private readonly World world;
    private readonly TraceLog log = new();
    private readonly Dictionary<InstanceId, (WorkflowDefinition Definition, WorkflowInstance State)> instances = [];
    private readonly Queue<(InstanceId From, EffectRequest Effect)> effects = new();
    private readonly InstanceId main = new(Guid.Parse("00000000-0000-8000-8000-000000000001"));
    private readonly HashSet<EffectId> withdrawn = [];
    private int done;

    private TraceRun(WorkflowDefinition definition, Func<string, WorkflowDefinition?> registry, IEnumerable<BusinessCalendar> calendars)
    {
        (this.definition, this.registry) = (definition, registry);
        var teams = Enum.GetValues<TeamKind>().Select(kind => new Team(kind.ToString(), kind.ToString(), kind)).ToList();
        world = new(calendars.ToFrozenDictionary(calendar => calendar.Id), new(teams, teams.Select(team => new TeamCover("trace", team.Id))));
    }

    /// <param name="registry">Finds the workflows that this one starts, by definition id.</param>
    public static TraceRow Run(string file, WorkflowDefinition definition, Func<string, WorkflowDefinition?> registry, IEnumerable<BusinessCalendar> calendars, bool resumes)
    {
        var run = new TraceRun(definition, registry, calendars);
        run.Begin(definition, new(run.main, ImmutableDictionary<string, JsonElement>.Empty, null) { At = Start });
        run.DoEffects();
        var (lines, events) = run.log.Take();
        var row = new TraceRow(file, definition.FlowchartMode == FlowchartMode.TokenBased ? "token" : "counter")
        {
            Status = run.Status,
            SubStatus = run.SubStatus,
            OutputLines = lines,
            ActivityEvents = events,
            Bookmarks = run.Bookmarks,
            Incidents = run.Incidents,
        };
        return resumes && run.Waits ? row with { Rounds = run.ResumeRounds() } : row;
    }

    private WorkflowInstance State => instances[main].State;

    private bool Waits => State.Status == InstanceStatus.Running && !State.Bookmarks.IsEmpty;

    private string Status => State.Status == InstanceStatus.Running ? "Running" : "Finished";

    private string SubStatus => State.Status == InstanceStatus.Running ? "Suspended" : State.Status.ToString();

    private IReadOnlyList<TraceBookmark> Bookmarks =>
        [.. State.Bookmarks.Select(bookmark => definition.Nodes[bookmark.Node]).Select(node => new TraceBookmark(node.Type.Descriptor.Type, node.ActivityId))];

    private IReadOnlyList<TraceIncident> Incidents =>
        [.. State.Incidents.Select(incident => new TraceIncident(definition.Nodes[incident.Node].ActivityId, incident.Message))];

    private List<TraceRound> ResumeRounds()
    {
        var rounds = new List<TraceRound>();
        while (rounds.Count < MaxRounds && Waits) rounds.Add(ResumeRound());
        return rounds;
    }

    private TraceRound ResumeRound()
    {
        var (resumed, gone) = (new List<string>(), new List<string>());
        foreach (var bookmark in State.Bookmarks)
        {
            var isThere = State.Status == InstanceStatus.Running && State.FindBookmark(bookmark.Id) is not null;
            (isThere ? resumed : gone).Add(definition.Nodes[bookmark.Node].ActivityId);
            if (isThere) Settle(main, new Stimulus.BookmarkResumed(bookmark.Id, null) { At = State.UpdatedAt });
        }
        var (lines, events) = log.Take();
        return new(resumed, gone.Count == 0 ? null : gone, Status, SubStatus, lines, events, Bookmarks, Incidents);
    }

    private void Begin(WorkflowDefinition started, Stimulus.Started stimulus)
    {
        instances[stimulus.Id] = (started, new(stimulus.Id, started.Id));
        Apply(stimulus.Id, started.IsTask ? stimulus with { Task = new("TRACE-1", started.Name, Place, Priority.Normal) } : stimulus);
    }

    /// <summary>Applies a stimulus and whatever follows from it between instances.</summary>
    private void Settle(InstanceId id, Stimulus stimulus)
    {
        Apply(id, stimulus);
        DoEffects();
    }

    private void DoEffects()
    {
        while (done < MaxEffects && effects.TryDequeue(out var next))
        {
            done++;
            if (!withdrawn.Contains(new(next.From, next.Effect.Id))) Do(next.From, next.Effect);
        }
    }

    private void Apply(InstanceId id, Stimulus stimulus)
    {
        var (running, state) = instances[id];
        if (Transition.Apply(running, state, stimulus, world) is not Step.Advanced step) return;
        log.Add(running, id == main, stimulus, step.Facts);
        instances[id] = (running, step.After);
        foreach (var requested in step.Facts.OfType<Fact.EffectRequested>()) effects.Enqueue((id, requested.Effect));
        withdrawn.UnionWith(step.Facts.OfType<Fact.EffectWithdrawn>().Select(fact => new EffectId(id, fact.Effect)));
    }

    private void Do(InstanceId from, EffectRequest effect)
    {
        if (effect.Kind == EffectAttribute.NameOf(typeof(StartChild))) Do(from, effect.Id, effect.Read<StartChild>());
        else if (effect.Kind == EffectAttribute.NameOf(typeof(TellParent)))
        {
            var tell = effect.Read<TellParent>();
            if (instances.ContainsKey(tell.Parent.Instance)) Apply(tell.Parent.Instance, new Stimulus.ChildEnded(tell.Parent.Effect, tell.Result) { At = Start, Generation = tell.Generation });
        }
        else if (effect.Kind == EffectAttribute.NameOf(typeof(PublishedEvent)))
        {
            var published = effect.Read<PublishedEvent>();
            foreach (var (id, instance) in instances.ToList())
                if ((published.Only ?? id) == id && (published.CorrelationId ?? instance.State.CorrelationId) == instance.State.CorrelationId)
                    Apply(id, new Stimulus.EventReceived(published.Name, published.Payload) { At = Start, Generation = published.Generation ?? 0 });
        }
    }

    private void Do(InstanceId from, int number, StartChild start)
    {
        if (registry(start.DefinitionId) is not { } child)
            Apply(from, new Stimulus.EffectFailed(number, $"expected a workflow '{start.DefinitionId}', found none") { At = Start });
        else if (!instances.ContainsKey(start.Child))
            Begin(child, new(start.Child, start.Input.RemoveRange(start.Input.Keys.Except(child.Inputs.Select(input => input.Name))), null)
            {
                At = Start, Parent = start.Parent, CorrelationId = start.CorrelationId, Generation = start.Generation,
            });
    }
}
