using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace Workflow.Engine.Expressions;

/// <summary>Conversions between JSON values and the types that Elsa's documents name.</summary>
public static class Values
{
    /// <summary>The value as <paramref name="typeName"/>, or null when it cannot be read as that type.</summary>
    public static JsonElement? Convert(JsonElement value, string typeName)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return value;
        return typeName.TrimEnd('?').ToUpperInvariant() switch
        {
            "STRING" => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? null : value,
            "BOOLEAN" => ToBoolean(value) is { } flag ? From(flag) : null,
            "INT16" or "INT32" or "INT64" or "LONG" => ToNumber(value) is { } whole && whole == decimal.Truncate(whole) ? From(whole) : null,
            "SINGLE" or "DOUBLE" when value.ValueKind == JsonValueKind.Number => value.TryGetDouble(out var real) && double.IsFinite(real) ? value : null,
            "SINGLE" or "DOUBLE" or "DECIMAL" => ToNumber(value) is { } number ? From(number) : null,
            "TIMESPAN" => ToTimeSpan(value) is null ? null : value,
            "DATETIME" or "DATETIMEOFFSET" => ToTime(value) is null ? null : value,
            "STRING[]" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) ? value : null,
            _ => value,
        };
    }

    public static JsonElement From<T>(T value) => JsonSerializer.SerializeToElement(value);

    /// <summary>Elsa's reading of a condition: true, "true" and non-zero numbers hold; anything else does not.</summary>
    public static bool IsTrue(JsonElement? value) => value is { } given && ToBoolean(given) == true;

    public static bool? ToBoolean(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetDouble(out var number) && number != 0,
        JsonValueKind.String => bool.TryParse(value.GetString(), out var parsed) ? parsed : null,
        _ => null,
    };

    public static decimal? ToNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number : null,
        JsonValueKind.String => decimal.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null,
        _ => null,
    };

    /// <summary>Reads <c>hh:mm:ss</c> (as Elsa writes it) and ISO 8601 (<c>PT5M</c>).</summary>
    public static TimeSpan? ToTimeSpan(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        var text = value.GetString()!;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)) return span;
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            return null;
        }
    }

    public static DateTimeOffset? ToTime(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>The member of this name, without regard to case. Unlike <see cref="Enum.TryParse{T}(string, out T)"/> it takes neither numbers nor lists.</summary>
    public static T? ToEnum<T>(string? text)
        where T : struct, Enum =>
        Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(text!, true) : null;

    public static string ToText(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };
}
