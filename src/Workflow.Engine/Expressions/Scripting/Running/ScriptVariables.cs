using System.Text.Json;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>
/// The variables that the script has touched. A variable holds the same object however it is reached, so that a change within it is seen
/// everywhere; what differs at the end from what was read is written back, in the order of first touch.
/// </summary>
internal sealed class ScriptVariables(Evaluation run)
{
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    public bool Exists(string name) => entries.ContainsKey(name) || run.Host.VariableNames.Contains(name);

    public Value Read(string name)
    {
        if (entries.TryGetValue(name, out var entry)) return entry.Now;
        if (!run.Host.VariableNames.Contains(name)) return Value.Undefined;
        var before = run.Host.ReadVariable(name);
        var value = JsonValues.FromJson(run, before);
        if (value.IsObject) Remember(name, new Entry(before, value, false));
        return value;
    }

    public void Write(string name, Value value)
    {
        var before = entries.TryGetValue(name, out var entry) ? entry.Before : null;
        Remember(name, new Entry(before, value, true));
    }

    /// <summary>The changes as JSON. Made as a whole before any is applied.</summary>
    public List<(string Name, JsonElement? Value)> Changes()
    {
        var changes = new List<(string, JsonElement?)>();
        foreach (var (name, entry) in entries)
        {
            if (!entry.IsWritten && JsonValues.IsSame(run, entry.Now, entry.Before)) continue;
            changes.Add((name, JsonValues.ToJson(run, entry.Now)));
        }
        return changes;
    }

    private void Remember(string name, Entry entry)
    {
        run.Meter.Allocate(160);
        entries[name] = entry;
    }

    private sealed record Entry(JsonElement? Before, Value Now, bool IsWritten);
}
