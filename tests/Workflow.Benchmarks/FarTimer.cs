using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Benchmarks;

/// <summary>A workflow that waits for the instant that its start names, and many of its instances.</summary>
internal static class FarTimer
{
    /// <summary>Starts that are under way at the same time.</summary>
    private const int Callers = 256;

    public static readonly TimeSpan FarAway = TimeSpan.FromDays(365);

    public static WorkflowDefinition Definition() => FiveSteps.Read("""
        {
          "definitionId": "far-timer", "version": 1, "inputs": [ { "name": "due", "type": "DateTimeOffset" } ],
          "root": { "id": "wait", "type": "Elsa.StartAt", "dateTime": { "typeName": "DateTimeOffset", "expression": { "type": "Input", "value": "due" } } }
        }
        """);

    /// <summary>Starts as many instances as there are due times. They are durable when this returns.</summary>
    public static async Task<InstanceId[]> StartAsync(EngineInProcess engine, DefinitionVersion definition, IReadOnlyList<DateTimeOffset> due, CancellationToken cancel)
    {
        var (started, next) = (new InstanceId[due.Count], -1);
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(
            async () =>
            {
                for (int index; (index = Interlocked.Increment(ref next)) < due.Count;)
                {
                    cancel.ThrowIfCancellationRequested();
                    started[index] = await engine.StartInstanceAsync(definition, ImmutableDictionary<string, JsonElement>.Empty.Add(
                        "due", JsonSerializer.SerializeToElement(due[index].ToString("O", CultureInfo.InvariantCulture))));
                }
            },
            cancel));
        await Task.WhenAll(callers).WaitAsync(cancel);
        return started;
    }
}
