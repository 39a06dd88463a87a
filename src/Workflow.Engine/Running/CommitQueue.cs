using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.Storage.Bursts;

namespace Workflow.Engine.Running;

/// <summary>
/// The way of every stimulus. Promise: a result is given only after its effects are on disk.
/// <para>
/// Commands that arrive while a commit is under way form the next batch and share one transaction; nothing waits when the queue is idle.
/// Commands of one instance keep their order. A command that lost its race against another process is tried again with the next batch.
/// A command that cannot be decided fails alone. When a transaction fails nothing was done, and its commands are tried one by one.
/// </para>
/// </summary>
public sealed class CommitQueue(
    Database database, BurstStore store, DefinitionLibrary definitions, WorldLibrary worlds, CommitSignals signals, DiskSpace disk, IOptions<CommitQueueOptions> options,
    EngineMeter meter, CommitStatistics statistics, IOptions<BrokenOptions> broken, ILogger<CommitQueue> log) : BackgroundService
{
    private readonly Channel<PendingCommand> channel = Channel.CreateBounded<PendingCommand>(
        new BoundedChannelOptions(options.Value.Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>Commands that wait.</summary>
    public int Length => channel.Reader.Count;

    public Task<CommandResult> SubmitAsync(Command command)
    {
        var pending = new PendingCommand(command);
        if (!channel.Writer.TryWrite(pending))
            pending.Answer(Rejected(Reason.Overloaded, $"fewer than {options.Value.Capacity} waiting commands", "a full queue"));
        return pending.Completion.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meter.Meter.CreateObservableGauge("workflow.queue.length", () => Length, "{command}", "Commands that wait for a transaction");
        var lost = new List<PendingCommand>();
        while (lost.Count > 0 || await channel.Reader.WaitToReadAsync(stoppingToken))
        {
            var batch = lost;
            while (batch.Count < options.Value.BatchSize && channel.Reader.TryRead(out var next)) batch.Add(next);
            lost = await CommitOrFailAsync(batch, stoppingToken);
        }
    }

    private async Task<List<PendingCommand>> CommitOrFailAsync(List<PendingCommand> batch, CancellationToken cancel)
    {
        try
        {
            return await CommitAsync(batch, cancel);
        }
        catch (Exception problem) when (database.IsTransient(problem))
        {
            statistics.Failed();
            log.LogWarning(problem, "A transaction of {Count} commands failed and is tried again", batch.Count);
            await PauseAsync(cancel);
            return [.. batch.Where(pending => pending.MayWait(TimeSpan.FromSeconds(options.Value.RetrySeconds)))];
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            statistics.Failed();
            log.LogError(problem, "A transaction of {Count} commands failed", batch.Count);
            if (batch.Count > 1) return await CommitOneByOneAsync(batch, cancel);
            if (batch[0].Refused is null && database.IsRefusal(problem))
            {
                batch[0].Refused = problem;
                return await CommitOrFailAsync(batch, cancel);
            }
            batch[0].Completion.TrySetException(problem);
            return [];
        }
    }

    /// <summary>Somebody's command broke the transaction of all. Nothing was done, so each gets its own.</summary>
    private async Task<List<PendingCommand>> CommitOneByOneAsync(List<PendingCommand> batch, CancellationToken cancel)
    {
        var lost = new List<PendingCommand>();
        foreach (var pending in batch) lost.AddRange(await CommitOrFailAsync([pending], cancel));
        return lost;
    }

    private async Task<List<PendingCommand>> CommitAsync(List<PendingCommand> batch, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        await using var burst = await store.BeginAsync([.. batch.Select(pending => pending.Command)], cancel);
        var world = await worlds.LoadAsync(burst.Db, cancel, burst.OrganisationRevision);
        foreach (var pending in batch) await ApplyAsync(burst, pending, world, cancel);
        foreach (var pending in batch.Where(pending => pending.Recorded is not Step.Advanced)) burst.Doubt(pending.Command.Instance);
        if (broken.Value.AnswerBeforeCommitMs is { } pause) await AnswerTooEarlyAsync(batch, pause, cancel);
        await CommitSurelyAsync(burst, cancel);

        var advanced = batch.Select(pending => pending.Recorded).OfType<Step.Advanced>().Where(step => !burst.HasLost(step.After.Id)).ToList();
        statistics.Committed(batch.Count, batch.Count(pending => burst.HasLost(pending.Command)), advanced.Count, Stopwatch.GetElapsedTime(started));
        foreach (var pending in batch.Where(pending => !burst.HasLost(pending.Command))) pending.Complete();
        Tell(advanced);
        return [.. batch.Where(pending => burst.HasLost(pending.Command) && pending.MayTryAgain(options.Value.MaxAttempts))];
    }

    private static Task AnswerTooEarlyAsync(List<PendingCommand> batch, int pauseMs, CancellationToken cancel)
    {
        foreach (var pending in batch) pending.Complete();
        return Task.Delay(TimeSpan.FromMilliseconds(pauseMs), TimeProvider.System, cancel);
    }

    /// <summary>A connection that breaks during the commit does not say whether it was done; tried again, it could be done twice. So this asks until it knows.</summary>
    private async Task CommitSurelyAsync(BurstTransaction burst, CancellationToken cancel)
    {
        try
        {
            await burst.CommitAsync(cancel);
        }
        catch (Exception problem) when (burst.IsInDoubt)
        {
            log.LogWarning(problem, "A commit was not answered");
            while (true)
                try
                {
                    if (await store.WasCommittedAsync(burst, cancel) is { } isCommitted)
                        if (isCommitted) return;
                        else throw;
                    await PauseAsync(cancel);
                }
                catch (Exception second) when (second != problem && database.IsTransient(second))
                {
                    await PauseAsync(cancel);
                }
        }
    }

    private Task PauseAsync(CancellationToken cancel) => Task.Delay(TimeSpan.FromMilliseconds(options.Value.RetryPauseMs), TimeProvider.System, cancel);

    /// <summary>Whoever listens cannot undo a commit: what a listener throws is logged.</summary>
    private void Tell(List<Step.Advanced> committed)
    {
        try
        {
            if (committed.Count == 0) return;
            var hasEffects = committed.Exists(step => step.Facts.Any(fact => fact is Fact.EffectRequested or Fact.IncidentResolved or Fact.InstanceContinued));
            signals.Raise(new(hasEffects, committed.Min(step => step.After.NextDue)) { Instances = committed.ConvertAll(step => step.After) });
        }
        catch (Exception problem)
        {
            log.LogError(problem, "A listener to commits failed");
        }
    }

    private async Task ApplyAsync(BurstTransaction burst, PendingCommand pending, World world, CancellationToken cancel)
    {
        pending.Forget();
        var command = pending.Command = burst.Joined(pending.Asked);
        if (pending.Refused is { } refused)
        {
            (pending.Failure, pending.Recorded) = (refused, await RecordFailureAsync(burst, command, refused, world, cancel));
            return;
        }
        try
        {
            pending.Result = await DecideAsync(burst, command, world, cancel);
            if (pending.Result is not CommandResult.Applied { Step: var step }) return;
            pending.Recorded = step;
            if (command.Ended is { } ended) burst.Tell(ended, Delivery.After(ended, step));
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            log.LogError(problem, "Instance {Instance}: {Stimulus} could not be decided and was not applied", command.Instance, command.Stimulus.GetType().Name);
            pending.Failure = problem;
            if (problem is HardStopException or InvariantBrokenException) pending.Recorded = await RecordFailureAsync(burst, command, problem, world, cancel);
        }
    }

    /// <summary>Nothing of the burst is kept; the instance is stopped with an incident that says why, and the others go on.</summary>
    private async Task<Step?> RecordFailureAsync(BurstTransaction burst, Command command, Exception problem, World world, CancellationToken cancel)
    {
        try
        {
            if (burst.Find(command.Instance) is not { } before || await definitions.FindAsync(before.Definition, cancel) is not { } definition) return null;
            var stimulus = new Stimulus.BurstFailed(command.Stimulus.GetType().Name, problem.Message) { At = command.Stimulus.At, By = command.Stimulus.By };
            return Apply(burst, command.Instance, stimulus, definition, before, world);
        }
        catch (Exception second) when (second is not OperationCanceledException)
        {
            log.LogError(second, "Instance {Instance}: no incident could be recorded", command.Instance);
            return null;
        }
    }

    private async Task<CommandResult> DecideAsync(BurstTransaction burst, Command command, World world, CancellationToken cancel)
    {
        if (command.Key is { } key && burst.Find(key) is { } known)
            return key.Refuse(known.BodyHash) is { } reused ? new CommandResult.Applied(new Step.Rejected(reused)) : new CommandResult.Remembered(known.Answer, known.Schema);

        if (command.Ended is { } ended && !broken.Value.NoFence && !burst.IsClaimed(ended)) return Rejected(Reason.ClaimLost, $"claim {ended.Epoch} of effect {ended.Number}", "a later claim, or none");

        if (burst.Unreadable(command.Instance) is { } unreadable) return new CommandResult.Applied(new Step.Rejected(unreadable));
        var before = burst.Find(command.Instance);
        if (before is not null && command.Definition is not null) return Rejected(Reason.AlreadyStarted, "an id that no instance has", command.Instance.ToString());
        if (before is null && command.Definition is { } start)
        {
            if (!command.IsPromised && disk.RefuseStart() is { } low) return new CommandResult.Applied(new Step.Rejected(low));
            before = new(command.Instance, start);
        }
        if (before is null) return Rejected(Reason.InstanceUnknown, "an instance that exists", command.Instance.ToString());
        if (command.Expected is { } expected && before.Revision != expected)
            return Rejected(Reason.PreconditionFailed, $"revision {expected}", before.Revision == 0 ? "an instance that has not started" : $"revision {before.Revision} of {before.UpdatedAt:O}");
        if (await definitions.FindAsync(before.Definition, cancel) is not { } definition)
            return Rejected(Reason.DefinitionUnknown, "a published version", before.Definition.ToString());

        var step = await ApplyAsync(burst, command, definition, before, world, cancel);
        var applied = new CommandResult.Applied(step, before);
        if (command is { Key: { } asked, Answer: { } answer }) burst.Remember(asked, command.Instance, answer(applied), command.Stimulus.At);
        return applied;
    }

    private async Task<Step> ApplyAsync(
        BurstTransaction burst, Command command, WorkflowDefinition definition, WorkflowInstance before, World world, CancellationToken cancel)
    {
        var intake = (command.Stimulus as Stimulus.Started)?.Task;
        var goesOn = intake?.Earlier is { Do: RecurrenceAction.Reopen };
        var sequence = intake is null || goesOn ? null : $"{(intake.Order is null ? "task" : "order")}-number-{YearOf(command.Stimulus.At)}";
        var stimulus = sequence is not null ? Number((Stimulus.Started)command.Stimulus, await burst.NextAsync(sequence, cancel))
            : goesOn ? GoOn((Stimulus.Started)command.Stimulus)
            : command.Stimulus;
        var target = await definitions.FindTargetAsync(before.Definition, stimulus, cancel);
        var step = await ApplyAsync(burst, command.Instance, stimulus, definition, before, world with { MigrationTarget = target }, cancel);
        if (sequence is not null && step is not Step.Advanced { Facts.IsEmpty: false }) burst.PutBack(sequence);
        return step;
    }

    private static async Task<Step> ApplyAsync(
        BurstTransaction burst, InstanceId instance, Stimulus stimulus, WorkflowDefinition definition, WorkflowInstance before, World world, CancellationToken cancel)
    {
        while (true)
            try
            {
                return Apply(burst, instance, stimulus, definition, before, world with { Loads = burst.Loads });
            }
            catch (LoadsNeededException needed)
            {
                await burst.CountAsync(needed.People, cancel);
            }
    }

    private static Step Apply(BurstTransaction burst, InstanceId instance, Stimulus stimulus, WorkflowDefinition definition, WorkflowInstance before, World world)
    {
        var step = Transition.Apply(definition, before, stimulus, world);
        if (step is Step.Advanced { Facts.IsEmpty: false } advanced)
            burst.Add(instance, stimulus, advanced, (advanced.After.Definition == definition.Id ? definition : world.MigrationTarget!).Name);
        return step;
    }

    /// <summary>Gives a new task its number, such as <c>CD-2026-000123</c>; an order has one of its own sequence.</summary>
    private Stimulus.Started Number(Stimulus.Started started, long number)
    {
        var (intake, year) = (started.Task!, YearOf(started.At));
        return started with { Task = intake with { Number = string.Create(CultureInfo.InvariantCulture, $"{(intake.Order is null ? options.Value.NumberPrefix : options.Value.OrderPrefix)}-{year}-{number:D6}") } };
    }

    /// <summary>A task that goes on with a closed one has its number, and a suffix.</summary>
    private static Stimulus.Started GoOn(Stimulus.Started started) => started with { Task = started.Task! with { Number = Recurrence.NextNumber(started.Task.Earlier!.Number) } };

    private int YearOf(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).Year;

    private static CommandResult.Applied Rejected(Reason reason, string expected, string found) => CommandResult.Refused(reason, expected, found);
}
