using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Loops;

/// <summary>An activity that runs its body again and again, until it is done or <see cref="Break"/> ends it.</summary>
public abstract class Loop : Activity
{
    internal const string Breaking = "breaking";

    /// <summary>Lists that stand for lists of any length: none, the last, and one before the last.</summary>
    internal static readonly IReadOnlyList<JsonElement?> SampleLists = [Values.From(Array.Empty<int>()), Values.From(new[] { 0 }), Values.From(new[] { 0, 0 })];

    /// <summary>Schedules the body once more, or completes.</summary>
    protected abstract void Advance(ActivityContext context);

    public override void Execute(ActivityContext context) => Advance(context);

    public override void ChildCompleted(ActivityContext context, Node child, ImmutableArray<string> outcomes)
    {
        if (context.State(Breaking) is null) Advance(context);
        else context.Complete();
    }

    public override bool Signalled(ActivityContext context, Signal signal)
    {
        if (signal is not LoopEnding) return false;
        context.SetState(Breaking, true);
        return true;
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        if (!node.Ports.ContainsKey("body")) check.Warn($"{node.Pointer}/body", "an activity to repeat", "nothing");
    }

    /// <summary>Runs the body with the value and number of this round.</summary>
    protected static void Round(ActivityContext context, JsonElement? value, int? index)
    {
        var variables = ImmutableDictionary<string, JsonElement>.Empty;
        if (value is { } current) variables = variables.SetItem("CurrentValue", current);
        if (index is { } number) variables = variables.SetItem("CurrentIndex", Values.From(number));
        context.SetOutput("currentValue", value);
        context.Schedule(context.Node.Ports["body"], variables);
    }

    protected static bool HasBody(Node node) => node.Ports.ContainsKey("body");

    /// <summary>The items of a list: a JSON array, or a text that holds one, as Elsa's literals do.</summary>
    internal static IReadOnlyList<JsonElement> Items(ActivityContext context)
    {
        var value = context.Input("items") ?? throw ActivityContext.Fault("input 'items': expected a list, found nothing");
        if (value.ValueKind == JsonValueKind.String)
            try
            {
                value = JsonElement.Parse(value.GetString()!);
            }
            catch (JsonException)
            {
                throw ActivityContext.Fault($"input 'items': expected a list, found {value.Describe()}");
            }
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw ActivityContext.Fault($"input 'items': expected a list, found {value.Describe()}");
    }
}

/// <summary>Ends the nearest loop; sequences on the way end too.</summary>
internal sealed record LoopEnding : Signal;
