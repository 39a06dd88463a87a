using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>Reading members as Elsa does: by name without regard to case, absent when null.</summary>
public static class JsonMembers
{
    public static JsonElement? Member(this JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object) return null;
        if (!json.TryGetProperty(name, out var value))
            value = json.EnumerateObject().FirstOrDefault(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase)).Value;
        return value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : value;
    }

    public static string? Text(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool IsTrue(this JsonElement json, string name) => json.Member(name) is { ValueKind: JsonValueKind.True };

    /// <summary>The items of a member that is a list or absent; anything else is reported when there is somewhere to report it.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, string name, string pointer, ProblemList? problems) =>
        json.ItemsAt(name, pointer, problems).Select(item => item.Json);

    /// <summary>As <see cref="Items"/>, each with its pointer.</summary>
    public static IEnumerable<(JsonElement Json, string Pointer)> ItemsAt(this JsonElement json, string name, string pointer, ProblemList? problems)
    {
        if (json.Member(name) is not { } value) return [];
        if (value.ListOrSelf() is { ValueKind: JsonValueKind.Array } list) return list.EnumerateArray().Select((item, index) => (item, $"{pointer}/{name}{value.Wrapper(isMarked: false)}/{index}"));
        problems?.Error($"{pointer}/{name}", "a list", value.Describe());
        return [];
    }

    /// <summary>The list in a wrapper where a list is expected, so that no type has to say that it is one.</summary>
    public static JsonElement ListOrSelf(this JsonElement json) => json.Wrapper(isMarked: false) is { Length: > 0 } wrapper ? json.Member(wrapper[1..])!.Value : json;

    /// <summary>Older writers wrap lists as <c>{"_type": …, "items"|"values"|"$values": […]}</c>: the list, or the value itself when it is none of these.</summary>
    public static JsonElement Unwrapped(this JsonElement json) => json.Wrapper(isMarked: true) is { Length: > 0 } wrapper ? json.Member(wrapper[1..])!.Value : json;

    /// <summary>The way into such a wrapper, as part of a pointer; empty when there is none.</summary>
    /// <param name="isMarked">False where nothing but a list is expected, so that no type has to say that it is one.</param>
    private static string Wrapper(this JsonElement json, bool isMarked)
    {
        if (json.ValueKind != JsonValueKind.Object) return "";
        if (json.Member("$values") is { ValueKind: JsonValueKind.Array }) return "/$values";
        if (isMarked && json.Member("_type") is null && json.Member("$type") is null) return "";
        return json.Member("items") is { ValueKind: JsonValueKind.Array } ? "/items" : json.Member("values") is { ValueKind: JsonValueKind.Array } ? "/values" : "";
    }

    /// <summary>JSON can escape one half of a surrogate pair. Such a text can be parsed, but neither read as a string nor written again.</summary>
    public static bool IsWellFormed(this JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.String => json.GetString() is not null,
                JsonValueKind.Array => json.EnumerateArray().All(IsWellFormed),
                JsonValueKind.Object => json.EnumerateObject().All(member => member.Name.Length >= 0 && member.Value.IsWellFormed()),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A problem for each member that is none of these.</summary>
    public static IEnumerable<ValueProblem> UnknownMembers(this JsonElement json, string pointer, params IReadOnlyList<string> known) =>
        json.EnumerateObject().Where(member => !known.Contains(member.Name)).Select(member => new ValueProblem($"{pointer}/{Escape(member.Name)}", $"one of {string.Join(", ", known)}", $"'{member.Name}'"));

    /// <summary>The first value that cannot be stored or computed with: text that is no Unicode, or a number that no Double can hold. Null when there is none.</summary>
    public static ValueProblem? Unsound(this JsonElement json, string pointer)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Number:
                return json.TryGetDouble(out var number) && double.IsFinite(number) ? null : new(pointer, "a number that a Double can hold", json.Describe());
            case JsonValueKind.String:
                return json.IsWellFormed() ? null : new(pointer, "Unicode text", "half of a surrogate pair");
            case JsonValueKind.Array:
                return json.EnumerateArray().Index().Select(item => item.Item.Unsound($"{pointer}/{item.Index}")).FirstOrDefault(problem => problem is not null);
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                    if (!member.HasSoundName()) return new(pointer, "names of members in Unicode", "half of a surrogate pair");
                    else if (member.Value.Unsound($"{pointer}/{Escape(member.Name)}") is { } problem) return problem;
                return null;
            default:
                return null;
        }
    }

    private static bool HasSoundName(this JsonProperty member)
    {
        try
        {
            return member.Name is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>What a person would call this value in a message.</summary>
    public static string Describe(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Undefined => "nothing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => json.GetRawText() is { Length: <= 80 } text ? text : json.GetRawText()[..80] + "…",
    };

    /// <summary>Escapes a member name for a JSON pointer (RFC 6901, section 3).</summary>
    public static string Escape(string member) => member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
