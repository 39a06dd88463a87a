using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Workflow.Engine.Definitions;

namespace Workflow.Server.Problems;

/// <summary>
/// Says of a JSON body that the serializer has refused, member by member, what was expected and what was found. It compares the body with the type that
/// the serializer reads, so that neither can say something else than the other.
/// </summary>
internal sealed class BodyProblems
{
    private static readonly ConcurrentDictionary<PropertyInfo, NullabilityInfo> Declarations = new();

    private readonly JsonSerializerOptions options;
    private readonly List<ValueProblem> problems = [];
    private bool isLetPass;

    private BodyProblems(JsonSerializerOptions options) => this.options = options;

    /// <summary>Not every database can hold such a text.</summary>
    public static ValueProblem Unstorable(string pointer) => new(pointer, "a text without the character U+0000", "one with it");

    /// <summary>
    /// What is wrong with a body that the serializer reads all the same: it looks at members and not at elements, and takes several names of an enum for the bits of a third. None where
    /// nothing of the kind is: some handlers read their body themselves, and say more of what else is wrong.
    /// </summary>
    public static async Task<IReadOnlyList<ValueProblem>> LetPassAsync(HttpContext context, JsonSerializerOptions options) =>
        await CheckAsync(context, context.GetEndpoint(), options) is { isLetPass: true } check ? check.problems : [];

    /// <summary>What is wrong with the body of a request; none when the endpoint takes no JSON, or when nothing is.</summary>
    public static async Task<IReadOnlyList<ValueProblem>> OfAsync(HttpContext context, Endpoint? endpoint, JsonSerializerOptions options) =>
        await CheckAsync(context, endpoint, options) is { } check ? check.problems : [];

    public static IReadOnlyList<ValueProblem> Of(string text, Type type, JsonSerializerOptions options) => Check(text, type, options).problems;

    private static async Task<BodyProblems?> CheckAsync(HttpContext context, Endpoint? endpoint, JsonSerializerOptions options)
    {
        if (endpoint?.Metadata.GetMetadata<IAcceptsMetadata>() is not { RequestType: { } type } || !context.Request.HasJsonContentType()) return null;
        context.Request.Body.Position = 0;
        using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
        return Check(await reader.ReadToEndAsync(context.RequestAborted), type, options);
    }

    private static BodyProblems Check(string text, Type type, JsonSerializerOptions options)
    {
        var check = new BodyProblems(options);
        if (text.Length == 0) check.problems.Add(new("", "a JSON body", "nothing"));
        else if (JsonText.Parse(text, out var broken) is not { } json) check.problems.Add(new("", broken!.Expected, broken.FoundWhere));
        else if (json.Unsound("") is { } unsound) check.problems.Add(unsound);
        else check.Check(json, options.GetTypeInfo(type), isNullable: false, null, "");
        return check;
    }

