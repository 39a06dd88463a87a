using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Composition;

/// <summary><c>Elsa.Fault</c>: fails with a message, which becomes an incident.</summary>
public sealed class Fault : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Fault")
    {
        Category = "Composition",
        Summary = "Fails with a message, which becomes an incident.",
        IsExit = true,
        Inputs = 
        [
            new("code", "String") { Summary = "A code that stands before the message." }, new("category", "String") { Summary = "Kept for Elsa; not used here." },
            new("faultType", "String") { Summary = "Kept for Elsa; not used here." }, new("message", "String") { Summary = "What went wrong, for the person who resolves the incident." },
        ],
    };

    public override void Execute(ActivityContext context)
    {
        var code = context.Text("code");
        var message = context.Text("message") ?? "the workflow says that it cannot go on";
        throw ActivityContext.Fault(code is null ? message : $"{code}: {message}");
    }
}
