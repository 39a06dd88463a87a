using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Staffing;
using Workflow.Engine.Storage.Writing;

namespace Workflow.Engine.Storage.Bursts;

/// <summary>
/// One transaction for a batch of bursts. Each instance is written back only while its revision is still the one that was known. An instance that
/// lost its race takes nothing else with it: its rows are not written, the others commit.
/// </summary>
public sealed class BurstTransaction : IAsyncDisposable
{
    private readonly BurstStore store;
    private readonly WorkflowDb db;
    private readonly RowWriter writer;
    private readonly IDbContextTransaction transaction;
    private readonly Dictionary<InstanceId, ChangedInstance> instances = [];
    private readonly Dictionary<InstanceId, Rejection> unreadable = [];
    private readonly Dictionary<(string, string, string), IdempotencyRow> remembered = [];
    private readonly Dictionary<(InstanceId, int), OutboxRow> claimed = [];
    private readonly Dictionary<string, (long Stored, long Value)> sequences = [];
    private readonly List<(InstanceId Instance, IdempotencyRow Row)> newAnswers = [];
    private readonly List<(OutboxRow Before, OutboxRow? After)> told = [];
    private readonly OpenAlarms alarms = new();
    private readonly Recurrences recurrences = new();
    private readonly PeopleLoads loads = new();
    private readonly HashSet<InstanceId> lost = [];
    private readonly HashSet<(string, string, string)> lostKeys = [];
    private bool isCommitted;

    private BurstTransaction(BurstStore store, WorkflowDb db, RowWriter writer, IDbContextTransaction transaction) =>
        (this.store, this.db, this.writer, this.transaction) = (store, db, writer, transaction);

    /// <summary>The context whose transaction this is, for what else a decision reads.</summary>
    public WorkflowDb Db => db;

    /// <summary>The commit was sent and not answered.</summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>Counts the changes of the organisation.</summary>
    public long OrganisationRevision { get; private set; }

    /// <summary>How much those have whom a decision has asked for.</summary>
    public ImmutableDictionary<string, MemberLoad> Loads => loads.Known;

    internal JournalRow? LastJournalRow { get; private set; }

    /// <summary>What the database calls it, where it can say later what became of it.</summary>
    internal string? Name { get; private set; }

    public WorkflowInstance? Find(InstanceId id) => instances.GetValueOrDefault(id)?.Current;

    /// <summary>Why this server leaves an instance alone that is there; null when it does not.</summary>
    public Rejection? Unreadable(InstanceId id) => unreadable.GetValueOrDefault(id);

    public IdempotencyRow? Find(IdempotencyKey key) => remembered.GetValueOrDefault(NameOf(key));

    /// <summary>After the commit: somebody else changed the instance meanwhile, or used the key, and nothing of the command was written.</summary>
    public bool HasLost(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return HasLost(command.Instance) || (command.Key is { } key && lostKeys.Contains(NameOf(key)));
    }

    public bool HasLost(InstanceId instance) => lost.Contains(instance);

    /// <summary>Whether the claim under which an effect ended still holds: another server may have taken the effect over meanwhile.</summary>
    public bool IsClaimed(OutboxRow ended) => claimed.GetValueOrDefault((ended.InstanceId, ended.Number))?.Epoch == ended.Epoch;

    /// <summary>The command as it is to be applied: an alarm whose subject has an open task joins it, and a start that repeats a closed one says which.</summary>
    public Command Joined(Command command) => recurrences.Followed(alarms.Joined(command));

    /// <summary>The answer is kept when the instance is: a command that lost its race is decided again.</summary>
    public void Remember(IdempotencyKey key, InstanceId instance, string answer, DateTimeOffset at)
    {
        var row = IdempotencyRow.Of(key, answer, store.Shapes.Number, at);
        remembered[NameOf(key)] = row;
        newAnswers.Add((instance, row));
    }

    /// <summary>
    /// Something was refused to an instance. Where nothing is written nobody compares revisions: an instance that was kept from an earlier transaction
    /// may be behind, so it counts as lost and is read again.
    /// </summary>
    public void Doubt(InstanceId id)
    {
        if (store.IsShared && instances.TryGetValue(id, out var refused) && refused is { IsKept: true, Journal.Count: 0 }) lost.Add(id);
    }

    /// <summary>An effect has ended and its instance was told: the row goes, or is kept as <paramref name="after"/>. Nothing happens to it when the instance lost its race.</summary>
    public void Tell(OutboxRow before, OutboxRow? after) => told.Add((before, after));

    /// <summary>The next value of a named counter, which is this transaction's own until it ends.</summary>
    public async Task<long> NextAsync(string sequence, CancellationToken cancel)
    {
        if (!sequences.TryGetValue(sequence, out var counter))
        {
            var first = new SequenceRow { Name = sequence, Value = 0 };
            var stored = await LockAsync(sequence, cancel);
            if (stored is null && (await writer.InsertNewAsync([first], cancel)).Count > 0) stored = await LockAsync(sequence, cancel);
            counter = (stored?.Value ?? 0, stored?.Value ?? 0);
        }
        sequences[sequence] = counter with { Value = counter.Value + 1 };
        return counter.Value + 1;
    }

