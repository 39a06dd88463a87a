using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Benchmarks;

/// <summary>Where the loop sends its commands: an engine in the process, or a server. A command that was not applied throws <see cref="WrongResultException"/>.</summary>
/// <typeparam name="TInstance">What names an instance.</typeparam>
internal interface ILoopTarget<TInstance>
{
    Task<TInstance> StartAsync();

    /// <summary>Sends the event with which this step begins.</summary>
    Task SendAsync(TInstance instance, int step);
}

/// <summary>What the callers saw.</summary>
/// <param name="Answers">How long each answer took, sorted.</param>
internal sealed record LoopTimes(int Instances, long[] Answers, TimeSpan Elapsed)
{
    public double InstancesPerSecond => Instances / Elapsed.TotalSeconds;

    public double TransitionsPerSecond => Answers.Length / Elapsed.TotalSeconds;

    public double AnswerMs(double percent) => Report.Percentile(Answers, percent).TotalMilliseconds;
}

/// <summary>
/// Callers are closed loops: each drives one instance of <see cref="FiveSteps.WithTimers"/> to its end, sending the next event when the last is answered,
/// then takes the next instance.
/// </summary>
internal static class Loop
{
    public static async Task<LoopTimes> DriveAsync<TInstance>(ILoopTarget<TInstance> target, int instances, int concurrency, CancellationToken cancel)
    {
        var (answers, next) = (new long[instances * FiveSteps.Steps], -1);
        var started = Stopwatch.GetTimestamp();
        var callers = Enumerable.Range(0, concurrency).Select(_ => Task.Run(
            async () =>
            {
                for (int instance; (instance = Interlocked.Increment(ref next)) < instances;)
                    await DriveOneAsync(target, answers.AsMemory(instance * FiveSteps.Steps, FiveSteps.Steps), cancel);
            },
            cancel));
        // A command that is never answered must not keep the run from ending.
        await Task.WhenAll(callers).WaitAsync(cancel);
        var elapsed = Stopwatch.GetElapsedTime(started);
        Array.Sort(answers);
        return new(instances, answers, elapsed);
    }

    private static async Task DriveOneAsync<TInstance>(ILoopTarget<TInstance> target, Memory<long> answers, CancellationToken cancel)
    {
        var sent = Stopwatch.GetTimestamp();
        var instance = await target.StartAsync();
        answers.Span[0] = Stopwatch.GetTimestamp() - sent;
        for (var step = 2; step <= FiveSteps.Steps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            sent = Stopwatch.GetTimestamp();
            await target.SendAsync(instance, step);
            answers.Span[step - 1] = Stopwatch.GetTimestamp() - sent;
        }
    }
}

/// <summary>The engine in this process, without HTTP: from the commit queue to the answer after the commit.</summary>
internal sealed class EngineLoop(EngineInProcess engine, DefinitionVersion definition) : ILoopTarget<InstanceId>
{
    public Task<InstanceId> StartAsync() => engine.StartInstanceAsync(definition, ImmutableDictionary<string, JsonElement>.Empty);

    public async Task SendAsync(InstanceId instance, int step)
    {
        var stimulus = new Stimulus.EventReceived(FiveSteps.EventOf(step), FiveSteps.Payload) { At = TimeProvider.System.GetUtcNow() };
        await engine.ApplyAsync(new(instance, stimulus));
    }
}
