using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Benchmarks;

/// <summary>How much the core alone costs: <see cref="Transition.Apply"/> and nothing else is timed.</summary>
internal static class CoreBenchmark
{
    private const int KeptSamples = 1 << 20;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(3);
    private static readonly World World = new(FrozenDictionary<string, BusinessCalendar>.Empty, TeamDirectory.Empty);

    public static int Run()
    {
        var definition = FiveSteps.Waits();
        var stimuli = Stimuli(TimeProvider.System.GetUtcNow());
        var samples = new long[KeptSamples];
        Drive(definition, stimuli, samples, WarmUp);

        var (allocated, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        if (Drive(definition, stimuli, samples, Measured) is not { } bursts)
        {
            Console.Error.WriteLine("the instance did not finish");
            return CommandLine.FoundWrong;
        }
        var elapsed = Stopwatch.GetElapsedTime(started);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        var kept = samples.AsSpan(0, Math.Min(bursts, samples.Length));
        kept.Sort();
        Report.Print(new
        {
            bursts_per_s = Report.Round(bursts / elapsed.TotalSeconds),
            bytes_per_burst = Report.Round((double)allocated / bursts),
            burst_p50_us = Report.Round(Report.Percentile(kept, 50).TotalMicroseconds),
        });
        return CommandLine.Done;
    }

    /// <summary>The start and the five events. One list serves every instance: the core keeps nothing.</summary>
    private static Stimulus[] Stimuli(DateTimeOffset at)
    {
        var id = new InstanceId(Guid.CreateVersion7(at));
        return
        [
            new Stimulus.Started(id, ImmutableDictionary<string, JsonElement>.Empty, null) { At = at },
            .. Enumerable.Range(1, FiveSteps.Steps).Select(step => new Stimulus.EventReceived(FiveSteps.EventOf(step), FiveSteps.Payload) { At = at }),
        ];
    }

    /// <summary>Drives one instance after another to its end.</summary>
    /// <returns>The bursts; null when one was refused or an instance did not end.</returns>
    private static int? Drive(WorkflowDefinition definition, Stimulus[] stimuli, long[] samples, TimeSpan duration)
    {
        var (bursts, begin) = (0, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(begin) < duration)
        {
            var instance = new WorkflowInstance(((Stimulus.Started)stimuli[0]).Id, definition.Id);
            foreach (var stimulus in stimuli)
            {
                var before = Stopwatch.GetTimestamp();
                var step = Transition.Apply(definition, instance, stimulus, World);
                samples[bursts++ & (KeptSamples - 1)] = Stopwatch.GetTimestamp() - before;
                if (step is not Step.Advanced advanced) return null;
                instance = advanced.After;
            }
            if (instance.Status != InstanceStatus.Finished) return null;
        }
        return bursts;
    }
}
