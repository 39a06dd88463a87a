using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.State;

/// <summary><c>Elsa.SetVariable</c>: gives a variable a value, converted to the variable's type.</summary>
public sealed class SetVariable : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.SetVariable")
    {
        Category = "Values",
        Summary = "Gives a variable a value, converted to the variable's type.",
        Inputs = [new("value", "Object") { Summary = "The value; nothing without it." }],
        PlainMembers = ["variable"],
    };

    public override void Execute(ActivityContext context)
    {
        if (context.Node.Plain("variable") is not { } variable || NameOf(variable) is not { } name) throw ActivityContext.Fault("member 'variable': expected a variable with an id or a name, found none");
        var value = context.Input("value") ?? Values.From<string?>(null);
        var typeName = variable.Text("typeName") ?? "Object";
        context.SetVariable(name, Values.Convert(value, typeName) ?? throw ActivityContext.Fault($"variable '{variable.Text("name") ?? name}': expected a value of type {typeName}, found {value.Describe()}"));
        context.Complete();
    }

    public override IEnumerable<string> VariablesSet(Node node) =>
        node.Plain("variable") is { } variable && NameOf(variable) is { } name ? [name, .. base.VariablesSet(node)] : base.VariablesSet(node);

    public override void Check(Node node, DefinitionCheck check)
    {
        if (node.Plain("variable") is not { } variable || NameOf(variable) is not { } name)
            check.Error($"{node.Pointer}/variable", "a variable with an id or a name", node.Plain("variable")?.Describe() ?? "nothing");
        else if (!check.Declares(node, name))
            check.Warn($"{node.Pointer}/variable", "a variable that is declared around this activity", $"'{name}', which becomes a variable of the workflow");
    }

    private static string? NameOf(JsonElement variable) =>
        variable.ValueKind == JsonValueKind.String ? variable.GetString() : variable.Text("id") ?? variable.Text("name");
}
