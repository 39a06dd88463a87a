using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Loops;

/// <summary><c>Elsa.For</c>: runs its body for every number from <c>start</c> to <c>end</c> by <c>step</c>.</summary>
public sealed class For : Loop
{
    private const string Current = "current";

    public override ActivityDescriptor Descriptor { get; } = new("Elsa.For")
    {
        Category = "Loops",
        Summary = "Runs its body for every number from start to end.",
        Inputs = 
        [
            new("start", "Decimal") { Summary = "The first number; 0 without it." }, new("end", "Decimal") { Summary = "The last number; 0 without it." },
            new("step", "Decimal", Check: value => Values.ToNumber(value) == 0 ? "a number other than 0" : null) { Summary = "What is added each time; 1 without it." },
            new("outerBoundInclusive", "Boolean") { Summary = "Whether end itself belongs to it; true without it." },
        ],
        Provides = ["CurrentValue"],
        ChildPorts = ["body"],
        Outputs = ["currentValue"],
    };

    protected override void Advance(ActivityContext context)
    {
        var step = Number(context, "step", 1);
        if (step == 0) throw ActivityContext.Fault("input 'step': expected a number other than 0, found 0");
        var next = context.State(Current) is { } last ? last.GetDecimal() + step : Number(context, "start", 0);
        if (!HasBody(context.Node) || !IsWithin(next, step, Number(context, "end", 0), context.Input("outerBoundInclusive") is not { } given || Values.IsTrue(given)))
        {
            context.Complete();
            return;
        }
        context.SetState(Current, next);
        Round(context, Values.From(next), null);
    }

    private static bool IsWithin(decimal value, decimal step, decimal end, bool inclusive) =>
        (inclusive && value == end) || (step > 0 ? value < end : value > end);

    private static decimal Number(ActivityContext context, string input, decimal otherwise) =>
        context.Input(input) is { } value ? Values.ToNumber(value) ?? otherwise : otherwise;
}
