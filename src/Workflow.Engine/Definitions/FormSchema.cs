using System.Collections.Frozen;
using System.Text.Json;
using Workflow.Engine.Expressions;

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
        FrozenSet.Create("type", "title", "description", "enum", "maxLength", "minLength", "minimum", "maximum", "format", "default", EvaluationFigures.Keyword);

    /// <summary>Nobody fills in more than this by hand.</summary>
    private const int LongestExample = 1_000_000;

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

    /// <summary>The fields that give a figure of the post-evaluation, by name.</summary>
    public IReadOnlyDictionary<string, EvaluationFigure> Figures => field ??= FiguresOf(fields);

    /// <summary>The values that a field may have; null when it is free.</summary>
    public IReadOnlyList<string>? Choices(string name) => fields[name].Member("enum")?.EnumerateArray().Select(value => Values.ToText(value)).ToList();

    public static FormSchema? Read(JsonElement json, string pointer, ProblemList problems)
    {
        if (!Is(JsonValueKind.Object, json, pointer, "a JSON Schema object", problems)) return null;
        CheckKeywords(json, RootKeywords, pointer, problems);
        if (json.TryGetProperty("type", out var type) && !(type.ValueKind == JsonValueKind.String && type.GetString() == "object"))
            problems.Error($"{pointer}/type", "object", type.Describe());

        var fields = new Dictionary<string, JsonElement>();
        if (json.TryGetProperty("properties", out var properties) && Is(JsonValueKind.Object, properties, $"{pointer}/properties", "an object with a member for each field", problems))
            foreach (var field in properties.EnumerateObject())
            {
                ReadField(field.Value, $"{pointer}/properties/{JsonMembers.Escape(field.Name)}", problems);
                fields[field.Name] = field.Value.Clone();
            }
        foreach (var twice in FiguresOf(fields).GroupBy(given => given.Value).Where(given => given.Count() > 1))
            problems.Error($"{pointer}/properties/{JsonMembers.Escape(twice.Last().Key)}/{EvaluationFigures.Keyword}", "a figure that no other field gives", $"{twice.Key}");
        var required = new HashSet<string>();
        if (json.TryGetProperty("required", out var names) && Is(JsonValueKind.Array, names, $"{pointer}/required", "a list of names of fields", problems))
            foreach (var (index, name) in names.EnumerateArray().Index())
                if (name.ValueKind == JsonValueKind.String && fields.ContainsKey(name.GetString()!)) required.Add(name.GetString()!);
                else problems.Error($"{pointer}/required/{index}", "the name of a field of the form", name.Describe());
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
            problems.Add(new($"/{JsonMembers.Escape(name)}", "a value", "nothing"));
        foreach (var field in given)
            if (!fields.TryGetValue(field.Name, out var schema)) problems.Add(new($"/{JsonMembers.Escape(field.Name)}", "a field of the form", field.Name));
            else if (Mismatch(schema, field.Value) is { } expected) problems.Add(new($"/{JsonMembers.Escape(field.Name)}", expected, field.Value.Describe()));
        return problems;
    }

    /// <summary>The plainest values for the fields that have to be filled in; they fit unless no values do.</summary>
    public JsonElement Example() => JsonSerializer.SerializeToElement(required.ToDictionary(name => name, name => ExampleOf(fields[name])));

    private static JsonElement ExampleOf(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var allowed))
            return allowed.EnumerateArray().FirstOrDefault(value => value.ValueKind != JsonValueKind.Null && !IsBlank(value)) is { ValueKind: not JsonValueKind.Undefined } filled ? filled : allowed[0];
        var least = schema.TryGetProperty("minimum", out var minimum) ? minimum.GetDouble() : (double?)null;
        var most = schema.TryGetProperty("maximum", out var maximum) ? maximum.GetDouble() : (double?)null;
        return schema.GetProperty("type").GetString() switch
        {
            "string" => JsonSerializer.SerializeToElement(new string('x', schema.TryGetProperty("minLength", out var length) ? Math.Clamp(length.GetInt32(), 1, LongestExample) : 1)),
            "boolean" => JsonSerializer.SerializeToElement(false),
            "integer" => JsonSerializer.SerializeToElement((long)Math.Clamp(Math.Ceiling(least ?? Math.Min(0, Math.Floor(most ?? 0))), long.MinValue, long.MaxValue)),
            _ => JsonSerializer.SerializeToElement(least ?? Math.Min(0, most ?? 0)),
        };
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

    private static void ReadField(JsonElement field, string pointer, ProblemList problems)
    {
        if (!Is(JsonValueKind.Object, field, pointer, "an object that describes the field", problems)) return;
        CheckKeywords(field, FieldKeywords, pointer, problems);
        foreach (var keyword in field.EnumerateObject())
            if (keyword.Name is "maxLength" or "minLength" && !(keyword.Value.ValueKind == JsonValueKind.Number && keyword.Value.TryGetInt32(out _)))
                problems.Error($"{pointer}/{keyword.Name}", "a whole number", keyword.Value.Describe());
            else if (keyword.Name is "minimum" or "maximum")
                Is(JsonValueKind.Number, keyword.Value, $"{pointer}/{keyword.Name}", "a number", problems);
            else if (keyword.Name == "enum" && !(keyword.Value.ValueKind == JsonValueKind.Array && keyword.Value.GetArrayLength() > 0))
                problems.Error($"{pointer}/enum", "a list of at least one value", keyword.Value.Describe());
        var type = field.TryGetProperty("type", out var name) ? name : default;
        if (!(type.ValueKind == JsonValueKind.String && type.GetString() is "string" or "number" or "integer" or "boolean"))
            problems.Error($"{pointer}/type", "string, number, integer or boolean", type.Describe());
        if (!field.TryGetProperty(EvaluationFigures.Keyword, out var given)) return;
        if (Values.ToEnum<EvaluationFigure>(Values.ToText(given)) is not { } figure) problems.Error($"{pointer}/{EvaluationFigures.Keyword}", EvaluationFigures.Names, given.Describe());
        else if (EvaluationFigures.Mismatch(figure, field) is { } expected) problems.Error(pointer, expected, type.Describe());
    }

    private static FrozenDictionary<string, EvaluationFigure> FiguresOf(IReadOnlyDictionary<string, JsonElement> fields) => fields
        .Select(named => (named.Key, Figure: Values.ToEnum<EvaluationFigure>(named.Value.Text(EvaluationFigures.Keyword)))).Where(named => named.Figure is not null)
        .ToFrozenDictionary(named => named.Key, named => named.Figure!.Value);

    private static void CheckKeywords(JsonElement json, FrozenSet<string> allowed, string pointer, ProblemList problems)
    {
        foreach (var keyword in json.EnumerateObject().Where(keyword => !allowed.Contains(keyword.Name)))
            problems.Error($"{pointer}/{JsonMembers.Escape(keyword.Name)}", $"one of {string.Join(", ", allowed.Order())}", keyword.Name);
    }

    private static bool Is(JsonValueKind kind, JsonElement json, string pointer, string expected, ProblemList problems)
    {
        if (json.ValueKind == kind) return true;
        problems.Error(pointer, expected, json.Describe());
        return false;
    }
}
