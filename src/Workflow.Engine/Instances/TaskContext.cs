using System.Collections.Immutable;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.JointWork;
using Workflow.Engine.Staffing;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>What an activity of a task may do beyond control flow: stages, clocks and work items.</summary>
public sealed class TaskContext
{
    private static readonly TeamKind[] Reviewers = [TeamKind.Inspection, TeamKind.Enforcement, TeamKind.TechGrid];

    private readonly Burst burst;
    private readonly int token;
    private readonly Node node;

    internal TaskContext(Burst burst, int token, Node node)
    {
        (this.burst, this.token, this.node) = (burst, token, node);
        if (burst.Draft.Task is null) throw new ActivityFaultException($"{node.Type.Descriptor.Type} works in a task only: the root has to be {WorkflowDefinition.ClosedLoopType}");
    }

    public Place Place => State.Place;

    public StageVisit? CurrentStage => State.Current;

    public StageVisit? LastVisit => State.Visits.IsEmpty ? null : State.Visits[^1];

    private TaskState State => burst.Draft.Task!;

    /// <summary>Starts the clock of the whole task, when this node declares one.</summary>
    public void StartTaskClock() => ClockDesk.Start(burst, node, ClockScope.Task);

    /// <summary>Ends every clock of the task.</summary>
    public void EndClocks() => ClockDesk.EndAll(burst);

    public void EnterStage(StageName stage)
    {
        var round = 1 + State.Visits.Count(visit => visit.Stage == stage);
        burst.Record(new Fact.StageEntered(stage, round));
        ClockDesk.EnterStage(burst, node, stage);
    }

    public void EndStage(StageOutcome outcome, StageName? returnTo, string? reason)
    {
        var stage = CurrentStage?.Stage ?? throw new InvariantBrokenException("no stage to end");
        if (stage == StageName.PostEvaluation && outcome == StageOutcome.Done) EvaluationDesk.DemandComplete(burst);
        ClockDesk.LeaveStage(burst, node);
        if (outcome != StageOutcome.Done && stage != StageName.PostEvaluation) PartDesk.CancelAll(burst, reason ?? outcome.ToString());
        if (outcome == StageOutcome.CloseOut && State.Part is not null) PartDesk.FeedBack(burst, nameof(StageOutcome.CloseOut), reason);
        burst.Record(new Fact.StageEnded(stage, outcome, returnTo, reason));
    }

    /// <summary>The team of this kind that owns the task's place; null when there is none. In post-evaluation those that handled the task are passed over.</summary>
    public Team? OwnerOf(TeamKind kind) => burst.World.Teams.OwnerOf(Place, kind, burst.Stimulus.At, IsBarred);

    /// <summary>The ruling about an earlier task that this step has to follow; null when there is none, or when it cannot be followed here.</summary>
    public (Team Team, RoutingRule Rule)? Ruled(TeamKind kind) =>
        burst.World.Teams.Rules.TryGetValue(new(burst.Definition.Id.DefinitionId, node.Id, Place.AreaCode), out var rule)
        && burst.World.Teams.Find(rule.TeamId) is { } team && team.Kind == kind && !IsBarred(team) ? (team, rule) : null;

    /// <summary>回避: in post-evaluation a team that handled the task is not offered its evaluation.</summary>
    public bool IsBarred(Team team) => CurrentStage?.Stage == StageName.PostEvaluation && Avoidance.WhoHandled(burst.Draft.WorkItems).Any(hand => hand.Team.Id == team.Id);

    /// <summary>The definition's own limits of the alarms of its subject; null where it has none.</summary>
    public AlarmDeclaration? AlarmLimits => AlarmDeclaration.Of(burst.Definition) is { Value: not null } alarms ? alarms : null;

    /// <summary>It goes on with a closed task, whose beginning is not to be done again.</summary>
    public bool GoesOn => State.Earlier is { Do: RecurrenceAction.Reopen };

    /// <summary>Whether readings of its subject come in.</summary>
    public bool HasReadings => State.Alarms is not null;

    /// <summary>Keeps what was measured of the effect.</summary>
    public void Record(EffectFinding finding) => burst.Record(new Fact.EffectMeasured(finding));

