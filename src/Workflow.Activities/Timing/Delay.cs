using System.Globalization;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Timing;

/// <summary><c>Elsa.Delay</c>: waits for a span of wall-clock time, one minute unless told otherwise.</summary>
public sealed class Delay : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Delay") { Inputs = [new("timeSpan", "TimeSpan")] };

    public override void Execute(ActivityContext context)
    {
        var span = context.Input("timeSpan") is { } value ? Values.ToTimeSpan(value)!.Value : TimeSpan.FromMinutes(1);
        var due = context.At + span;
        context.Wait(BookmarkKind.Delay, due.ToString("O", CultureInfo.InvariantCulture), due);
    }
}
