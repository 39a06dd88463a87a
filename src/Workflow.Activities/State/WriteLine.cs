using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.State;

/// <summary><c>Elsa.WriteLine</c>: writes a line into the journal of the instance.</summary>
public sealed class WriteLine : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.WriteLine")
    {
        Category = "Values",
        Summary = "Writes a line into the journal of the instance.",
        Inputs = [new("text", "String") { IsTolerant = true, Summary = "The line." }],
    };

    public override void Execute(ActivityContext context)
    {
        context.WriteLine(Values.ToText(context.Input("text")));
        context.Complete();
    }
}

/// <summary><c>Elsa.ReadLine</c>: waits for a line; whoever resumes the wait brings it.</summary>
public sealed class ReadLine : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.ReadLine")
    {
        Category = "Events",
        Summary = "Waits for a line; whoever resumes the wait brings it.",
        Waits = true,
        Outputs = ["result"],
    };

    public override void Execute(ActivityContext context) => context.Wait(BookmarkKind.ReadLine, context.Node.Id);

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        context.SetOutput("result", (resumption as Resumption.FromBookmark)?.Payload);
        context.Complete();
    }
}
