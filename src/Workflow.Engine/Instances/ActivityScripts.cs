using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Expressions.Scripting;

namespace Workflow.Engine.Instances;

/// <summary>The instance as a script of one activity sees it. What it gives depends on the stimulus and the state only.</summary>
internal sealed class ActivityScripts(Burst burst, int token) : ScriptHost
{
    public override DateTimeOffset At => burst.Stimulus.At;

    public override ulong Seed { get; } = burst.Seeds.Next();

    public override ScriptInstance Instance => new(
        burst.Draft.Id.ToString(), burst.Draft.Name, burst.Draft.CorrelationId, burst.Definition.Id.DefinitionId, burst.Definition.Id.ToString(), burst.Definition.Id.Version);

    public override IReadOnlyCollection<string> VariableNames => field ??= [.. burst.Values.Names(token)];

    public override IReadOnlyCollection<string> InputNames => field ??= [.. burst.Values.GivenNames(token).Union(burst.Values.InputNames(token)).Order(StringComparer.Ordinal)];

    public override IReadOnlyCollection<ScriptOutput> Outputs => field ??=
        [.. burst.Definition.Nodes.Values.SelectMany(node => node.Type.Descriptor.Outputs.Select(output => new ScriptOutput(node.ActivityId, node.Name, output)))];

    public override JsonElement? LastResult => burst.Values.LastResult;

    /// <summary>What the script chose with <c>setOutcome</c>; empty when it did not.</summary>
    public ImmutableArray<string> Outcomes { get; private set; } = [];

    /// <summary>Runs a script within what the scripts of this burst may still use.</summary>
    public JsonElement? Run(Script script)
    {
        var result = burst.World.Scripts.Evaluate(script, this, burst.ScriptSteps);
        burst.ScriptSteps += result.Steps;
        return result.Value;
    }

    public override JsonElement? ReadVariable(string name) => burst.Values.Read(token, name);

    public override void WriteVariable(string name, JsonElement? value) => burst.Values.Set(token, name, value ?? Null);

    public override JsonElement? ReadInput(string name) => burst.Values.Input(token, name);

    public override JsonElement? ReadOutput(string activityIdOrName, string? output) => burst.Values.OutputOf(activityIdOrName, output);

    public override void SetCorrelationId(string? value) => burst.Record(new Fact.CorrelationSet(value));

    public override void SetInstanceName(string? value) => burst.Record(new Fact.NameSet(value));

    public override void SetOutcomes(IReadOnlyList<string> names) => Outcomes = [.. names];

    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<string?>(null);
}
