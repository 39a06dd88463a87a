using System.Collections.Immutable;
using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>A workflow that is used as an activity: what it takes and gives, read once from its document, and what its node and the engine have to name alike.</summary>
public sealed class UsedWorkflow(JsonElement document)
{
    /// <summary>The port that holds the root of the used workflow.</summary>
    public const string RootPort = "workflow";

    /// <summary>Where its token keeps the inputs.</summary>
    public const string InputKey = "input";

    public JsonElement Document => document;

    /// <summary>Names and types of its inputs.</summary>
    public ImmutableArray<(string Name, string TypeName)> Inputs { get; } =
        [.. document.Items("inputs", "", null).Select(input => (input.Text("name") ?? "", input.Text("type") ?? "Object"))];

    public ImmutableArray<string> Outputs { get; } = [.. document.Items("outputs", "", null).Select(output => output.Text("name") ?? "")];

    /// <summary>What it can complete with: what it declares, and <c>Done</c>.</summary>
    public ImmutableArray<string> Outcomes { get; } =
        [.. document.Items("outcomes", "", null).Where(outcome => outcome.ValueKind == JsonValueKind.String).Select(outcome => outcome.GetString()!).Append("Done").Distinct()];

    /// <summary>Where its token keeps an output.</summary>
    public static string OutputKey(string output) => $"output:{output}";
}
