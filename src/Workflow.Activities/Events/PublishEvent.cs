using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Events;

/// <summary><c>Elsa.PublishEvent</c>: sends an event to every instance that waits for it, or with <c>isLocalEvent</c> to this one only.</summary>
public sealed class PublishEvent : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.PublishEvent")
    {
        Category = "Events",
        Summary = "Sends an event to every instance that waits for it, or to this one only.",
        Inputs =
        [
            Event.Name, new("correlationId", "String") { Summary = "Only instances with this correlation id." },
            new("isLocalEvent", "Boolean") { Summary = "True: to this instance only." }, new("payload", "Object") { Summary = "What the event brings." },
        ],
    };

    public override void Execute(ActivityContext context)
    {
        var name = context.Text("eventName") ?? throw ActivityContext.Fault("input 'eventName': expected a name, found nothing");
        InstanceId? only = context.Input("isLocalEvent") is { } local && Values.IsTrue(local) ? context.InstanceId : null;
        context.Post(new PublishedEvent(name, context.Text("correlationId"), only, context.Input("payload")));
        context.Complete();
    }
}