    /// <param name="declared">What its declaration says of the elements; null where nothing has declared it.</param>
    private void Check(JsonElement json, JsonTypeInfo type, bool isNullable, NullabilityInfo? declared, string pointer)
    {
        var element = declared?.ElementType ?? declared?.GenericTypeArguments.LastOrDefault();
        var mayHoldNull = element is { ReadState: NullabilityState.Nullable };
        if (json.ValueKind == JsonValueKind.Null && isNullable) return;
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when json.ValueKind == JsonValueKind.Object:
                CheckObject(json, type, pointer);
                break;
            case JsonTypeInfoKind.Dictionary when json.ValueKind == JsonValueKind.Object:
                foreach (var member in json.EnumerateObject()) Check(member.Value, options.GetTypeInfo(type.ElementType!), mayHoldNull, element, $"{pointer}/{JsonMembers.Escape(member.Name)}");
                break;
            case JsonTypeInfoKind.Enumerable when json.ValueKind == JsonValueKind.Array:
                foreach (var (index, item) in json.EnumerateArray().Index()) Check(item, options.GetTypeInfo(type.ElementType!), mayHoldNull, element, $"{pointer}/{index}");
                break;
            case JsonTypeInfoKind.None when type.Type == typeof(string) && json.ValueKind == JsonValueKind.String && json.GetString()!.Contains('\0', StringComparison.Ordinal):
                problems.Add(Unstorable(pointer));
                isLetPass = true;
                break;
            case JsonTypeInfoKind.None when CanRead(json, type) && !IsSeveralNames(json, type):
                break;
            default:
                problems.Add(new(pointer, Name(type), json.Describe()));
                isLetPass |= json.ValueKind == JsonValueKind.Null || IsSeveralNames(json, type);
                break;
        }
    }

    private void CheckObject(JsonElement json, JsonTypeInfo type, string pointer)
    {
        var discriminator = type.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        if (discriminator is not null)
        {
            var choices = type.PolymorphismOptions!.DerivedTypes;
            var chosen = json.TryGetProperty(discriminator, out var name) ? name : default;
            if (choices.FirstOrDefault(choice => chosen.ValueKind == JsonValueKind.String && chosen.ValueEquals((string)choice.TypeDiscriminator!)) is not { DerivedType: { } derived })
            {
                problems.Add(new($"{pointer}/{discriminator}", string.Join(", ", choices.Select(choice => choice.TypeDiscriminator)), chosen.Describe()));
                return;
            }
            type = options.GetTypeInfo(derived);
        }
        var found = new HashSet<JsonPropertyInfo>();
        foreach (var member in json.EnumerateObject().Where(member => member.Name != discriminator))
        {
            var at = $"{pointer}/{JsonMembers.Escape(member.Name)}";
            if (type.Properties.FirstOrDefault(property => string.Equals(property.Name, member.Name, StringComparison.OrdinalIgnoreCase)) is not { } property)
                problems.Add(new(at, $"a member of the API: {string.Join(", ", type.Properties.Select(known => known.Name))}", $"'{member.Name}'"));
            else if (!found.Add(property)) problems.Add(new(at, "each member once", $"'{member.Name}' again"));
            else Check(member.Value, options.GetTypeInfo(property.PropertyType), property.AssociatedParameter?.IsNullable ?? property.IsSetNullable, DeclaredOf(property), at);
        }
        foreach (var missing in type.Properties.Where(property => property.AssociatedParameter is { HasDefaultValue: false }).Except(found))
            problems.Add(new($"{pointer}/{JsonMembers.Escape(missing.Name)}", Name(options.GetTypeInfo(missing.PropertyType)), "nothing"));
    }

    private static NullabilityInfo? DeclaredOf(JsonPropertyInfo property) =>
        property.AttributeProvider is PropertyInfo declared ? Declarations.GetOrAdd(declared, static of => new NullabilityInfoContext().Create(of)) : null;

    private static bool CanRead(JsonElement json, JsonTypeInfo type)
    {
        try
        {
            // Null is read as the text null by none that may not have it.
            return json.Deserialize(type) is not null || json.ValueKind != JsonValueKind.Null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsSeveralNames(JsonElement json, JsonTypeInfo type) =>
        (Nullable.GetUnderlyingType(type.Type) ?? type.Type).IsEnum && json.ValueKind == JsonValueKind.String && json.GetString()!.Contains(',', StringComparison.Ordinal);

    private string Name(JsonTypeInfo type)
    {
        var value = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return type.Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
            JsonTypeInfoKind.Enumerable => "a list",
            _ when value.IsEnum => string.Join(", ", Enum.GetValues(value).Cast<object>().Select(choice => JsonSerializer.SerializeToElement(choice, options.GetTypeInfo(value)).GetString())),
            _ when value == typeof(string) => "a text",
            _ when value == typeof(bool) => "true or false",
            _ when value == typeof(int) => $"a whole number from {int.MinValue} to {int.MaxValue}",
            _ when value == typeof(JsonElement) => "a JSON value",
            _ => $"a value of type {value.Name}",
        };
    }
}
