using System.Text.Json;
using Workflow.Engine.Expressions.Scripting;

namespace Workflow.Engine.Tests.Expressions.Scripting;

/// <summary>An instance for scripts, in memory: two variables, an input and an output, unless a test gives others.</summary>
internal sealed class FakeScriptHost : ScriptHost
{
    public Dictionary<string, string?> Variables { get; } = new() { ["counter"] = "5", ["order"] = """{"id":7,"lines":[{"qty":1},{"qty":2}]}""" };

    public Dictionary<string, string> Inputs { get; } = new() { ["Customer"] = """{"name":"Ada"}""", ["counter"] = "99" };

    public Dictionary<string, JsonElement> Given { get; } = [];

    public List<string> Writes { get; } = [];

    public override DateTimeOffset At { get; } = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero);

    public override ulong Seed => SeedToUse;

    public ulong SeedToUse { get; set; } = 42;

    public override ScriptInstance Instance { get; } = new("i-1", "An instance", "c-1", "d-1", "v-1", 3);

    public override IReadOnlyCollection<string> VariableNames => Variables.Keys;

    public override IReadOnlyCollection<string> InputNames => Inputs.Keys;

    public override IReadOnlyCollection<ScriptOutput> Outputs { get; } = [new("act-1", "check credit", "Score")];

    public override JsonElement? LastResult => JsonElement.Parse("\"last\"");

    public override IReadOnlyDictionary<string, JsonElement> Arguments => Given;

    public override JsonElement? ReadVariable(string name) => Variables.GetValueOrDefault(name) is { } json ? JsonElement.Parse(json) : null;

    public override void WriteVariable(string name, JsonElement? value) => Writes.Add($"{name} = {value?.GetRawText() ?? "undefined"}");

    public override JsonElement? ReadInput(string name) => Inputs.TryGetValue(name, out var json) ? JsonElement.Parse(json) : null;

    public override JsonElement? ReadOutput(string activityIdOrName, string? output) =>
        activityIdOrName is "act-1" or "check credit" && output is null or "Score" ? JsonElement.Parse("12") : null;

    public override void SetCorrelationId(string? value) => Writes.Add($"correlation = {value}");

    public override void SetInstanceName(string? value) => Writes.Add($"name = {value}");

    public override void SetOutcomes(IReadOnlyList<string> names) => Writes.Add($"outcomes = {string.Join("+", names)}");
}
