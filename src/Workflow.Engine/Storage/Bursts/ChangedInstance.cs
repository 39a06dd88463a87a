using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage.Writing;

namespace Workflow.Engine.Storage.Bursts;

/// <summary>One instance in a transaction: as it was stored, as it is now, and the bursts between.</summary>
internal sealed class ChangedInstance
{
    private string definitionName = "";
    private byte[] hash;

    /// <summary>The number of the shapes that are written.</summary>
    private readonly int schema;

    public ChangedInstance(StoredInstance stored, int schema)
    {
        this.schema = schema;
        Stored = stored;
        Before = Current = stored.State;
        hash = stored.JournalHash;
    }

    public ChangedInstance(InstanceId id, DefinitionVersion definition, int schema)
    {
        this.schema = schema;
        Before = Current = new(id, definition);
        hash = JournalHash.Start;
    }

    /// <summary>Null for an instance that begins.</summary>
    public StoredInstance? Stored { get; }

    /// <summary>Was not read in this transaction but kept from an earlier one.</summary>
    public bool IsKept { get; init; }

    public WorkflowInstance Before { get; }

    public WorkflowInstance Current { get; private set; }

    public List<JournalRow> Journal { get; } = [];

    public List<OutboxRow> Outbox { get; } = [];

    /// <summary>Numbers of effects that nobody wants any more.</summary>
    public List<int> Withdrawn { get; } = [];

    public bool GoesOn => Before.IsStopped && !Current.IsStopped;

    public void Advance(Step.Advanced step, Stimulus stimulus, string nameOfDefinition)
    {
        // What cannot be written throws here, before anything is changed.
        var row = new JournalRow
        {
            InstanceId = step.After.Id,
            Revision = step.After.Revision,
            At = step.After.UpdatedAt,
            Stimulus = stimulus.GetType().Name,
            ActorId = stimulus.By?.UserId,
            ActorName = stimulus.By?.Name,
            ActorAddress = stimulus.By?.Address,
            Schema = schema,
            Facts = StoredJson.Write(step.Facts),
            HashAlgorithm = JournalHash.Algorithm,
            Hash = [],
        };
        Current = step.After;
        definitionName = nameOfDefinition;
        hash = JournalHash.Of(hash, row);
        Journal.Add(row with { Hash = hash });
        Outbox.AddRange(step.Facts.OfType<Fact.EffectRequested>().Select(requested => RowOf(requested.Effect)));
        Withdrawn.AddRange(step.Facts.OfType<Fact.EffectWithdrawn>().Select(withdrawn => withdrawn.Effect));
        Outbox.RemoveAll(row => Withdrawn.Contains(row.Number));
    }

    public InstanceRow Row() => new()
    {
        Id = Current.Id,
        DefinitionId = Current.Definition.DefinitionId,
        DefinitionVersion = Current.Definition.Version,
        Status = Current.Status,
        CorrelationId = Current.CorrelationId,
        CorrelationKey = InstanceRow.KeyOf(Current.CorrelationId),
        ParentId = Current.Parent?.Instance,
        Name = Current.Name,
        Revision = Current.Revision,
        Schema = schema,
        State = StoredJson.Write(Current),
        JournalHash = hash,
        StartedAt = Current.StartedAt,
        UpdatedAt = Current.UpdatedAt,
    };

    /// <param name="written">What <see cref="Row"/> gave.</param>
    public StoredInstance AsStored(InstanceRow written) => new(Current, written.JournalHash, written.State.Length);

    /// <summary>The rows beside the instance's own.</summary>
    public void AddTo(RowChanges changes)
    {
        foreach (var row in Journal) changes.Insert(row);
        foreach (var row in Outbox) changes.Insert(row);
        var rows = Projection.Rows(Current, definitionName);
        // Of an instance that begins they were written before, see BurstTransaction: somebody else may have been faster.
        if (Stored is null) changes.Difference([], rows.Where(row => row is not (OpenAlarmRow or RecurrenceRow)));
        else changes.Difference(Projection.Rows(Before, definitionName), rows);
    }

    private OutboxRow RowOf(EffectRequest effect) => new()
    {
        InstanceId = Current.Id,
        Number = effect.Id,
        Kind = effect.Kind,
        Schema = schema,
        Payload = effect.Payload.GetRawText(),
        State = OutboxState.Pending,
        Attempts = 0,
        Epoch = 0,
        ClaimedUntil = null,
        NextAt = Current.UpdatedAt,
        CreatedAt = Current.UpdatedAt,
        LastError = null,
        Result = null,
    };
}
