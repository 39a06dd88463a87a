using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Composition;

/// <summary><c>Elsa.Fault</c>: fails with a message, which becomes an incident.</summary>
public sealed class Fault : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Fault")
    {
        Inputs = [new("code", "String"), new("category", "String"), new("faultType", "String"), new("message", "String")],
    };

    public override void Execute(ActivityContext context)
    {
        var code = context.Text("code");
        var message = context.Text("message") ?? "the workflow says that it cannot go on";
        throw ActivityContext.Fault(code is null ? message : $"{code}: {message}");
    }
}
