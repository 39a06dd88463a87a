using System.Text.Json;
using Workflow.Activities.ClosedLoop;
using Workflow.Activities.Composition;
using Workflow.Activities.ControlFlow;
using Workflow.Activities.Events;
using Workflow.Activities.Http;
using Workflow.Activities.JointWork;
using Workflow.Activities.State;
using Workflow.Activities.Loops;
using Workflow.Activities.Scripting;
using Workflow.Activities.Teams;
using Workflow.Activities.Timing;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities;

/// <summary>The activities that come with Workflow.</summary>
public static class BuiltInActivities
{
    /// <param name="others">Activities from elsewhere.</param>
    public static ActivityCatalog Catalog(params IEnumerable<Activity> others) => new KnownActivities(
    [
        new Flowchart(), new Sequence(), new ControlFlow.Parallel(), new If(), new Switch(), new Fork(),
        new FlowDecision(), new FlowSwitch(), new FlowFork(), new FlowJoin(), new FlowNode(), new Start(), new End(), new Finish(), new Complete(), new Fault(),
        new While(), new For(), new ForEach(), new ParallelForEach(), new Break(),
        new SetVariable(), new SetOutput(), new Correlate(), new SetName(), new WriteLine(), new ReadLine(), new RunJavaScript(),
        new Event(), new PublishEvent(), new RunTask(), new Delay(), new Timing.Timer(), new Cron(), new StartAt(),
        new ExecuteWorkflow("Elsa.ExecuteWorkflow"), new ExecuteWorkflow("Elsa.DispatchWorkflow"), new BulkDispatchWorkflows(),
        new SendHttpRequest(), new FlowSendHttpRequest(), new DownloadHttpFile(),
        new ClosedLoop.ClosedLoop(), new Stage(), new EndStage(), new EffectCheck(), new DrawSample(),
        new TeamActivity(TeamKind.TechGrid), new TeamActivity(TeamKind.Enforcement), new TeamActivity(TeamKind.Inspection), new TeamActivity(TeamKind.CommunityGrid),
        new AnsweringTeam(), new LevelReview(), new HandDown(), new Supervise(),
        .. others,
    ]);

    private sealed class KnownActivities(IEnumerable<ActivityType> types) : ActivityCatalog(types)
    {
        public override ActivityType Unknown(string typeName) => new UnknownActivity(typeName);

        public override ActivityType Composite(string typeName, JsonElement workflow) => new WorkflowActivity(typeName, new(workflow));
    }
}
