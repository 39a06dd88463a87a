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

    /// <summary>
    /// The items of a member that is a list or absent; anything else is reported when there is somewhere to report it.
    /// Older writers wrap lists as <c>{"_type": …, "items"|"values"|"$values": […]}</c>.
    /// </summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, string name, string pointer, ProblemList? problems)
    {
        if (json.Member(name) is not { } value) return [];
        var list = value.ValueKind == JsonValueKind.Array ? value : value.Member("items") ?? value.Member("values") ?? value.Member("$values");
        if (list is { ValueKind: JsonValueKind.Array } items) return items.EnumerateArray();
        problems?.Error($"{pointer}/{name}", "a list", value.Describe());
        return [];
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
