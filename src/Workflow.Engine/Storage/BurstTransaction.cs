using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;

namespace Workflow.Engine.Storage;

/// <summary>
/// One transaction for a batch of bursts. Instances are read when it begins; each is written back only while its revision is still
/// the one that was read. An instance that lost its race takes nothing else with it: its rows are not written, the others commit.
/// </summary>
public sealed class BurstTransaction : IAsyncDisposable
{
    private readonly WorkflowDb db;
    private readonly IDbContextTransaction transaction;
    private readonly Dictionary<InstanceId, Work> work;
    private readonly Dictionary<(string, string, string), IdempotencyRow> remembered;
    private readonly Dictionary<string, (SequenceRow? Stored, long Value)> sequences = [];
    private readonly List<(InstanceId Instance, IdempotencyRow Row)> newAnswers = [];
    private readonly List<(OutboxRow Before, OutboxRow? After)> told = [];

    private BurstTransaction(WorkflowDb db, IDbContextTransaction transaction, IEnumerable<InstanceRow> rows, IEnumerable<IdempotencyRow> keys)
    {
        this.db = db;
        this.transaction = transaction;
        work = rows.Select(row => new Work(row)).ToDictionary(loaded => loaded.Current.Id);
        remembered = keys.ToDictionary(row => (row.Caller, row.Route, row.Key));
    }