    /// <summary>Draws whether inspection looks at the task, and keeps the draw.</summary>
    public SampleDraw DrawSample(EvaluationDeclaration declared)
    {
        var draw = Sampling.Draw(burst.Draft.Id, burst.Definition.Id, State, declared);
        burst.Record(new Fact.SampleDrawn(draw));
        return draw;
    }

    /// <summary>The same of a person.</summary>
    public bool IsBarred(Member member) => CurrentStage?.Stage == StageName.PostEvaluation && Avoidance.WhoHandled(burst.Draft.WorkItems).Any(hand => hand.IsOne(member.Person, member.Teams));

    /// <summary>The text of the part or of the order; null for another task.</summary>
    public string? Assignment => State.Part is { } part ? part.Wanted is null ? part.Text : $"{part.Text}\n{part.Wanted}" : State.Order?.Text;

    /// <summary>The team that answers for the whole task: of the part, of the order, otherwise the owner of the place; null when there is none.</summary>
    public Team? Answering => State.Part?.Team ?? State.Order?.Team
        ?? burst.World.Teams.OwnerOf(Place, TeamKind.Enforcement, burst.Stimulus.At) ?? burst.World.Teams.OwnerOf(Place, TeamKind.TechGrid, burst.Stimulus.At) ?? burst.World.Teams.OwnerOf(Place, TeamKind.CommunityGrid, burst.Stimulus.At);

    /// <summary>Whether the stage that runs has to wait for parts that were handed down.</summary>
    public bool AwaitsParts => PartDesk.Awaits(burst, PartDesk.All);

    /// <summary>Hands the task down.</summary>
    /// <returns>The key of the wait for these parts, see <see cref="BookmarkKind.Parts"/>.</returns>
    public string HandDown(string definition, ImmutableArray<PartAsked> parts)
    {
        // While states are explored there are no areas; what the activity waits for is the same.
        if (burst.World.Choices is not null) return PartDesk.All;
        return PartDesk.HandDown(burst, definition, parts, out var group) is { } refused ? throw new ActivityFaultException(refused.Describe()) : PartDesk.Key(group);
    }

    /// <summary>Tells the parent what those who have this part say of it; nothing to tell in any other task.</summary>
    public void FeedBack(string outcome, string? text)
    {
        if (State.Part is not null) PartDesk.FeedBack(burst, outcome, text);
    }

    /// <summary>逐级审核: the areas above that of the part, up to the parent's, each with the team that reviews there. A level without one is passed over.</summary>
    public IReadOnlyList<(string AreaName, Team Team)> ReviewLevels()
    {
        var teams = burst.World.Teams;
        var path = Place.AreaPath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var top = State.Part?.Under is { } under ? Math.Max(0, Array.IndexOf(path, under)) : 0;
        var levels = new List<(string, Team)>();
        for (var level = path.Length - 2; State.Part is not null && level >= top; level--)
            if (Reviewers.Select(kind => teams.At(path[level], kind, burst.Stimulus.At)).FirstOrDefault(team => team is not null && !IsBarred(team)) is { } reviewer)
                levels.Add((teams.Areas.GetValueOrDefault(path[level])?.AreaName ?? path[level], reviewer));
        if (levels.Count == 0 && Reviewers.Select(OwnerOf).FirstOrDefault(team => team is not null) is { } owner) levels.Add((Place.AreaName, owner));
        return levels;
    }

    /// <summary>Feedback on the order is due, or begins to be: reminds who has given none, and says when it is due next.</summary>
    public DateTimeOffset? ScheduleFeedback() => OrderDesk.Schedule(burst);

    /// <summary>Offers a work item to a team. This activity is resumed when it is done.</summary>
    /// <param name="routedBy">The ruling that the choice of the team follows; null for none.</param>
    /// <param name="demand">Whom to choose of the team; null to offer it to all of them.</param>
    public void Offer(Team team, WorkItemContent content, RoutingRule? routedBy = null, AssignmentDemand? demand = null) => Offers.Offer(burst, token, team, content, routedBy, demand);

    /// <summary>Offers a joint sign: each signer a part. This activity is resumed when they have decided.</summary>
    public void Offer(IEnumerable<(Team Team, SignerPart Part)> signers, WorkItemContent content)
    {
        foreach (var (team, part) in signers) Offers.Offer(burst, token, team, content, part: part);
    }
}
