namespace Workflow.Engine.Expressions.Scripting;

/// <summary>How the names of variables, inputs and outputs become names of functions: <c>order id</c> becomes <c>getOrderId()</c>.</summary>
public static class ScriptNames
{
    /// <summary>What follows the verb; null when the name is no accessor.</summary>
    public static string? Accessor(string name, string verb) =>
        name.Length > verb.Length && name.StartsWith(verb, StringComparison.Ordinal) ? name[verb.Length..] : null;

    /// <summary>Whether <paramref name="pascal"/> is the name with each word's first letter raised and spaces, "_" and "-" left out.</summary>
    public static bool IsPascalCaseOf(ReadOnlySpan<char> pascal, ReadOnlySpan<char> name)
    {
        var at = 0;
        var startsWord = true;
        foreach (var letter in name)
        {
            if (letter is ' ' or '_' or '-')
            {
                startsWord = true;
                continue;
            }
            if (at == pascal.Length || pascal[at++] != (startsWord ? char.ToUpperInvariant(letter) : letter)) return false;
            startsWord = false;
        }
        return at == pascal.Length && at > 0;
    }

    /// <summary>Whether a name such as <c>ResultFromCheckCredit</c> stands for this output.</summary>
    public static bool IsAccessorOf(ReadOnlySpan<char> name, ScriptOutput output)
    {
        for (var from = name.IndexOf("From"); from > 0; from = Next(name, from))
        {
            if (!IsName(name[..from], output.Name)) continue;
            var activity = name[(from + 4)..];
            if (IsName(activity, output.ActivityId) || (output.ActivityName is { } title && IsName(activity, title))) return true;
        }
        return false;
    }

    private static bool IsName(ReadOnlySpan<char> shown, string name) => shown.SequenceEqual(name) || IsPascalCaseOf(shown, name);

    private static int Next(ReadOnlySpan<char> name, int from)
    {
        var next = name[(from + 1)..].IndexOf("From");
        return next < 0 ? -1 : from + 1 + next;
    }
}
