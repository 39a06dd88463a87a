using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Activities.Tests.JointWork;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Corpus;

/// <summary>Tasks that were handed down, parts of them, and orders.</summary>
internal static class JointCases
{
    private static readonly InstanceId Other = InstanceId.From("another task");

    private static readonly Team Enforcement = An.Teams.Find("enforcement")!;

    private static readonly TeamDirectory WithAreas = new(An.Teams.All, [new("510107064", "grid"), new("5101", "tech"), new("gaoxin", "enforcement"), new("5101", "inspection"), new("wuhou", "enforcement-b")])
    {
        Members = An.Teams.Members,
        Areas = new[] { Guixi, new Place("gaoxin", "高新区", "/5101/gaoxin/", "高新区"), new Place("wuhou", "武侯区", "/5101/wuhou/", "武侯区") }.ToFrozenDictionary(place => place.AreaCode),
    };

    public static IEnumerable<CorpusCase> All =>
    [
        Case("task-handed-down", Forest.HandedDown, task => HandedDown(task)),
        Case("task-parts-reported", Forest.HandedDown, task => Reported(task)),
        Case("task-parts-awaited", Forest.HandedDown, task => Reported(task).Work("receive", Chen)),
        Case("task-parts-accepted", Forest.HandedDown, task => Accept(Reported(task), 0)),
        Case("task-parts-taken-back", Forest.HandedDown, task => HandedDown(task).Do(new Stimulus.Cancelled("重复上报") { At = task.Now, By = Zhao })),
        Case("task-part-lead", Forest.HandedDown, task => Heard(Lead(task)).Work("receive", Chen).Work("answer", Chen, values: "{ 'feedback': '已查处' }")),
        Case("task-part-moved", Forest.HandedDown, task => Heard(Lead(task)).Do(task.Transfer("receive", Qian, "enforcement-b"))),
        Case("task-ordered", Forest.HandedDown, task => Begin(task).Do(new Stimulus.TaskTold(new TaskMessage.OrderGiven(Other, "DB-2026-000001")) { At = task.Now, By = Zhao })),
        Case("task-due-by-annotated", Forest.HandedDown, task => Begin(task, dueBy: task.Now.AddDays(4)).Do(new Stimulus.TaskAnnotated("现场照片另附") { At = task.Now, By = Zhao })),
        Case("order", Forest.Ordered, task => Order(task)),
        Case("order-pressed", Forest.Ordered, task => Pressed(Order(task))),
        Case("order-fed-back", Forest.Ordered, task => FedBack(Order(task).Work("receive", Chen))),
    ];

    private static CorpusCase Case(string name, WorkflowDefinition definition, Action<Scenario> run) => new(name, definition.Id.DefinitionId, definition, run) { Teams = WithAreas };

    private static Scenario Begin(Scenario task, PartOfTask? part = null, Order? order = null, DateTimeOffset? dueBy = null) => task.Do(new Stimulus.Started(
        task.State.Id, ImmutableDictionary<string, JsonElement>.Empty, new("CD-2026-000124", "扬尘", Guixi, Priority.Normal) { RaisedBy = Zhao.Person, Part = part, Order = order, DueBy = dueBy })
    {
        At = task.Now, By = Zhao, Parent = part is null ? null : new(Other, part.Number),
    });

    private static Scenario HandedDown(Scenario task) => Begin(task).Do(new Stimulus.HandedDown("handed-down",
    [
        new("gaoxin", PartRole.Lead, "牵头查处", "enforcement", task.Now.AddDays(3), "处置情况"), new("510107064", PartRole.Assist, "覆盖裸土", "grid", task.Now.AddDays(2)),
    ]) { At = task.Now, By = Qian });

    private static Scenario Reported(Scenario task)
    {
        var assistant = HandedDown(task).State.Task!.Parts[1];
        var feedback = new PartFeedback(Li.Person, assistant.Team, task.Now, "Done", "已覆盖");
        return task.Do(new Stimulus.TaskTold(new TaskMessage.PartReported(assistant.Number, new(17, assistant.Team, assistant.Place, feedback))) { At = task.Now, By = Li });
    }

    private static Scenario Accept(Scenario task, int index)
    {
        var part = task.State.Task!.Parts[index];
        return task.Do(new Stimulus.ChildEnded(part.Number, new(part.Task, InstanceStatus.Finished, ImmutableDictionary<string, JsonElement>.Empty)) { At = task.Now, By = Zhao });
    }

    private static Scenario Lead(Scenario task) => Begin(task, new(Other, Other, "CD-2026-000123", 9, PartRole.Lead, Enforcement, "牵头查处", "处置情况", task.Now.AddDays(3), Zhao.Person)
    {
        Under = "5101", Assistants = [new(10, "石羊街道", An.Teams.Find("grid-b")!)],
    });

    private static Scenario Heard(Scenario task) => task.Do(new Stimulus.TaskTold(
        new TaskMessage.AssistantReported(10, new(Zhou.Person, An.Teams.Find("grid-b")!, task.Now, "Explained", "辖区内无工地"))) { At = task.Now, By = Zhou });

    private static Scenario Order(Scenario task) => Begin(task, order: new(Zhao.Person, "限期整改", Enforcement, task.Now.AddDays(5), "P1D") { Tasks = [new(Other, "CD-2026-000123")] });

    private static Scenario Pressed(Scenario task)
    {
        foreach (var rung in Enum.GetValues<OrderRung>()) task.Do(new Stimulus.OrderPressed(rung, "尽快办理") { At = task.Now, By = Qian });
        return task;
    }

    private static Scenario FedBack(Scenario task)
    {
        task.Do(new Stimulus.OrderFedBack("正在整改") { At = task.Now, By = Chen });
        return task.Until("2026-09-16T12:00+08:00").Do(new Stimulus.TaskTold(new TaskMessage.CoveredEnded(Other)) { At = task.Now, By = Zhao });
    }
}
