using Workflow.Activities.ClosedLoop;
using Workflow.Activities.ControlFlow;
using Workflow.Activities.Events;
using Workflow.Activities.Teams;
using Workflow.Activities.Timing;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities;

/// <summary>The activities that come with Workflow.</summary>
public static class BuiltInActivities
{
    public static ActivityCatalog Catalog() => new(
    [
        new Flowchart(), new Sequence(), new If(), new FlowDecision(), new FlowFork(), new FlowJoin(), new SetVariable(),
        new Event(), new Delay(),
        new ClosedLoop.ClosedLoop(), new Stage(), new EndStage(),
        new TeamActivity(TeamKind.TechGrid), new TeamActivity(TeamKind.Enforcement), new TeamActivity(TeamKind.Inspection), new TeamActivity(TeamKind.CommunityGrid),
    ]);
}
