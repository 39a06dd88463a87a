using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;

namespace Workflow.Benchmarks;

/// <param name="Folder">Where the databases of the run and of the floor lie.</param>
internal sealed record LoopSettings(int Instances, int Concurrency, string Folder);

/// <summary>
/// The whole way of a stimulus: into the commit queue, through the core, to the disk, and back to the caller with the answer.
/// Callers are closed loops: each drives one instance to its end, sending the next event when the last is answered, then takes the next instance.
/// The floor is taken before, between and after, because a shared disk is not the same disk from one minute to the next.
/// </summary>
internal static class LoopBenchmark
{
    /// <summary>Driven before the clock starts, so that what is measured is compiled.</summary>
    private const int WarmUpInstances = 1000;

    /// <summary>The commit queue is one writer, so its floor is that of one connection.</summary>
    private const int FloorConnections = 1;

    public static async Task<int> RunAsync(LoopSettings settings, CancellationToken cancel)
    {
        using var floor = new FloorBenchmark(settings.Folder, FloorConnections);
        floor.Measure();
        using var folder = new TemporaryFolder(settings.Folder);
        var definition = FiveSteps.WithTimers();
        await using var engine = await EngineInProcess.StartAsync(folder.File("workflow.db"), definition, cancel);
        await DriveAsync(engine.Queue, definition.Id, settings with { Instances = WarmUpInstances }, cancel);
        floor.Measure();

        var sizeBefore = await engine.SizeBytesAsync(cancel);
        var (cpuBefore, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var answers = await DriveAsync(engine.Queue, definition.Id, settings, cancel);
        var (elapsed, cpu) = (Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - cpuBefore);
        var size = await engine.SizeBytesAsync(cancel) - sizeBefore;
        floor.Measure();

        Array.Sort(answers);
        Report.Print(new
        {
            store = "sqlite",
            n = settings.Instances,
            concurrency = settings.Concurrency,
            instances_per_s = Report.Round(settings.Instances / elapsed.TotalSeconds),
            transitions_per_s = Report.Round(answers.Length / elapsed.TotalSeconds),
            ack_p50_ms = Report.Round(Report.Percentile(answers, 50).TotalMilliseconds),
            ack_p99_ms = Report.Round(Report.Percentile(answers, 99).TotalMilliseconds),
            cpu_s = Report.Round(cpu.TotalSeconds),
            peak_rss_mb = Report.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1e6),
            disk_bytes_per_instance = Report.Round((double)size / settings.Instances),
            floor_commits_per_s = Report.Round(floor.Best),
        });
        if (await engine.CheckAsync(WarmUpInstances + settings.Instances, cancel) is not { } wrong) return CommandLine.Done;
        await Console.Error.WriteLineAsync(wrong);
        return CommandLine.FoundWrong;
    }

    /// <returns>How long each answer took.</returns>
    private static async Task<long[]> DriveAsync(CommitQueue queue, DefinitionVersion definition, LoopSettings settings, CancellationToken cancel)
    {
        var answers = new long[settings.Instances * FiveSteps.Steps];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, settings.Concurrency).Select(_ => Task.Run(
            async () =>
            {
                for (int instance; (instance = Interlocked.Increment(ref next)) < settings.Instances;)
                    await DriveOneAsync(queue, definition, answers.AsMemory(instance * FiveSteps.Steps, FiveSteps.Steps), cancel);
            },
            cancel)));
        return answers;
    }

    private static async Task DriveOneAsync(CommitQueue queue, DefinitionVersion definition, Memory<long> answers, CancellationToken cancel)
    {
        var id = new InstanceId(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        for (var step = 1; step <= FiveSteps.Steps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            var at = TimeProvider.System.GetUtcNow();
            var command = step == 1
                ? new Command(id, new Stimulus.Started(id, ImmutableDictionary<string, JsonElement>.Empty, null) { At = at }) { Definition = definition }
                : new Command(id, new Stimulus.EventReceived(FiveSteps.EventOf(step), FiveSteps.Payload) { At = at });
            var sent = Stopwatch.GetTimestamp();
            var result = await queue.SubmitAsync(command);
            answers.Span[step - 1] = Stopwatch.GetTimestamp() - sent;
            if (result is not CommandResult.Applied { Step: Step.Advanced })
            {
                await Console.Error.WriteLineAsync($"{id}, step {step}: expected a step forward, found {result}");
                return;
            }
        }
    }
}
