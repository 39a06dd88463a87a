using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Staffing;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>What an activity of a task may do beyond control flow: stages, clocks and work items.</summary>
public sealed class TaskContext
{
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
        ClockDesk.LeaveStage(burst, node);
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

    /// <summary>Offers a work item to a team. This activity is resumed when it is done.</summary>
    /// <param name="routedBy">The ruling that the choice of the team follows; null for none.</param>
    /// <param name="demand">Whom to choose of the team; null to offer it to all of them.</param>
    public void Offer(Team team, WorkItemContent content, RoutingRule? routedBy = null, AssignmentDemand? demand = null)
    {
        var item = new WorkItem(burst.NextNumber(), token, node.Id, CurrentStage?.Stage, team, content, burst.Stimulus.At) { RoutedBy = routedBy };
        if (burst.TakeReservation(node.Id) is { } person && burst.World.Teams.Members.TryGetValue(person.UserId, out var member) && member.Teams.Contains(team.Id))
            item = OfferTo(item, burst.World.Teams.Standing(person, burst.Stimulus.At));
        else if (demand is not null)
        {
            var chosen = Choose(team, demand);
            item = item with { Assignment = chosen };
            if (chosen.To is { } to) item = OfferTo(item, (to, chosen.For));
        }
        burst.Record(new Fact.ItemOffered(item));
        ClockDesk.Start(burst, node, ClockScope.WorkItem, item.Stage, item.Number);
        ClockDesk.Pause(burst, item);
    }

    private static WorkItem OfferTo(WorkItem item, (Person To, Person? For) standing) => item with { State = new WorkItemState.Offered(standing.To), For = standing.For };

    private Assignment Choose(Team team, AssignmentDemand demand)
    {
        var (teams, at) = (burst.World.Teams, burst.Stimulus.At);
        var staff = teams.StaffOf(team.Id);
        var hands = CurrentStage?.Stage == StageName.PostEvaluation ? Avoidance.WhoHandled(burst.Draft.WorkItems).ToList() : [];
        var choice = new Choice(staff, burst.World.LoadsOf(staff, at), at, member => hands.Exists(hand => hand.IsOne(member.Person, member.Teams)), id => teams.Members.GetValueOrDefault(id));
        return choice.Of(demand, burst.World.Limits.PassedOver);
    }
}
