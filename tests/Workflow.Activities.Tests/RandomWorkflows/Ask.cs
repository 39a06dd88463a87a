using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Tests.RandomWorkflows;

/// <summary>An activity from elsewhere: asks for an effect and gives its result back.</summary>
internal sealed class Ask : Activity
{
    public const string TypeName = "Test.Ask";

    public override ActivityDescriptor Descriptor { get; } = new(TypeName) { Outputs = ["result"] };

    public override void Execute(ActivityContext context) => context.Request(new Question(context.Node.Id));

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        context.SetOutput("result", (resumption as Resumption.FromEffect)?.Result);
        context.Complete();
    }
}

[Effect("test-question")]
internal sealed record Question(string Text);
