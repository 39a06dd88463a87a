using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;

namespace Workflow.Activities.JointWork;

/// <summary><c>Workflow.HandDown</c>, 交办: hands the task down in parts and goes on when each of them is accepted. A person's command does the same to a task that runs.</summary>
public sealed class HandDown : Activity
{
    /// <summary>What parts run unless told otherwise; comes with Workflow.</summary>
    public const string DefaultDefinition = "handed-down";

    private const string PartForm = "a list of parts such as {\"areaCode\": \"510107\", \"role\": \"lead\", \"text\": \"…\"}";

    public override ActivityDescriptor Descriptor { get; } = new("Workflow.HandDown")
    {
        Category = "Joint work",
        Summary = "Hands the task down in parts, a task of its own each, and goes on when each is accepted.",
        Waits = true,
        Inputs =
        [
            new("definition", "String") { Samples = [null], Summary = $"The task definition of the parts; {DefaultDefinition} without it." },
            new("parts", "Object", IsRequired: true, Check: value => Read(value) is null ? PartForm : null)
            {
                Samples = [Json("[]")], Summary = "The parts: areaCode, role (lead, once, or assist), text, and if wanted team, due and wanted (what is to be fed back).",
            },
        ],
    };

    public override void Execute(ActivityContext context)
    {
        var parts = context.Input("parts") is { } value ? Read(value) : null;
        context.Wait(BookmarkKind.Parts, context.Task.HandDown(context.Text("definition") ?? DefaultDefinition, parts ?? throw ActivityContext.Fault($"input 'parts': expected {PartForm}")));
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        if (!check.Definition.IsTask) check.Error(node.Pointer, $"a task definition (root {WorkflowDefinition.ClosedLoopType}) around it", check.Definition.Root.Type.Descriptor.Type);
        if (node.LiteralText("definition") == check.Definition.Id.DefinitionId) check.Problems.Warn($"{node.Pointer}/definition", "another definition", "this one, which hands itself down again and again");
    }

    private static ImmutableArray<PartAsked>? Read(JsonElement value)
    {
        try
        {
            return value.Deserialize<ImmutableArray<PartAsked>>(InstanceJson.Options) is { IsDefault: false } parts && parts.All(part => part is { AreaCode: not null, Text: not null }) ? parts : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
