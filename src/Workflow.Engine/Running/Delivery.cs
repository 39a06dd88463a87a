using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>One attempt at one effect, and what becomes of its row.</summary>
public sealed class Delivery(
    Outbox outbox, StoredShapes shapes, EffectHandlers handlers, CommitQueue queue, TimeProvider time, IOptions<DeliveryOptions> options, ILogger<Delivery> log)
{
    /// <param name="row">With this attempt counted.</param>
    public async Task AttemptAsync(OutboxRow row, CancellationToken cancel)
    {
        var ended = await TryAsync(row, cancel);
        if (ended.State == OutboxState.Pending)
        {
            log.LogWarning("Effect {Effect} ({Kind}): {Problem}; next attempt at {NextAt:O}", IdOf(row), row.Kind, ended.LastError, ended.NextAt);
            await outbox.ReleaseAsync(ended, cancel);
        }
        else await TellAsync(ended, cancel);
    }

    /// <summary>Tells the instance of the end of its effect, and settles the row in the same transaction.</summary>
    public async Task TellAsync(OutboxRow row, CancellationToken cancel)
    {
        var ended = row.State == OutboxState.Pending ? row with { State = OutboxState.Failed, LastError = LastError(row) } : row;
        var stimulus = ended.State == OutboxState.Done
            ? (Stimulus)new Stimulus.EffectCompleted(ended.Number, ended.Result is { } result ? JsonElement.Parse(result) : null) { At = time.GetUtcNow() }
            : new Stimulus.EffectFailed(ended.Number, ended.LastError!) { At = time.GetUtcNow() };
        try
        {
            var told = await queue.SubmitAsync(new(IdOf(ended).Instance, stimulus) { Ended = ended }).WaitAsync(cancel);
            if (told.Refusal?.Reason == Reason.ClaimLost) log.LogWarning("Effect {Effect} ({Kind}) ended after its claim; another server has it", IdOf(ended), ended.Kind);
            else if (told.Refusal is { } why && IsHeardLater(why)) await PostponeAsync(ended, cancel);
            else if (ended.State == OutboxState.Failed) log.LogWarning("Effect {Effect} ({Kind}) was given up after {Attempts} attempts: {Problem}", IdOf(ended), ended.Kind, ended.Attempts, ended.LastError);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // The queue has logged it. The effect has ended, so it is not done again.
            await PostponeAsync(ended, cancel);
        }
    }

    /// <summary>What becomes of a row whose end was told; null when it goes.</summary>
    internal static OutboxRow? After(OutboxRow ended, Step step) => step switch
    {
        Step.Advanced => null,
        Step.Rejected { Why: var why } when IsHeardLater(why) || why.Reason == Reason.ClaimLost => ended,
        // Nobody waits: what was done is done, what was not is kept for a person to see.
        _ => ended.State == OutboxState.Done ? null : ended with { State = OutboxState.Dead, ClaimedUntil = null },
    };

    private static bool IsHeardLater(Rejection why) => why.IsPassing || why.Reason == Reason.InstanceFaulted;

    private Task<bool> PostponeAsync(OutboxRow ended, CancellationToken cancel) =>
        outbox.ReleaseAsync(ended with { NextAt = time.GetUtcNow() + TimeSpan.FromSeconds(options.Value.PostponeSeconds) }, cancel);

    private async Task<OutboxRow> TryAsync(OutboxRow row, CancellationToken cancel)
    {
        if (handlers.Find(row.Kind) is not { } handler)
            return row with { State = OutboxState.Failed, LastError = $"effect '{row.Kind}': expected a handler of this kind in this server, found none" };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(options.Value.TimeLimitSeconds));
        try
        {
            var result = await handler.HandleAsync(JsonElement.Parse(shapes.Read(StoredShapes.Effect(row.Kind), row.Payload, row.Schema)), IdOf(row), limit.Token).WaitAsync(limit.Token);
            return row with { State = OutboxState.Done, Result = result is null ? null : JsonSerializer.Serialize(result, result.GetType(), InstanceJson.Options) };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failed(row, string.Create(CultureInfo.InvariantCulture, $"expected an end within {options.Value.TimeLimitSeconds} s, found none"));
        }
        catch (EffectRefusedException problem)
        {
            return row with { State = OutboxState.Failed, LastError = problem.Message };
        }
        catch (EffectPostponedException problem)
        {
            return row with { Attempts = row.Attempts - 1, LastError = problem.Message, NextAt = time.GetUtcNow() + TimeSpan.FromSeconds(options.Value.PostponeSeconds) };
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            return Failed(row, $"{problem.GetType().Name}: {problem.Message}");
        }
    }

    private OutboxRow Failed(OutboxRow row, string message) => row.Attempts >= options.Value.MaxAttempts
        ? row with { State = OutboxState.Failed, LastError = $"{message} (after {row.Attempts} attempts)" }
        : row with { LastError = message, NextAt = time.GetUtcNow() + Backoff.After(row.Attempts, IdOf(row), options.Value) };

    private static string LastError(OutboxRow row) => row.LastError ?? $"expected the server to live through one of {row.Attempts} attempts, found that it ended in each";

    private static EffectId IdOf(OutboxRow row) => new(row.InstanceId, row.Number);
}
