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
        return Convert(value, TypeName.Parse(typeName));
    }

    public static JsonElement? Convert(JsonElement value, TypeName type) => type.Kind switch
    {
        _ when value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined => value,
        TypeKind.Text => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? null : value,
        TypeKind.Boolean => ToBoolean(value) is { } flag ? From(flag) : null,
        TypeKind.Int16 => ToWhole(value, short.MinValue, short.MaxValue),
        TypeKind.Int32 => ToWhole(value, int.MinValue, int.MaxValue),
        TypeKind.Int64 => ToWhole(value, long.MinValue, long.MaxValue),
        TypeKind.Real when value.ValueKind == JsonValueKind.Number => value.TryGetDouble(out var real) && double.IsFinite(real) ? value : null,
        TypeKind.Real when ToNumber(value) is null => value.ValueKind == JsonValueKind.String
            && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var large) && double.IsFinite(large) ? From(large) : null,
        TypeKind.Real or TypeKind.Decimal => ToNumber(value) is { } number ? From(number) : null,
        TypeKind.Span => ToTimeSpan(value) is null ? null : value,
        TypeKind.Time => ToTime(value) is null ? null : value,
        TypeKind.Guid => value.ValueKind == JsonValueKind.String && Guid.TryParse(value.GetString(), out _) ? value : null,
        TypeKind.Json => ToJson(value) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } json ? json : null,
        TypeKind.List => ToList(value, type.Item!),
        _ => value,
    };

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

    /// <summary>The JSON that a text holds, as Elsa writes lists and objects; any other value, and a text that is no JSON, is given back as it is.</summary>
    public static JsonElement ToJson(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return value;
        try
        {
            return JsonElement.Parse(value.GetString()!);
        }
        catch (JsonException)
        {
            return value;
        }
    }

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

    private static JsonElement? ToWhole(JsonElement value, decimal least, decimal most) =>
        ToNumber(value) is { } number && number == decimal.Truncate(number) && number >= least && number <= most ? From(number) : null;

    private static JsonElement? ToList(JsonElement value, TypeName item)
    {
        if (ToJson(value) is not { ValueKind: JsonValueKind.Array } list) return null;
        if (item.Kind == TypeKind.Any) return list;
        // A list of texts is never a list of numbers by accident.
        if (item.Kind == TypeKind.Text) return list.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) ? list : null;
        var converted = list.EnumerateArray().Select(one => Convert(one, item)).ToList();
        return converted.Contains(null) ? null : From(converted);
    }

    public static string ToText(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };
}
