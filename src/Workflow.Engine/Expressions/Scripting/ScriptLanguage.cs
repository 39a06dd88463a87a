namespace Workflow.Engine.Expressions.Scripting;

/// <summary>
/// How large a script may be. Like its keywords, these numbers belong to the language and not to a server's settings: a definition that is valid
/// here is valid everywhere, and one that was published can be read for as long as its instances live.
/// </summary>
public static class ScriptLanguage
{
    /// <summary>Characters of source text.</summary>
    public const int MaxSourceLength = 65_536;

    /// <summary>Brackets within brackets, and constructs within constructs, in the source text.</summary>
    public const int MaxNesting = 100;

    /// <summary>Instructions of one regular expression after its counted repetitions are written out.</summary>
    public const int MaxPatternSize = 2_000;
}