    /// <summary>Counts how much people have.</summary>
    public Task CountAsync(IReadOnlyList<string> people, CancellationToken cancel) =>
        loads.ReadAsync(db, people, instances.Values.Where(changed => changed.Journal.Count > 0).Select(changed => (changed.Before, changed.Current)), cancel);

    /// <summary>Gives the last value back: what it was drawn for did not happen.</summary>
    public void PutBack(string sequence) => sequences[sequence] = sequences[sequence] with { Value = sequences[sequence].Value - 1 };

    public void Add(InstanceId id, Stimulus stimulus, Step.Advanced step, string definitionName)
    {
        if (!instances.TryGetValue(id, out var changed)) instances[id] = changed = new(id, step.After.Definition, store.Shapes.Number);
        alarms.Follow(changed.Current, step.After);
        recurrences.Follow(changed.Current, step.After);
        loads.Follow(changed.Current, step.After);
        changed.Advance(step, stimulus, definitionName);
    }

    /// <summary>Writes everything but what <see cref="HasLost(Command)"/>.</summary>
    public async Task CommitAsync(CancellationToken cancel)
    {
        var work = instances.Values.Where(changed => changed.Journal.Count > 0).OrderBy(changed => changed.Current.Id).ToList();
        var written = work.ToDictionary(changed => changed.Current.Id, changed => changed.Row());
        await WriteGuardedAsync(work, written, cancel);
        var won = work.Where(changed => !lost.Contains(changed.Current.Id)).ToList();
        LastJournalRow = won.LastOrDefault()?.Journal[^1];

        var changes = new RowChanges();
        foreach (var changed in won)
        {
            changed.AddTo(changes);
            if (changed.Withdrawn.Count > 0) await WithdrawAsync(changed, cancel);
            if (changed.GoesOn) await HearNowAsync(changed.Current, cancel);
        }
        foreach (var key in won.SelectMany(changed => ChangeKeys.Of(changed.Before, changed.Current)).Distinct().Order(StringComparer.Ordinal))
            changes.Insert(new ChangeRow { Key = key, At = won.Max(changed => changed.Current.UpdatedAt) });
        foreach (var (before, after) in told.Where(row => !lost.Contains(row.Before.InstanceId))) changes.Difference([before], after is null ? [] : [after]);
        foreach (var (name, (stored, value)) in sequences)
            if (value > stored) changes.Update(new SequenceRow { Name = name, Value = value });
        IsInDoubt = true;
        await writer.CommitAsync(changes, transaction, cancel);

        (isCommitted, IsInDoubt) = (true, false);
        foreach (var id in lost) store.Forget(id);
        foreach (var changed in won) store.Keep(changed.AsStored(written[changed.Current.Id]));
    }

    public async ValueTask DisposeAsync()
    {
        if (!isCommitted)
            foreach (var id in instances.Keys) store.Forget(id);
        try
        {
            await transaction.DisposeAsync();
        }
        catch (Exception problem) when (problem is System.Data.Common.DbException or InvalidOperationException)
        {
            // The connection has broken; the database rolls back by itself.
            await store.ResetAsync();
        }
    }

    internal static async Task<BurstTransaction> ReadAsync(
        BurstStore store, WorkflowDb db, RowWriter writer, IDbContextTransaction transaction, IReadOnlyCollection<Command> commands, CancellationToken cancel)
    {
        var burst = new BurstTransaction(store, db, writer, transaction);
        await burst.alarms.ReadAsync(db, commands, cancel);
        await burst.recurrences.ReadAsync(db, commands, cancel);
        commands = [.. commands.Select(burst.Joined)];
        var unknown = new List<InstanceId>();
        var expected = commands.Where(command => command.Expected is not null).ToLookup(command => command.Instance, command => command.Expected);
        var started = commands.Where(command => command.Definition is not null).Select(command => command.Instance).ToHashSet();
        foreach (var id in commands.Select(command => command.Instance).Distinct())
            // What this server knows may be behind: before a caller is told that the revision is another one, it is read.
            if (store.Find(id) is { } known && expected[id].All(revision => revision == known.State.Revision)) burst.instances[id] = new(known, store.Shapes.Number) { IsKept = true };
            // Nearly every start has an id that nobody has, and its insertion tells.
            else if (!started.Contains(id) || store.WasTaken(id)) unknown.Add(id);
        if (unknown.Count > 0)
            foreach (var row in await db.Instances.AsNoTracking().Where(row => unknown.Contains(row.Id)).OrderBy(row => row.Id).Lock().ToListAsync(cancel))
                if (store.Shapes.Refuse(StoredShapes.State, row.Schema) is { } why) burst.unreadable[row.Id] = why;
                else burst.instances[row.Id] = new(new StoredInstance(store.Shapes.Read<WorkflowInstance>(StoredShapes.State, row.State, row.Schema), row.JournalHash, row.State.Length), store.Shapes.Number);
        if (commands.Where(command => command.Key is not null).Select(command => command.Key!.Hash).ToList() is { Count: > 0 } keys)
            foreach (var row in await db.IdempotencyKeys.AsNoTracking().Where(row => keys.Contains(row.KeyHash)).ToListAsync(cancel))
                burst.remembered[NameOf(row)] = row;
        if (commands.Where(command => command.Ended is not null).Select(command => command.Instance).Distinct().ToList() is { Count: > 0 } told)
            foreach (var row in await db.Outbox.AsNoTracking().Where(row => told.Contains(row.InstanceId)).OrderBy(row => row.InstanceId).ThenBy(row => row.Number).Lock().ToListAsync(cancel))
                burst.claimed[(row.InstanceId, row.Number)] = row;
        (burst.OrganisationRevision, burst.Name) = await writer.ReadFirstAsync(OrganisationStore.RevisionName, cancel);
        return burst;
    }

