namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Collects the names that a script mentions while it is compiled.</summary>
internal sealed class ReferenceCollection
{
    private readonly SortedSet<string> used = new(StringComparer.Ordinal);
    private readonly SortedSet<string> assigned = new(StringComparer.Ordinal);
    private readonly SortedSet<string> read = new(StringComparer.Ordinal);
    private readonly SortedSet<string> written = new(StringComparer.Ordinal);
    private readonly SortedSet<string> inputs = new(StringComparer.Ordinal);

    public void Uses(string global) => used.Add(global);

    public void Assigns(string global) => assigned.Add(global);

    public void ReadsVariable(string name) => read.Add(name);

    public void WritesVariable(string name) => written.Add(name);

    /// <summary>Notes a call such as <c>getVariable('X')</c>.</summary>
    public void Calls(string global, string argument)
    {
        if (global == "getVariable") read.Add(argument);
        else if (global == "setVariable") written.Add(argument);
        else if (global == "getInput") inputs.Add(argument);
    }

    public ScriptReferences ToReferences() =>
        new([.. used.Except(assigned)], [.. read], [.. written], [.. inputs]);
}
