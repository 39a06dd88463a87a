using System.Text.Json;
using Workflow.Engine.Definitions;

namespace Workflow.Activities.Http;

/// <summary>
/// References to secrets in the headers of a request, <c>{{secret:NAME}}</c>. State, journal and outbox hold the reference; only whoever sends the
/// request puts the secret in its place.
/// </summary>
public static class HttpSecrets
{
    private const string Authorization = "Authorization";
    private const string Open = "{{secret:";
    private const string Close = "}}";

    public static bool IsIn(string text) => NamesIn(text).Any();

    public static IEnumerable<string> NamesIn(string text) => Parts(text).Where(part => part.IsName).Select(part => part.Text);

    public static string Resolve(string text, Func<string, string> secretOf) => string.Concat(Parts(text).Select(part => part.IsName ? secretOf(part.Text) : part.Text));

    /// <summary>A header that must not reach another server than the one it is meant for.</summary>
    public static bool IsSecret(HttpHeader header) => header.Name.Equals(Authorization, StringComparison.OrdinalIgnoreCase) || header.Values.Any(IsIn);

    /// <summary>Warns of an authorization that stands in the document itself.</summary>
    internal static void Check(Node node, DefinitionCheck check)
    {
        if (node.LiteralText("authorization") is { Length: > 0 } text && !IsIn(text)) Warn(node.Inputs["authorization"].Pointer, check);
        if (node.Literal("requestHeaders") is not { ValueKind: JsonValueKind.Object } headers) return;
        foreach (var header in headers.EnumerateObject())
            if (header.Name.Equals(Authorization, StringComparison.OrdinalIgnoreCase) && !IsIn(header.Value.GetRawText())) Warn(node.Inputs["requestHeaders"].Pointer, check);
    }

    private static void Warn(string pointer, DefinitionCheck check) =>
        check.Warn(pointer, "an authorization that refers to a secret of the server, such as Bearer {{secret:NAME}}", "a literal one, which every instance stores and shows");

    /// <summary>The names of references, and the text between them.</summary>
    private static IEnumerable<(string Text, bool IsName)> Parts(string text)
    {
        var at = 0;
        while (text.IndexOf(Open, at, StringComparison.Ordinal) is var begin and >= 0)
        {
            var first = begin + Open.Length;
            var end = text.IndexOf(Close, first, StringComparison.Ordinal);
            if (end < 0) break;
            var isName = end > first && text[first..end].All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.');
            yield return (text[at..(isName ? begin : first)], false);
            if (isName) yield return (text[first..end], true);
            at = isName ? end + Close.Length : first;
        }
        yield return (text[at..], false);
    }

}
