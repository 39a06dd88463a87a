using Workflow.Activities.Tests.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Corpus;

/// <summary>Pauses that are asked for, approved, refused and capped, another priority, and what rungs do.</summary>
internal static class PauseCases
{
    private static readonly WorkflowDefinition Checked = TaskDefinition(
        response: Item("verify", "CommunityGrid") + "|'sla': { 'target': { 'normal': '4wh', 'urgent': '2wh' }, 'calendar': 'cn-gov', "
            + "'pauseReasons': [ { 'id': 'hearing', 'approval': 'supervisor', 'cap': '5wd', 'times': 3 }, { 'id': 'reporter', 'cap': '2wd' } ] }");

    private static readonly WorkflowDefinition Climbing = TaskDefinition(
        response: Item("verify", "CommunityGrid") + "|'sla': { 'target': { 'normal': 'PT4H', 'urgent': 'PT3H' }, 'calendar': '24x7', 'rungs': [ "
            + "{ 'id': 'tell', 'at': '10%', 'do': 'notify', 'to': 'team' }, { 'id': 'team', 'at': '20%', 'do': 'reassign', 'to': 'team:grid-b' }, { 'id': 'order', 'at': '30%', 'do': 'order', 'to': 'person:u-supervisor', 'within': '3wd' }, "
            + "{ 'id': 'raise', 'at': '50%', 'do': 'raisePriority' }, { 'id': 'late', 'at': '+0', 'do': 'urge', 'inWorkingTime': true } ] }");

    public static IEnumerable<CorpusCase> All =>
    [
        new("task-pause-asked", "checked", Checked, task => Asked(task)),
        new("task-pause-approved", "checked", Checked, task => Asked(task).Until("2026-09-15T10:00+08:00").Do(task.DecidePause("verify", Qian))),
        new("task-pause-approved-ended", "checked", Checked, task => Asked(task).Until("2026-09-15T10:00+08:00").Do(task.DecidePause("verify", Qian)).Until("2026-09-16T10:00+08:00").Do(task.Resume("verify", Li))),
        new("task-pause-refused", "checked", Checked, task => Asked(task).Do(task.DecidePause("verify", Qian, isApproved: false))),
        new("task-pause-capped", "checked", Checked, task => task.Start().Do(task.Claim("verify", Li)).Do(task.Suspend("verify", Li, "reporter", "联系不上")).Until("2026-09-16T17:00+08:00")),
        new("task-pause-cap-moved", "checked", Checked, task =>
        {
            task.Start().Do(task.Claim("verify", Li)).Do(task.Suspend("verify", Li, "reporter", "联系不上"));
            ClockChangeTests.On(task, ClockChangeTests.Changed(("2026-09-16", "holiday"))).Do(new Stimulus.ClocksChanged { At = task.Now });
        }),
        new("task-priority-changed", "checked", Checked, task => task.Start().Do(task.ChangePriority(Qian))),
        new("task-rungs-climbed", "climbing", Climbing, task => task.Start().Until("2026-09-14T12:00+08:00")),
    ];

    private static Scenario Asked(Scenario task) =>
        task.Start().Do(task.Claim("verify", Li)).Do(task.Attach("verify", Li)).Do(task.Suspend("verify", Li, "hearing", "当事人申请听证", "e-ab"));
}