    public static async Task<BurstTransaction> BeginAsync(WorkflowDb db, IReadOnlyCollection<Command> commands, CancellationToken cancel)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancel);
        var ids = commands.Select(command => command.Instance.ToString()).Distinct().Order().ToList();
        var rows = await db.Instances.AsNoTracking().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancel);
        var keys = commands.Where(command => command.Key is not null).Select(command => command.Key!.Key).Distinct().ToList();
        var answers = keys.Count == 0 ? [] : await db.IdempotencyKeys.AsNoTracking().Where(row => keys.Contains(row.Key)).ToListAsync(cancel);
        return new(db, transaction, rows, answers);
    }

    public WorkflowInstance? Find(InstanceId id) => work.GetValueOrDefault(id)?.Current;

    public IdempotencyRow? Find(IdempotencyKey key) => remembered.GetValueOrDefault((key.Caller, key.Route, key.Key));

    /// <summary>The answer is kept when the instance is: a command that lost its race is decided again.</summary>
    public void Remember(IdempotencyKey key, InstanceId instance, string answer, DateTimeOffset at)
    {
        var row = new IdempotencyRow { Caller = key.Caller, Route = key.Route, Key = key.Key, BodyHash = key.BodyHash, Answer = answer, At = at };
        remembered[(key.Caller, key.Route, key.Key)] = row;
        newAnswers.Add((instance, row));
    }

    /// <summary>An effect has ended and its instance was told: the row goes, or is kept as <paramref name="after"/>. Nothing happens to it when the instance lost its race.</summary>
    public void Tell(OutboxRow before, OutboxRow? after) => told.Add((before, after));

    /// <summary>The next value of a named counter; the counter moves when the transaction commits.</summary>
    public async Task<long> NextAsync(string sequence, CancellationToken cancel)
    {
        if (!sequences.TryGetValue(sequence, out var counter))
        {
            var stored = await db.Sequences.AsNoTracking().FirstOrDefaultAsync(row => row.Name == sequence, cancel);
            counter = (stored, stored?.Value ?? 0);
        }
        sequences[sequence] = counter with { Value = counter.Value + 1 };
        return counter.Value + 1;
    }

    /// <summary>Gives the last value back: what it was drawn for did not happen.</summary>
    public void PutBack(string sequence) => sequences[sequence] = sequences[sequence] with { Value = sequences[sequence].Value - 1 };

    public void Add(InstanceId id, Stimulus stimulus, Step.Advanced step, string definitionName)
    {
        if (!work.TryGetValue(id, out var changed)) work[id] = changed = new Work(id, step.After.Definition);
        changed.Advance(step, stimulus, definitionName);
    }

    /// <returns>Instances that somebody else changed meanwhile; nothing of theirs was written.</returns>
    public async Task<IReadOnlySet<InstanceId>> CommitAsync(CancellationToken cancel)
    {
        await using var writer = new RowWriter(db);
        var lost = new HashSet<InstanceId>();
        var changes = new SortedSet<string>(StringComparer.Ordinal);
        var at = DateTimeOffset.MinValue;
        foreach (var changed in work.Values.Where(changed => changed.Journal.Count > 0).OrderBy(changed => changed.Current.Id.Value))
        {
            if (changed.Loaded is null) await writer.InsertAsync(changed.Row(), cancel);
            else if (!await writer.UpdateIfUnchangedAsync(changed.Row(), changed.Loaded.Revision, cancel))
            {
                lost.Add(changed.Current.Id);
                continue;
            }
            foreach (var row in changed.Journal) await writer.InsertAsync(row, cancel);
            foreach (var row in changed.Outbox) await writer.InsertAsync(row, cancel);
            if (changed.Before.IsStopped && !changed.Current.IsStopped) await HearNowAsync(changed.Current, cancel);
            await writer.WriteDifferenceAsync(changed.RowsBefore, Projection.Rows(changed.Current, changed.DefinitionName), cancel);
            ChangeKeys.Add(changes, changed.Before, changed.Current);
            if (changed.Current.UpdatedAt > at) at = changed.Current.UpdatedAt;
        }
        foreach (var key in changes) await writer.InsertAsync(new ChangeRow { Key = key, At = at }, cancel);
        foreach (var (instance, row) in newAnswers)
            if (!lost.Contains(instance)) await writer.InsertAsync(row, cancel);
        foreach (var (before, after) in told)
            if (!lost.Any(id => id.ToString() == before.InstanceId)) await writer.WriteDifferenceAsync([before], after is null ? [] : [after], cancel);
        foreach (var (name, (stored, value)) in sequences.Where(counter => counter.Value.Value > (counter.Value.Stored?.Value ?? 0)))
            await writer.WriteDifferenceAsync(stored is null ? [] : [stored], [new SequenceRow { Name = name, Value = value }], cancel);
        await transaction.CommitAsync(cancel);
        return lost;
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();

    /// <summary>Effects ended while the instance was stopped; now it can hear of them.</summary>
    private async Task HearNowAsync(WorkflowInstance instance, CancellationToken cancel)
    {
        var (id, at) = (instance.Id.ToString(), instance.UpdatedAt);
        await db.Outbox.Where(row => row.InstanceId == id && (row.State == OutboxState.Done || row.State == OutboxState.Failed))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, at), cancel);
    }

    /// <summary>One instance in this transaction: as it was read, as it is now, and the bursts between.</summary>
    private sealed class Work
    {
        private string hash;

        public Work(InstanceRow loaded)
        {
            Loaded = loaded;
            Before = Current = InstanceJson.Read<WorkflowInstance>(loaded.State);
            hash = loaded.JournalHash;
        }

        public Work(InstanceId id, DefinitionVersion definition)
        {
            Before = Current = new(id, definition);
            hash = JournalHash.Start;
        }

        public InstanceRow? Loaded { get; }

        public WorkflowInstance Before { get; }

        public WorkflowInstance Current { get; private set; }

        public string DefinitionName { get; private set; } = "";

        public List<JournalRow> Journal { get; } = [];

        public List<OutboxRow> Outbox { get; } = [];

        public IEnumerable<object> RowsBefore => Loaded is null ? [] : Projection.Rows(Before, DefinitionName);

        public void Advance(Step.Advanced step, Stimulus stimulus, string definitionName)
        {
            // What cannot be written throws here, before anything is changed.
            var row = new JournalRow
            {
                InstanceId = step.After.Id.ToString(),
                Revision = step.After.Revision,
                At = step.After.UpdatedAt,
                Stimulus = stimulus.GetType().Name,
                ActorId = stimulus.By?.UserId,
                ActorName = stimulus.By?.Name,
                Facts = InstanceJson.Write(step.Facts),
                HashAlgorithm = JournalHash.Algorithm,
                Hash = "",
            };
            Current = step.After;
            DefinitionName = definitionName;
            hash = JournalHash.Of(hash, row);
            Journal.Add(row with { Hash = hash });
            Outbox.AddRange(step.Facts.OfType<Fact.EffectRequested>().Select(requested => RowOf(requested.Effect)));
        }

        public InstanceRow Row() => new()
        {
            Id = Current.Id.ToString(),
            DefinitionId = Current.Definition.DefinitionId,
            DefinitionVersion = Current.Definition.Version,
            Status = Current.Status,
            CorrelationId = Current.CorrelationId,
            Revision = Current.Revision,
            State = InstanceJson.Write(Current),
            JournalHash = hash,
            StartedAt = Current.StartedAt,
            UpdatedAt = Current.UpdatedAt,
        };

        private OutboxRow RowOf(EffectRequest effect) => new()
        {
            InstanceId = Current.Id.ToString(),
            Number = effect.Id,
            Kind = effect.Kind,
            Payload = effect.Payload.GetRawText(),
            State = OutboxState.Pending,
            Attempts = 0,
            NextAt = Current.UpdatedAt,
            CreatedAt = Current.UpdatedAt,
            LastError = null,
            Result = null,
        };
    }
}

/// <summary>Names of what clients may have on screen.</summary>
public static class ChangeKeys
{
    public const string Tasks = "tasks";
    public const string WorkItems = "work-items";

    public static string Task(InstanceId id) => string.Create(CultureInfo.InvariantCulture, $"task:{id}");

    public static string WorkItem(WorkItemId id) => string.Create(CultureInfo.InvariantCulture, $"work-item:{id}");

    internal static void Add(SortedSet<string> keys, WorkflowInstance before, WorkflowInstance after)
    {
        if (after.Task is null) return;
        keys.Add(Tasks);
        keys.Add(Task(after.Id));
        foreach (var item in after.WorkItems.Except(before.WorkItems))
        {
            keys.Add(WorkItems);
            keys.Add(WorkItem(new(after.Id, item.Number)));
        }
    }
}
