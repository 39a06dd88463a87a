namespace Workflow.Engine.Expressions.Scripting;

/// <summary>What JavaScript takes for white space and line ends.</summary>
internal static class Whitespace
{
    public const string Characters =
        "\t\n\u000B\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";

    /// <summary>The same, in the form that trimming takes.</summary>
    public static readonly char[] ToTrim = Characters.ToCharArray();

    public static bool IsLineEnd(char letter) => letter is '\n' or '\r' or '\u2028' or '\u2029';
}
