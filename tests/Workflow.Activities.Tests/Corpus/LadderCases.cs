using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Activities.Tests.Teams;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Corpus;

/// <summary>An item that was climbed for and claimed, one that was not, and a deadline that came with the task.</summary>
internal static class LadderCases
{
    private static readonly WorkflowDefinition Definition = TaskDefinition(
        response: Flow.Chart("r", "f=Fork(A,B)", "f.A>told f.B>left", Item("told", "CommunityGrid"), Item("left", "CommunityGrid")));

    public static IEnumerable<CorpusCase> All => [new("task-items-told", "told", Definition, Run) { World = Told.World }];

    private static void Run(Scenario task)
    {
        task.Do(new Stimulus.Started(task.State.Id, ImmutableDictionary<string, JsonElement>.Empty, new("CD-2026-000125", "扬尘", Guixi, Priority.Normal) { DueBy = task.Now.AddDays(2) }) { At = task.Now });
        task.Do(new Stimulus.WorkItemRead(task.Item("told").Number) { At = task.Now, By = Li }).Until("2026-09-14T10:01+08:00");
        var chat = task.Notice("told", "chat").Number;
        task.Do(new Stimulus.EffectCompleted(chat, Json("{ 'state': 'delivered', 'address': '138****01' }")) { At = task.Now }).Do(new Stimulus.NoticeHeard(chat, NoticeState.Read, null) { At = task.Now });
        task.Until("2026-09-14T10:03+08:00").Do(new Stimulus.EffectFailed(task.Notice("told", "mail").Number, "李静: expected a contact 'mail', found none") { At = task.Now });
        task.Until("2026-09-14T10:20+08:00").Do(task.Claim("told", Li)).Do(new Stimulus.Cancelled("重复上报") { At = task.Now, By = Qian });
    }
}
