using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Benchmarks;

/// <summary>What the core alone costs, without a store: <c>DefinitionReader.Read</c> and <c>Transition.Apply</c>.</summary>
internal static class CoreBenchmarks
{
    public static int Run()
    {
        var config = ManualConfig.CreateMinimumViable()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "workflow-benchmarks"))
            .WithOptions(ConfigOptions.JoinSummary | ConfigOptions.DisableLogFile);
        var summaries = BenchmarkRunner.Run([typeof(Bursts), typeof(Steps), typeof(WaitingSteps), typeof(Loading)], config);
        return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? CommandLine.Done : CommandLine.FoundWrong;
    }
}

/// <summary>Instances driven to their end, one stimulus after another. The lists of stimuli serve every instance: the core keeps nothing.</summary>
internal static class Drive
{
    private static readonly DateTimeOffset At = new(2026, 9, 14, 10, 0, 0, TimeSpan.Zero);
    private static readonly InstanceId Id = new(Guid.Parse("0199e000-0000-7000-8000-000000000001"));
    private static readonly World World = new(FrozenDictionary<string, BusinessCalendar>.Empty, TeamDirectory.Empty);

    public static Stimulus[] Stimuli(IEnumerable<string> events, JsonElement? payload = null) =>
        [new Stimulus.Started(Id, ImmutableDictionary<string, JsonElement>.Empty, null) { At = At }, .. events.Select(name => new Stimulus.EventReceived(name, payload) { At = At })];

    public static WorkflowInstance ToTheEnd(WorkflowDefinition definition, Stimulus[] stimuli)
    {
        var instance = new WorkflowInstance(Id, definition.Id);
        foreach (var stimulus in stimuli) instance = ((Step.Advanced)Transition.Apply(definition, instance, stimulus, World)).After;
        return instance.Status == InstanceStatus.Finished ? instance : throw new InvalidOperationException($"expected a finished instance, found {instance.Status}");
    }
}

/// <summary>Five waits in a sequence: six bursts from the start to the end. Figures are per burst.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class Bursts
{
    private readonly WorkflowDefinition definition = FiveSteps.Waits();
    private readonly Stimulus[] stimuli = Drive.Stimuli(Enumerable.Range(1, FiveSteps.Steps).Select(FiveSteps.EventOf), FiveSteps.Payload);

    [Benchmark(OperationsPerInvoke = FiveSteps.Steps + 1)]
    public object BurstOfFiveSteps() => Drive.ToTheEnd(definition, stimuli);
}

/// <summary>Activities that do not wait, all in one burst: 100 instances of ten activities against one of a thousand. Figures are per activity.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class Steps
{
    private const int Together = 1000;
    private static readonly Stimulus[] Stimuli = Drive.Stimuli([]);
    private WorkflowDefinition definition = null!;

    [Params(10, Together)]
    public int Size { get; set; }

    [Params(Shape.Line, Shape.Joins)]
    public Shape Shape { get; set; }

    [Params(FlowchartMode.CounterBased, FlowchartMode.TokenBased)]
    public FlowchartMode Mode { get; set; }

    [GlobalSetup]
    public void Read() => definition = FiveSteps.Read(Charts.Document(Size, Shape, Mode));

    [Benchmark(OperationsPerInvoke = Together)]
    public object? StepOfOneBurst()
    {
        object? last = null;
        for (var instance = 0; instance < Together / Size; instance++) last = Drive.ToTheEnd(definition, Stimuli);
        return last;
    }
}

/// <summary>Activities that each wait for an event: a burst each, a thousand in all. Figures are per burst.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class WaitingSteps
{
    private const int Together = 1000;
    private WorkflowDefinition definition = null!;
    private Stimulus[] stimuli = [];

    [Params(10, Together)]
    public int Size { get; set; }

    [Params(FlowchartMode.CounterBased, FlowchartMode.TokenBased)]
    public FlowchartMode Mode { get; set; }

    [GlobalSetup]
    public void Read()
    {
        definition = FiveSteps.Read(Charts.Document(Size, Shape.Line, Mode, waits: true));
        stimuli = Drive.Stimuli(Enumerable.Range(0, Size).Select(Charts.NameOf));
    }

    [Benchmark(OperationsPerInvoke = Together)]
    public object? BurstOfOneStep()
    {
        object? last = null;
        for (var instance = 0; instance < Together / Size; instance++) last = Drive.ToTheEnd(definition, stimuli);
        return last;
    }
}

/// <summary>A document of a thousand activities, from its text to the compiled definition.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class Loading
{
    private const int Size = 1000;
    private string document = "";

    [Params(Shape.Line, Shape.Joins)]
    public Shape Shape { get; set; }

    [GlobalSetup]
    public void Write() => document = Charts.Document(Size, Shape, FlowchartMode.CounterBased);

    [Benchmark]
    public object LoadAThousandActivities() => FiveSteps.Read(document);
}
