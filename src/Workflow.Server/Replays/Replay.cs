using Microsoft.EntityFrameworkCore;
using Workflow.Engine;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Hosting;

namespace Workflow.Server.Replays;

/// <summary>What a replay needs beside the log.</summary>
internal sealed record ReplaySetup(
    Database Database, ReplayMap Map, WorkflowDefinition Definition, ActivityCatalog Catalog, IReadOnlyList<BusinessCalendar> Calendars, AdmissionList? Admission, IConfiguration Configuration);

/// <summary>How far a replay is.</summary>
internal sealed record ReplayProgress(int Steps, int AllSteps, DateTimeOffset At);

/// <param name="Refused">Cases that the engine did not run as the log has them, each with the reason.</param>
internal sealed record ReplayResult(LogFigures Figures, IReadOnlyList<string> Refused);

/// <summary>
/// Runs the cases of an event log through a definition, in the real engine on a virtual clock.
/// <para>
/// All steps of all cases are put in the order of their time and taken in windows. Within a window the cases go on side by side, each step by step, so that they
/// share transactions; cases know nothing of one another, so that their order does not matter beyond the numbers, which are given in the order of the starts.
/// Timers fire at their own time. The clock stands at the end of the window, and at the end of the log when all is done. Everything that is written follows
/// from log, map and definition alone: two runs into empty databases write the same.
/// </para>
/// </summary>
internal static class Replay
{
    public static async Task<ReplayResult> RunAsync(ReplaySetup setup, EventLog log, Action<ReplayProgress> progress, CancellationToken cancel)
    {
        CheckInputs(setup);
        var kind = KindOf(setup);
        await Tables.MigrateAsync(setup.Database, cancel);
        var times = log.Cases.SelectMany(one => one.Events.Select(done => done.At).Append(one.RaisedAt).Concat(one.End is { } end ? [end] : [])).ToList();
        var clock = new VirtualClock(times.Count == 0 ? DateTimeOffset.UnixEpoch : times.Min());
        using var host = Build(setup, clock);
        await host.StartAsync(cancel);
        try
        {
            if (await host.Services.GetRequiredService<DefinitionLibrary>().PublishAsync(setup.Definition, cancel) is { } changed) throw new UnusableFileException($"{setup.Map.Definition}: {changed}");
            var organisation = new ReplayOrganisation(setup.Map, kind);
            await organisation.AddToAsync(setup.Database, host.Services.GetRequiredService<OrganisationStore>(), log, cancel);
            var cases = await ReadCasesAsync(log, new(setup.Map, setup.Definition, organisation, host.Services.GetRequiredService<CommitQueue>()), setup.Database, cancel);
            var window = (setup.Configuration.GetSection("Replay").Get<ReplayOptions>() ?? new()).Window;
            await RunAsync(cases, window, clock, progress, cancel);
            if (times.Count > 0) await FinishAsync(cases, window, times.Max(), clock, cancel);
            return new(LogFigures.Of(log, IsOnTime(cases)), [.. cases.Select(Complaint).OfType<string>()]);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static IHost Build(ReplaySetup setup, VirtualClock clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var (services, configuration) = (builder.Services, setup.Configuration);
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        services.AddSingleton<TimeProvider>(clock);
        services.Configure<CommitQueueOptions>(configuration.GetSection("CommitQueue"));
        services.Configure<CommitQueueOptions>(queue => queue.NumberPrefix = setup.Map.NumberPrefix ?? queue.NumberPrefix);
        services.Configure<InstanceLimits>(configuration.GetSection("Instances"));
        services.Configure<ScriptOptions>(configuration.GetSection("Scripts"));
        services.AddWorkflowEngine(setup.Database, setup.Catalog, setup.Calendars, configuration.GetSection("Definitions").Get<DefinitionLimits>(), setup.Admission);
        return builder.Build();
    }

    private static async Task<List<CaseReplay>> ReadCasesAsync(EventLog log, ReplayScene scene, Database database, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        var (definition, stimuli) = (scene.Definition.Id.DefinitionId, CaseReplay.StepStimuli);
        var stored = db.Instances.AsNoTracking().Where(row => row.DefinitionId == definition);
        var states = await stored.ToDictionaryAsync(row => row.Id, row => StoredShapes.Current.Read<WorkflowInstance>(StoredShapes.State, row.State, row.Schema), cancel);
        var steps = await db.Journal.Where(row => stimuli.Contains(row.Stimulus) && stored.Any(instance => instance.Id == row.InstanceId))
            .GroupBy(row => row.InstanceId).Select(burst => new { burst.Key, Count = burst.Count() }).ToDictionaryAsync(burst => burst.Key, burst => burst.Count, cancel);
        return [.. log.Cases.Select(one =>
        {
            var id = CaseReplay.IdOf(scene.Definition, one.Id);
            return new CaseReplay(one, scene, states.GetValueOrDefault(id), steps.GetValueOrDefault(id));
        })];
    }

    private static async Task RunAsync(List<CaseReplay> cases, int window, VirtualClock clock, Action<ReplayProgress> progress, CancellationToken cancel)
    {
        var steps = cases.SelectMany(one => one.Steps.Select((step, index) => (Case: one, Count: index + 1, step.At))).OrderBy(step => step.At).ToList();
        var done = 0;
        foreach (var part in steps.Chunk(window))
        {
            cancel.ThrowIfCancellationRequested();
            // In the order of their first steps: each submits that before the next begins.
            await Task.WhenAll(part.GroupBy(step => step.Case).Select(own => own.Key.AdvanceAsync(own.Max(step => step.Count))).ToList());
            clock.AdvanceTo(part[^1].At);
            progress(new(done += part.Length, steps.Count, part[^1].At));
        }
    }

    /// <summary>What is due by the end of the log fires, also of cases of which the log says nothing more.</summary>
    private static async Task FinishAsync(List<CaseReplay> cases, int window, DateTimeOffset end, VirtualClock clock, CancellationToken cancel)
    {
        foreach (var part in cases.Chunk(window))
        {
            cancel.ThrowIfCancellationRequested();
            await Task.WhenAll(part.Select(one => one.FireUntilAsync(end)));
        }
        clock.AdvanceTo(end);
    }

    /// <summary>The verdict of the engine: of a case's own clock. One that has none cannot be late.</summary>
    private static Func<LogCase, bool> IsOnTime(List<CaseReplay> cases)
    {
        var missed = cases.Where(one => ClockOf(one)?.State == ClockState.Missed).Select(one => one.Log).ToHashSet(ReferenceEqualityComparer.Instance);
        return one => !missed.Contains(one);
    }

    /// <summary>What the engine did not do as the log has it; null when it did all.</summary>
    private static string? Complaint(CaseReplay one)
    {
        if (one.Refused is { } refused) return $"case '{one.Log.Id}': {refused}";
        var isClosed = one.State?.Status.IsFinal() == true;
        if (isClosed != one.Log.End is not null) return $"case '{one.Log.Id}': expected a task that is {(isClosed ? "open" : "closed")}, found one that is not";
        if (!isClosed || one.Log.Deadline is null || (ClockOf(one)?.State == ClockState.Met) == LogFigures.IsOnTime(one.Log)) return null;
        return $"case '{one.Log.Id}': expected a clock that is {(LogFigures.IsOnTime(one.Log) ? "met" : "missed")}, found {ClockOf(one)?.State.ToString() ?? "none"}";
    }

    private static SlaClock? ClockOf(CaseReplay one) => one.State?.Clocks.LastOrDefault(clock => clock.Scope == ClockScope.Task);

    private static void CheckInputs(ReplaySetup setup)
    {
        var declared = setup.Definition.Inputs.Select(input => input.Name).ToList();
        if (!setup.Definition.IsTask) throw new UnusableFileException($"{setup.Map.Definition}: expected a task definition (root {WorkflowDefinition.ClosedLoopType}), found {setup.Definition.Root.Type.Descriptor.Type}");
        if (setup.Map.Inputs.Keys.FirstOrDefault(name => !declared.Contains(name)) is { } unknown)
            throw new UnusableFileException($"the map's /inputs/{JsonMembers.Escape(unknown)}: expected an input of {setup.Definition.Id}: {string.Join(", ", declared)}, found '{unknown}'");
    }

    /// <summary>The groups of a log are teams of the kind that the definition's activities are for.</summary>
    private static TeamKind KindOf(ReplaySetup setup)
    {
        var kinds = Enum.GetValues<TeamKind>().Where(kind => setup.Definition.Nodes.Values.Any(node => node.Type.Descriptor.Type == $"Workflow.{kind}")).ToList();
        return kinds.Count <= 1 ? kinds.FirstOrDefault() : throw new UnusableFileException($"{setup.Map.Definition}: expected activities for teams of one kind, found {string.Join(", ", kinds)}");
    }
}
