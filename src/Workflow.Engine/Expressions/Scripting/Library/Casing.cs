namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Upper and lower case without a language.</summary>
internal static class Casing
{
    public static string ToUpper(string text) => text.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal);

    public static string ToLower(string text) => text.ToLowerInvariant();
}
