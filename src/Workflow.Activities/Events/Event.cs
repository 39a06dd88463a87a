using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Events;

/// <summary><c>Elsa.Event</c>: waits for an event of this name; its payload becomes <c>result</c>.</summary>
public sealed class Event : Activity
{
    internal static readonly InputDescriptor Name =
        new("eventName", "String", IsRequired: true, Check: value => string.IsNullOrWhiteSpace(Values.ToText(value)) ? "the name of an event" : null) { Summary = "The event's name, exactly as it is sent." };

    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Event")
    {
        Category = "Events",
        Summary = "Waits for an event of this name.",
        Waits = true,
        Inputs = [Name],
        Outputs = ["result"],
    };

    public override void Execute(ActivityContext context)
    {
        if (context.TakeTrigger() is { } trigger) Receive(context, trigger.Payload);
        else context.Wait(BookmarkKind.Event, context.Text("eventName") ?? throw ActivityContext.Fault("input 'eventName': expected a name, found nothing"));
    }

    public override void Resumed(ActivityContext context, Resumption resumption) => Receive(context, (resumption as Resumption.FromBookmark)?.Payload);

    private static void Receive(ActivityContext context, JsonElement? payload)
    {
        context.SetOutput("result", payload);
        context.Complete();
    }
}