    /// <summary>Writes what can be lost to somebody else: what may be there only once, and the instances themselves.</summary>
    private async Task WriteGuardedAsync(List<ChangedInstance> work, Dictionary<InstanceId, InstanceRow> rows, CancellationToken cancel)
    {
        var begun = work.Where(changed => changed.Stored is null).ToList();
        List<(InstanceId Instance, object Row)> unique =
        [
            .. newAnswers.OrderBy(answer => answer.Row.Key, StringComparer.Ordinal).Select(answer => (answer.Instance, (object)answer.Row)),
            .. begun.SelectMany(changed => Projection.OpenAlarms(changed.Current)).OrderBy(row => row.SubjectKey, StringComparer.Ordinal).Select(row => (row.InstanceId, (object)row)),
            .. begun.SelectMany(changed => Projection.Recurrences(changed.Current)).OrderBy(row => row.PreviousId).Select(row => (row.InstanceId, (object)row)),
        ];
        unique.RemoveAll(one => lost.Contains(one.Instance));
        if (unique.Count > 0)
        {
            var taken = await writer.InsertNewAsync([.. unique.Select(one => one.Row)], cancel);
            lost.UnionWith(unique.Where(one => taken.Contains(one.Row)).Select(one => one.Instance));
            unique.RemoveAll(one => taken.Contains(one.Row));
        }
        var added = begun.Where(changed => !lost.Contains(changed.Current.Id)).Select(changed => rows[changed.Current.Id]).ToList<object>();
        if (added.Count > 0)
            foreach (var row in await writer.InsertNewAsync(added, cancel))
            {
                var id = ((InstanceRow)row).Id;
                lost.Add(id);
                store.Take(id);
            }
        var moved = work.Where(changed => changed.Stored is not null && !lost.Contains(changed.Current.Id)).Select(changed => (rows[changed.Current.Id], changed.Before.Revision)).ToList();
        if (moved.Count > 0) lost.UnionWith((await writer.UpdateUnchangedAsync(moved, cancel)).Select(row => row.Id));

        if (unique.Where(one => lost.Contains(one.Instance)).Select(one => one.Row).ToList() is { Count: > 0 } withdrawn)
        {
            var changes = new RowChanges();
            foreach (var row in withdrawn) changes.Delete(row);
            await writer.WriteAsync(changes, cancel);
        }
        lostKeys.UnionWith(newAnswers.Where(answer => lost.Contains(answer.Instance)).Select(answer => NameOf(answer.Row)));
    }

    private static (string, string, string) NameOf(IdempotencyKey key) => (key.Caller, key.Route, key.Key);

    private static (string, string, string) NameOf(IdempotencyRow row) => (row.Caller, row.Route, row.Key);

    private Task<SequenceRow?> LockAsync(string sequence, CancellationToken cancel) =>
        db.Sequences.AsNoTracking().Where(row => row.Name == sequence).Lock().SingleOrDefaultAsync(cancel);

    /// <summary>One whose attempt is under way goes on to its end; nothing follows from it.</summary>
    private async Task WithdrawAsync(ChangedInstance changed, CancellationToken cancel)
    {
        var (id, withdrawn) = (changed.Current.Id, changed.Withdrawn);
        await db.Outbox.Where(row => row.InstanceId == id && row.State == OutboxState.Pending && withdrawn.Contains(row.Number)).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Effects ended while the instance was stopped; now it can hear of them.</summary>
    private async Task HearNowAsync(WorkflowInstance instance, CancellationToken cancel)
    {
        var (id, at) = (instance.Id, instance.UpdatedAt);
        await db.Outbox.Where(row => row.InstanceId == id && (row.State == OutboxState.Done || row.State == OutboxState.Failed))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, at), cancel);
    }
}
