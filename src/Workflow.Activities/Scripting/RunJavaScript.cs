using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions.Scripting;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Scripting;

/// <summary><c>Elsa.RunJavaScript</c>: runs a script. It goes on at the outcomes that the script sets, or at <c>Done</c>.</summary>
public sealed class RunJavaScript : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.RunJavaScript")
    {
        Category = "Values",
        Summary = "Runs a script; goes on at the outcomes that it sets, or at Done.",
        Inputs =
        [
            new("script", "String") { Summary = "JavaScript, see docs/javascript.md." },
            new("possibleOutcomes", "Object") { Summary = "The outcomes that the script may set." },
        ],
        Outputs = ["result"],
    };

    public override IReadOnlyList<string> Outcomes(Node node) =>
        node.Literal("possibleOutcomes") is { ValueKind: System.Text.Json.JsonValueKind.Array } outcomes && outcomes.GetArrayLength() > 0
            ? [.. outcomes.EnumerateArray().Select(outcome => Engine.Expressions.Values.ToText(outcome))]
            : ["Done"];

    public override bool HasFixedOutcomes(Node node) => false;

    public override IEnumerable<(string Pointer, Script Script)> Scripts(Node node) =>
        node.LiteralText("script") is { } source && Script.Parse(source, out _) is { } script
            ? base.Scripts(node).Append((node.Inputs["script"].ValuePointer, script))
            : base.Scripts(node);

    public override void Check(Node node, DefinitionCheck check)
    {
        if (node.LiteralText("script") is { } source && Script.Parse(source, out var problem) is null)
            check.Error(node.Inputs["script"].ValuePointer, problem!.Expected, problem.FoundWhere);
    }

    public override void Execute(ActivityContext context)
    {
        var script = context.Node.Literal("script") is not null ? context.Node.Derive(ParseLiteral) : Parse(context.Text("script") ?? "");
        var (result, outcomes) = context.Run(script);
        context.SetOutput("result", result);
        context.Complete(outcomes.AsSpan());
    }

    private static Script ParseLiteral(Node node) => Parse(node.LiteralText("script") ?? "");

    private static Script Parse(string source) =>
        Script.Parse(source, out var problem) ?? throw ActivityContext.Fault($"input 'script': {problem}");
}
