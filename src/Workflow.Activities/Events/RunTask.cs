using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Events;

/// <summary><c>Elsa.RunTask</c>: asks whoever is outside to do a named task, and waits until that is reported under the task's id.</summary>
public sealed class RunTask : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.RunTask")
    {
        Category = "Events",
        Summary = "Asks whoever is outside to do a named task, and waits until that is reported under the task's id.",
        Waits = true,
        Inputs = [new("taskName", "String", IsRequired: true) { Summary = "Name of the task." }, new("payload", "Object") { Summary = "What whoever does it needs to know." }],
        Outputs = ["taskId", "result"],
    };

    public override void Execute(ActivityContext context)
    {
        var name = context.Text("taskName") ?? throw ActivityContext.Fault("input 'taskName': expected a name, found nothing");
        var taskId = context.NewId();
        context.SetState("taskName", name);
        if (context.Input("payload") is { } payload) context.SetState("payload", payload);
        context.SetOutput("taskId", Values.From(taskId));
        context.Wait(BookmarkKind.RunTask, taskId);
    }

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        context.SetOutput("result", (resumption as Resumption.FromBookmark)?.Payload);
        context.Complete();
    }
}
