namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Properties in the order of JavaScript: indexes ascending, then names as they were added. Few are searched, many are indexed.</summary>
internal sealed class PropertyMap
{
    private const int FewEnoughToSearch = 8;

    private string?[] names = new string?[4];
    private Value[] values = new Value[4];
    private Dictionary<string, int>? index;
    private int used;
    private bool hasIndexes;

    public int Count { get; private set; }

    public bool TryGet(string name, out Value value)
    {
        var at = Find(name);
        value = at < 0 ? default : values[at];
        return at >= 0;
    }

    /// <returns>Whether the name was there; if not, nothing is changed.</returns>
    public bool TryReplace(string name, Value value)
    {
        var at = Find(name);
        if (at >= 0) values[at] = value;
        return at >= 0;
    }

    public void Add(Meter meter, string name, Value value)
    {
        meter.Allocate(120);
        if (used == names.Length) Grow();
        names[used] = name;
        values[used] = value;
        if (index is null && used >= FewEnoughToSearch) BuildIndex();
        index?.Add(name, used);
        used++;
        Count++;
        hasIndexes |= ArrayIndex.TryParse(name, out _);
    }

    public bool Remove(string name)
    {
        var at = Find(name);
        if (at < 0) return false;
        names[at] = null;
        values[at] = default;
        index?.Remove(name);
        Count--;
        if (at == used - 1) used--;
        return true;
    }

    /// <summary>The names as they are now. A copy, since what is listed may change while it is walked.</summary>
    public List<string> Names(Meter meter)
    {
        meter.Work(used);
        meter.Allocate(32 + (8L * Count));
        var list = new List<string>(Count);
        for (var at = 0; at < used; at++)
            if (names[at] is { } name) list.Add(name);
        if (hasIndexes) SortIndexesFirst(meter, list);
        return list;
    }

    private static void SortIndexesFirst(Meter meter, List<string> list)
    {
        meter.Work(list.Count * 16L);
        var indexes = new List<(uint Index, string Name)>();
        var others = new List<string>();
        foreach (var name in list)
        {
            if (ArrayIndex.TryParse(name, out var number)) indexes.Add((number, name));
            else others.Add(name);
        }
        meter.Allocate((indexes.Count * 32L) + (others.Count * 16L));
        indexes.Sort(static (left, right) => left.Index.CompareTo(right.Index));
        list.Clear();
        list.AddRange(indexes.Select(static entry => entry.Name));
        list.AddRange(others);
    }

    private int Find(string name)
    {
        if (index is not null) return index.TryGetValue(name, out var found) ? found : -1;
        for (var at = 0; at < used; at++)
            if (names[at] == name) return at;
        return -1;
    }

    private void Grow()
    {
        if (Count < used / 2)
        {
            Compact();
            return;
        }
        Array.Resize(ref names, used * 2);
        Array.Resize(ref values, used * 2);
    }

    private void Compact()
    {
        var to = 0;
        for (var at = 0; at < used; at++)
        {
            if (names[at] is null) continue;
            (names[to], values[to]) = (names[at], values[at]);
            to++;
        }
        Array.Clear(names, to, used - to);
        Array.Clear(values, to, used - to);
        used = to;
        if (index is not null) BuildIndex();
    }

    private void BuildIndex()
    {
        index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < used; at++)
            if (names[at] is { } name) index[name] = at;
    }
}
