namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The script failed in its own terms: it threw a value, or used one in a way that is an error in JavaScript. Deterministic.</summary>
public sealed class ScriptErrorException(string message, int line, int column)
    : Exception(line > 0 ? $"{message} (line {line}, column {column})" : message)
{
    public string Error { get; } = message;

    public int Line { get; } = line;

    public int Column { get; } = column;
}

/// <summary>The script reached a limit. Deterministic, and out of reach of the script's own try and catch.</summary>
public sealed class ScriptLimitException(string limit, long allowed, long steps)
    : Exception($"The script needs more than {limit} allows: expected at most {allowed}.")
{
    /// <summary>The name of a number in <see cref="ScriptLimits"/>.</summary>
    public string Limit { get; } = limit;

    public long Allowed { get; } = allowed;

    /// <summary>Steps that the script had used by then.</summary>
    public long Steps { get; } = steps;
}

/// <summary>
/// The machine could not go on: the time that the shell gives was used up, or the thread's stack nearly so. This depends on the machine, so
/// nothing may be decided from it: the burst is rolled back.
/// </summary>
public sealed class ScriptHardStopException(string reason) : HardStopException(reason);
