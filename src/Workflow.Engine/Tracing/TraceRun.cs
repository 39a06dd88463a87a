using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Tracing;

/// <summary>Runs a definition in memory: nothing is stored and nothing is sent outside.</summary>
public sealed class TraceRun
{
    /// <summary>Rounds of resuming after the start.</summary>
    public const int MaxRounds = 10;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Place Place = new("trace", "trace", "/trace/", "trace");

    private readonly WorkflowDefinition definition;
    private readonly World world;
    private readonly TraceLog log;
    private WorkflowInstance state;

    private TraceRun(WorkflowDefinition definition, IEnumerable<BusinessCalendar> calendars)
    {
        this.definition = definition;
        var teams = Enum.GetValues<TeamKind>().Select(kind => new Team(kind.ToString(), kind.ToString(), kind)).ToList();
        world = new(calendars.ToFrozenDictionary(calendar => calendar.Id), new(teams, teams.Select(team => ("trace", team.Id))));
        state = new(new(Guid.Empty), definition.Id);
        log = new(definition);
    }

    public static TraceRow Run(string file, WorkflowDefinition definition, IEnumerable<BusinessCalendar> calendars, bool resumes)
    {
        var run = new TraceRun(definition, calendars);
        var intake = definition.IsTask ? new TaskIntake("TRACE-1", definition.Name, Place, Priority.Normal) : null;
        run.Apply(new Stimulus.Started(run.state.Id, ImmutableDictionary<string, JsonElement>.Empty, intake) { At = Start });
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

    private bool Waits => state.Status == InstanceStatus.Running && !state.Bookmarks.IsEmpty;

    private string Status => state.Status == InstanceStatus.Running ? "Running" : "Finished";

    private string SubStatus => state.Status == InstanceStatus.Running ? "Suspended" : state.Status.ToString();

    private IReadOnlyList<TraceBookmark> Bookmarks =>
        [.. state.Bookmarks.Select(bookmark => definition.Nodes[bookmark.Node]).Select(node => new TraceBookmark(node.Type.Descriptor.Type, node.ActivityId))];

    private IReadOnlyList<TraceIncident> Incidents =>
        [.. state.Incidents.Select(incident => new TraceIncident(definition.Nodes[incident.Node].ActivityId, incident.Message))];

    private List<TraceRound> ResumeRounds()
    {
        var rounds = new List<TraceRound>();
        while (rounds.Count < MaxRounds && Waits) rounds.Add(ResumeRound());
        return rounds;
    }

    private TraceRound ResumeRound()
    {
        var (resumed, gone) = (new List<string>(), new List<string>());
        foreach (var bookmark in state.Bookmarks)
        {
            var isThere = state.Status == InstanceStatus.Running && state.Bookmarks.Any(candidate => candidate.Id == bookmark.Id);
            (isThere ? resumed : gone).Add(definition.Nodes[bookmark.Node].ActivityId);
            if (isThere) Apply(new Stimulus.BookmarkResumed(bookmark.Id, null) { At = state.UpdatedAt });
        }
        var (lines, events) = log.Take();
        return new(resumed, gone.Count == 0 ? null : gone, Status, SubStatus, lines, events, Bookmarks, Incidents);
    }

    private void Apply(Stimulus stimulus)
    {
        if (Transition.Apply(definition, state, stimulus, world) is not Step.Advanced step) return;
        log.Add(stimulus, step.Facts);
        state = step.After;
    }
}
