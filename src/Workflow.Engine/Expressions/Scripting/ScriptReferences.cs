using System.Collections.Immutable;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The names that a script mentions, as far as its text shows them; a name that is computed stays unknown until it runs.</summary>
/// <param name="Globals">Names used and neither declared nor set by the script: functions of the library and of the host.</param>
/// <param name="VariablesRead">From <c>variables.X</c> and <c>getVariable('X')</c>.</param>
/// <param name="VariablesWritten">From assignments to <c>variables.X</c> or within it, and <c>setVariable('X', …)</c>.</param>
/// <param name="InputsRead">From <c>getInput('X')</c>.</param>
public sealed record ScriptReferences(
    ImmutableSortedSet<string> Globals,
    ImmutableSortedSet<string> VariablesRead,
    ImmutableSortedSet<string> VariablesWritten,
    ImmutableSortedSet<string> InputsRead)
{
    /// <summary>What follows "get" in names such as <c>getOrder</c> that the library does not know: a variable, an input or an output in Pascal case.</summary>
    public IEnumerable<string> Getters => Accessors("get");

    /// <summary>What follows "set" in names such as <c>setOrder</c> that the library does not know: a variable in Pascal case.</summary>
    public IEnumerable<string> Setters => Accessors("set");

    /// <summary>Globals that nobody knows, given the names that the instance will have.</summary>
    public IEnumerable<string> UnknownGlobals(IReadOnlyCollection<string> variables, IReadOnlyCollection<string> inputs, IReadOnlyCollection<ScriptOutput> outputs)
    {
        foreach (var name in Globals)
        {
            if (Library.Contains(name)) continue;
            if (ScriptNames.Accessor(name, "get") is { } read && IsReadable(read, variables, inputs, outputs)) continue;
            if (ScriptNames.Accessor(name, "set") is { } write && variables.Any(variable => ScriptNames.IsPascalCaseOf(write, variable))) continue;
            yield return name;
        }
    }

    private static bool IsReadable(string name, IReadOnlyCollection<string> variables, IReadOnlyCollection<string> inputs, IReadOnlyCollection<ScriptOutput> outputs) =>
        variables.Any(variable => ScriptNames.IsPascalCaseOf(name, variable))
        || inputs.Any(input => name == input || ScriptNames.IsPascalCaseOf(name, input))
        || outputs.Any(output => ScriptNames.IsAccessorOf(name, output));

    private IEnumerable<string> Accessors(string verb) =>
        from name in Globals
        where !Library.Contains(name)
        let accessor = ScriptNames.Accessor(name, verb)
        where accessor is not null
        select accessor;
}
