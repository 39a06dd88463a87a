using System.Data.Common;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>
/// The way of every stimulus. Promise: a result is given only after its effects are on disk.
/// <para>
/// Commands that arrive while a commit is under way form the next batch and share one transaction; nothing waits when the queue is idle.
/// Commands of one instance keep their order. A command that lost its race against another process is tried again with the next batch.
/// When the transaction fails, every command in it fails and nothing was done. One whose core throws fails alone.
/// </para>
/// </summary>
public sealed class CommitQueue(
    IDbContextFactory<WorkflowDb> databases, DefinitionLibrary definitions, CalendarLibrary calendars, OrganisationLibrary organisation,
    IOptions<CommitQueueOptions> options, ILogger<CommitQueue> log) : BackgroundService
{
    private readonly Channel<Pending> channel = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(options.Value.Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>Raised after each commit with the instances as they are now.</summary>
    public event Action<IReadOnlyCollection<WorkflowInstance>>? Committed;

    public Task<CommandResult> SubmitAsync(Command command)
    {
        var pending = new Pending(command);
        if (!channel.Writer.TryWrite(pending))
            pending.Answer(Rejected(Reason.Overloaded, $"fewer than {options.Value.Capacity} waiting commands", "a full queue"));
        return pending.Completion.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lost = new List<Pending>();
        while (lost.Count > 0 || await channel.Reader.WaitToReadAsync(stoppingToken))
        {
            var batch = lost;
            while (batch.Count < options.Value.BatchSize && channel.Reader.TryRead(out var next)) batch.Add(next);
            lost = await CommitOrFailAsync(batch, stoppingToken);
        }
    }

    private async Task<List<Pending>> CommitOrFailAsync(List<Pending> batch, CancellationToken cancel)
    {
        try
        {
            return await CommitAsync(batch, cancel);
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            log.LogError(problem, "A transaction of {Count} commands failed", batch.Count);
            foreach (var pending in batch) pending.Completion.TrySetException(problem);
            return [];
        }
    }

    private async Task<List<Pending>> CommitAsync(List<Pending> batch, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var burst = await BurstTransaction.BeginAsync(db, [.. batch.Select(pending => pending.Command)], cancel);
        var world = new World(calendars.Calendars, await organisation.LoadAsync(db, cancel));
        foreach (var pending in batch) await ApplyAsync(burst, pending, world, cancel);
        var lost = await burst.CommitAsync(cancel);

        foreach (var pending in batch.Where(pending => !lost.Contains(pending.Command.Instance))) pending.Complete();
        var committed = batch.Select(pending => pending.After).OfType<WorkflowInstance>().Where(instance => !lost.Contains(instance.Id)).ToList();
        if (committed.Count > 0) Committed?.Invoke(committed);
        return [.. batch.Where(pending => lost.Contains(pending.Command.Instance) && pending.MayTryAgain(options.Value.MaxAttempts))];
    }

    private async Task ApplyAsync(BurstTransaction burst, Pending pending, World world, CancellationToken cancel)
    {
        var command = pending.Command;
        try
        {
            pending.Result = await DecideAsync(burst, command, world, cancel);
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or DbException))
        {
            log.LogError(problem, "Instance {Instance}: {Stimulus} could not be decided and was not applied", command.Instance, command.Stimulus.GetType().Name);
            pending.Failure = problem;
        }
    }

    private async Task<CommandResult> DecideAsync(BurstTransaction burst, Command command, World world, CancellationToken cancel)
    {
        if (command.Key is { } key && burst.Find(key) is { } known)
            return known.BodyHash == key.BodyHash
                ? new CommandResult.Remembered(known.Answer)
                : Rejected(Reason.IdempotencyKeyReused, "the body that came with this Idempotency-Key first", "another body");

        var before = burst.Find(command.Instance);
        if (before is null && command.Definition is { } start) before = new(command.Instance, start);
        if (before is null) return Rejected(Reason.InstanceUnknown, "an instance that exists", command.Instance.ToString());
        if (await definitions.FindAsync(before.Definition, cancel) is not { } definition)
            return Rejected(Reason.DefinitionUnknown, "a published version", before.Definition.ToString());

        var stimulus = await NumberAsync(burst, command.Stimulus, cancel);
        var step = Transition.Apply(definition, before, stimulus, world);
        if (step is Step.Advanced advanced) burst.Add(command.Instance, stimulus, advanced, definition.Name);
        if (command is { Key: { } asked, Answer: { } answer }) burst.Remember(asked, answer(step), stimulus.At);
        return new CommandResult.Applied(step);
    }

    /// <summary>Draws the number of a new task, such as <c>CD-2026-000123</c>.</summary>
    private async Task<Stimulus> NumberAsync(BurstTransaction burst, Stimulus stimulus, CancellationToken cancel)
    {
        if (stimulus is not Stimulus.Started { Task: { } intake } started) return stimulus;
        var year = TimeZoneInfo.ConvertTime(stimulus.At, zone).Year;
        var number = await burst.NextAsync($"task-number-{year}", cancel);
        return started with { Task = intake with { Number = string.Create(CultureInfo.InvariantCulture, $"{options.Value.NumberPrefix}-{year}-{number:D6}") } };
    }

    private static CommandResult.Applied Rejected(Reason reason, string expected, string found) => new(new Step.Rejected(new(reason, expected, found)));

    private sealed class Pending(Command command)
    {
        private int attempts;

        public Command Command => command;

        public TaskCompletionSource<CommandResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CommandResult? Result { get; set; }

        public Exception? Failure { get; set; }

        public WorkflowInstance? After => Result is CommandResult.Applied { Step: Step.Advanced step } ? step.After : null;

        public void Answer(CommandResult result) => Completion.TrySetResult(result);

        public void Complete()
        {
            if (Failure is { } failure) Completion.TrySetException(failure);
            else Completion.TrySetResult(Result!);
        }

        public bool MayTryAgain(int maxAttempts)
        {
            if (++attempts < maxAttempts) return true;
            Answer(Rejected(Reason.Overloaded, "an instance that others leave alone for a moment", $"{attempts} lost races"));
            return false;
        }
    }
}
