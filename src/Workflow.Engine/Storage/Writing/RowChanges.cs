namespace Workflow.Engine.Storage.Writing;

/// <summary>What a transaction writes, gathered by table, so that each table is written to once.</summary>
internal sealed class RowChanges
{
    public Dictionary<Type, List<object>> Inserted { get; } = [];

    public Dictionary<Type, List<object>> Updated { get; } = [];

    public Dictionary<Type, List<object>> Deleted { get; } = [];

    public void Insert(object row) => Add(Inserted, row);

    public void Update(object row) => Add(Updated, row);

    public void Delete(object row) => Add(Deleted, row);

    /// <summary>What differs between two sets of rows.</summary>
    public void Difference(IEnumerable<IInstancePart> before, IEnumerable<IInstancePart> after)
    {
        var old = before.ToDictionary(row => (row.GetType(), row.InstanceId, row.Part));
        foreach (var row in after)
            if (!old.Remove((row.GetType(), row.InstanceId, row.Part), out var was)) Insert(row);
            else if (!row.Equals(was)) Update(row);
        foreach (var gone in old.Values) Delete(gone);
    }

    private static void Add(Dictionary<Type, List<object>> rows, object row)
    {
        if (!rows.TryGetValue(row.GetType(), out var ofType)) rows[row.GetType()] = ofType = [];
        ofType.Add(row);
    }
}
