using System.Text;
using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>Why a text is no JSON document. Line and column count from one.</summary>
public sealed record JsonProblem(int Line, int Column, string Expected, string Found)
{
    /// <summary>What was found, and where in the text.</summary>
    public string FoundWhere => $"{Found} (line {Line}, column {Column})";
}

/// <summary>Reads JSON text and says of one that is none, in the words of this project, what should stand where.</summary>
public static class JsonText
{
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>A document in which no object has a member twice; null with a problem reported.</summary>
    public static JsonElement? Parse(string text, string pointer, ProblemList problems)
    {
        var json = Parse(text, out var problem);
        if (problem is not null) problems.Error(pointer, problem.Expected, problem.FoundWhere);
        return json;
    }

    /// <summary>A document in which no object has a member twice; null with <paramref name="problem"/> set.</summary>
    public static JsonElement? Parse(string text, out JsonProblem? problem)
    {
        try
        {
            problem = null;
            return JsonElement.Parse(text, Strict);
        }
        catch (JsonException)
        {
            problem = Explain(text);
            return null;
        }
    }

    /// <summary>What keeps a text from being a document in which no object has a member twice.</summary>
    public static JsonProblem Explain(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes);
        var walk = new Walk();
        try
        {
            while (reader.Read())
                if (!walk.Take(ref reader)) return At(bytes, (int)reader.TokenStartIndex, "each member of an object once", $"'{reader.GetString()}' again");
        }
        catch (JsonException problem)
        {
            var at = Offset(bytes, problem.LineNumber ?? 0, problem.BytePositionInLine ?? 0);
            return At(bytes, at, walk.Expected(bytes, at), Word(bytes, at));
        }
        return new(1, 1, "a JSON document", "something else");
    }

    private static int Offset(byte[] bytes, long line, long position)
    {
        var start = 0;
        for (; line > 0; line--) start = Array.IndexOf(bytes, (byte)'\n', start) + 1;
        return (int)Math.Min(start + position, bytes.Length);
    }

    private static JsonProblem At(byte[] bytes, int offset, string expected, string found)
    {
        var before = bytes.AsSpan(0, offset);
        var start = before.LastIndexOf((byte)'\n') + 1;
        return new(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[start..]) + 1, expected, found);
    }

    /// <summary>What stands there, up to where something else begins.</summary>
    private static string Word(byte[] bytes, int at)
    {
        var rest = Encoding.UTF8.GetString(bytes.AsSpan(at, Math.Min(80, bytes.Length - at)));
        if (rest.Trim().Length == 0) return at == bytes.Length ? "the end" : rest.StartsWith('\n') ? "a line break" : "white space";
        if (char.IsControl(rest[0])) return rest[0] is '\n' or '\r' ? "a line break" : "a control character";
        var length = rest.IndexOfAny([' ', '\t', '\r', '\n', ',', ':', '{', '}', '[', ']']);
        return $"'{rest[..Math.Clamp(length < 0 ? rest.Length : length, 1, 20)]}'";
    }

    /// <summary>Where in a document a reader stands.</summary>
    private sealed class Walk
    {
        /// <summary>For each object around, the names that it has had; null for a list.</summary>
        private readonly Stack<HashSet<string>?> around = new();
        private JsonTokenType last = JsonTokenType.None;
        private long end;

        /// <returns>False for a name that the object has had already.</returns>
        public bool Take(ref Utf8JsonReader reader)
        {
            (last, end) = (reader.TokenType, reader.BytesConsumed);
            switch (last)
            {
                case JsonTokenType.StartObject:
                    around.Push([]);
                    break;
                case JsonTokenType.StartArray:
                    around.Push(null);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    around.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    return around.Peek()!.Add(Name(ref reader));
            }
            return true;
        }

        /// <summary>What may stand after the last token, given what of it is there.</summary>
        public string Expected(byte[] bytes, int at)
        {
            var begun = Encoding.UTF8.GetString(bytes.AsSpan((int)end, Math.Max(at - (int)end, 0))).Trim();
            if (around.Count >= MaxDepth) return $"at most {MaxDepth} levels of objects and lists";
            if (around.Count == 0) return last == JsonTokenType.None ? begun.StartsWith('"') ? "the rest of a text in quotes" : "a JSON document" : "nothing after the document";
            var hasComma = begun.StartsWith(',');
            if (hasComma) begun = begun[1..].TrimStart();
            if (begun.Count(letter => letter == '"') % 2 == 1) return "the rest of a text in quotes";
            return around.Peek() is null
                ? last == JsonTokenType.StartArray ? "a value or ']'" : hasComma ? "a value" : "',' or ']'"
                : last == JsonTokenType.PropertyName ? "a value"
                : begun.StartsWith('"') ? "':' after the name of a member"
                : last == JsonTokenType.StartObject ? "the name of a member in double quotes, or '}'"
                : hasComma ? "the name of a member in double quotes" : "',' or '}'";
        }

        /// <summary>A name with half of a surrogate pair cannot be read as text; its bytes tell it apart as well.</summary>
        private static string Name(ref Utf8JsonReader reader)
        {
            try
            {
                return reader.GetString()!;
            }
            catch (InvalidOperationException)
            {
                return Encoding.UTF8.GetString(reader.ValueSpan);
            }
        }
    }
}
