namespace Workflow.Engine.Expressions.Scripting;

/// <summary>
/// What one script may use. Every number counts something that the script does, never time, so that the same script with the same values
/// always ends the same way on every machine. How large a script may be is no limit of a server but a rule of the language, see <see cref="ScriptLanguage"/>.
/// </summary>
public sealed record ScriptLimits
{
    public static readonly ScriptLimits Default = new();

    /// <summary>Units of work: one for about each operation, and one for about each 16 characters or 8 items that a built-in function touches.</summary>
    public long MaxSteps { get; init; } = 1_000_000;

    /// <summary>Units of work of all scripts that one stimulus sets going, so that a loop of scripts is as bounded as a loop in a script.</summary>
    public long MaxStepsPerBurst { get; init; } = 2_000_000;

    /// <summary>Evaluations within evaluations: calls, the expressions around them, and levels of data that a function walks into.</summary>
    public int MaxDepth { get; init; } = 1_600;

    /// <summary>Bytes of everything that the script ever makes, counted before it is made, whether it is kept or not.</summary>
    public long MaxBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Characters of one string.</summary>
    public int MaxStringLength { get; init; } = 1_000_000;

    /// <summary>Items of one array, map or set.</summary>
    public int MaxArrayLength { get; init; } = 250_000;

    /// <summary>Characters of the JSON of the result, and of each variable that is written.</summary>
    public int MaxResultLength { get; init; } = 1_000_000;

    /// <summary>Objects within objects in JSON that is read, written or returned.</summary>
    public int MaxDataDepth { get; init; } = 60;
}
