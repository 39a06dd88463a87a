using System.Collections.Frozen;
using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>A value that does not fit: where, what was expected, what was found.</summary>
public sealed record ValueProblem(string Pointer, string Expected, string Found);

/// <summary>
/// A form in a subset of JSON Schema: one flat object of text, number, integer and boolean fields.
/// Keywords outside the subset are refused when the definition is read, so that no rule is silently ignored.
/// </summary>
public sealed class FormSchema
{
    private static readonly FrozenSet<string> RootKeywords = FrozenSet.Create("type", "title", "description", "properties", "required");
    private static readonly FrozenSet<string> FieldKeywords =
        FrozenSet.Create("type", "title", "description", "enum", "maxLength", "minLength", "minimum", "maximum", "format", "default");

    private readonly FrozenDictionary<string, JsonElement> fields;
    private readonly FrozenSet<string> required;

    private FormSchema(JsonElement json, FrozenDictionary<string, JsonElement> fields, FrozenSet<string> required)
    {
        Json = json;
        this.fields = fields;
        this.required = required;
    }

    public JsonElement Json { get; }

    /// <summary>What people call the fields, by name.</summary>
    public IReadOnlyDictionary<string, string> Titles => fields.ToDictionary(named => named.Key, named => named.Value.Text("title") ?? named.Key);

    public static FormSchema? Read(JsonElement json, string pointer, ProblemList problems)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Error(pointer, "a JSON Schema object", json.ValueKind.ToString());
            return null;
        }
        foreach (var keyword in json.EnumerateObject().Where(keyword => !RootKeywords.Contains(keyword.Name)))
            problems.Error($"{pointer}/{keyword.Name}", $"one of {string.Join(", ", RootKeywords.Order())}", keyword.Name);

        var fields = new Dictionary<string, JsonElement>();
        if (json.TryGetProperty("properties", out var properties))
            foreach (var field in properties.EnumerateObject())
            {
                ReadField(field, $"{pointer}/properties/{field.Name}", problems);
                fields[field.Name] = field.Value.Clone();
            }
        var required = json.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString() ?? "").ToList() : [];
        foreach (var name in required.Where(name => !fields.ContainsKey(name)))
            problems.Error($"{pointer}/required", "the name of a field of the form", name);
        return new(json.Clone(), fields.ToFrozenDictionary(), required.ToFrozenSet());
    }

    /// <summary>Checks the values of a filled form. Pointers are relative to the form.</summary>
    public IReadOnlyList<ValueProblem> Check(JsonElement? values)
    {
        if (values is { ValueKind: not JsonValueKind.Object and not JsonValueKind.Null and not JsonValueKind.Undefined } wrong)
            return [new("", "an object with the fields of the form", wrong.ValueKind.ToString())];

        var problems = new List<ValueProblem>();
        var given = values is { ValueKind: JsonValueKind.Object } form
            ? form.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null).ToList()
            : [];
        foreach (var name in required.Order(StringComparer.Ordinal).Where(name => !given.Exists(field => field.Name == name && !IsBlank(field.Value))))
            problems.Add(new($"/{name}", "a value", "nothing"));
        foreach (var field in given)
            if (!fields.TryGetValue(field.Name, out var schema)) problems.Add(new($"/{field.Name}", "a field of the form", field.Name));
            else if (Mismatch(schema, field.Value) is { } expected) problems.Add(new($"/{field.Name}", expected, field.Value.GetRawText()));
        return problems;
    }

    private static bool IsBlank(JsonElement value) => value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString());

    private static string? Mismatch(JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("enum", out var allowed))
            return allowed.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value)) ? null : $"one of {allowed.GetRawText()}";
        return schema.GetProperty("type").GetString() switch
        {
            "string" => TextMismatch(schema, value),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "true or false",
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _) ? RangeMismatch(schema, value) : "a whole number",
            _ => value.ValueKind == JsonValueKind.Number ? RangeMismatch(schema, value) : "a number",
        };
    }

    private static string? TextMismatch(JsonElement schema, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return "a text";
        var length = value.GetString()!.Length;
        if (schema.TryGetProperty("maxLength", out var most) && length > most.GetInt32()) return $"at most {most.GetInt32()} characters";
        if (schema.TryGetProperty("minLength", out var least) && length < least.GetInt32()) return $"at least {least.GetInt32()} characters";
        return null;
    }

    private static string? RangeMismatch(JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("minimum", out var least) && value.GetDouble() < least.GetDouble()) return $"at least {least.GetRawText()}";
        if (schema.TryGetProperty("maximum", out var most) && value.GetDouble() > most.GetDouble()) return $"at most {most.GetRawText()}";
        return null;
    }

    private static void ReadField(JsonProperty field, string pointer, ProblemList problems)
    {
        if (field.Value.ValueKind != JsonValueKind.Object)
        {
            problems.Error(pointer, "an object that describes the field", field.Value.ValueKind.ToString());
            return;
        }
        foreach (var keyword in field.Value.EnumerateObject())
            if (!FieldKeywords.Contains(keyword.Name))
                problems.Error($"{pointer}/{keyword.Name}", $"one of {string.Join(", ", FieldKeywords.Order())}", keyword.Name);
            else if (keyword.Name is "maxLength" or "minLength" && !(keyword.Value.ValueKind == JsonValueKind.Number && keyword.Value.TryGetInt32(out _)))
                problems.Error($"{pointer}/{keyword.Name}", "a whole number", keyword.Value.GetRawText());
            else if (keyword.Name is "minimum" or "maximum" && keyword.Value.ValueKind != JsonValueKind.Number)
                problems.Error($"{pointer}/{keyword.Name}", "a number", keyword.Value.GetRawText());
        var type = field.Value.TryGetProperty("type", out var name) ? name.ToString() : "nothing";
        if (type is not ("string" or "number" or "integer" or "boolean"))
            problems.Error($"{pointer}/type", "string, number, integer or boolean", type);
    }
}
