using System.Collections.Frozen;

namespace Workflow.Engine.Expressions;

/// <summary>What a value of a type looks like as JSON.</summary>
public enum TypeKind
{
    /// <summary>Anything; also what is kept for a type that nobody knows.</summary>
    Any,
    Text,
    Boolean,
    Int16,
    Int32,
    Int64,
    Real,
    Decimal,
    Guid,
    Time,
    Span,

    /// <summary>A JSON object or list.</summary>
    Json,
    List,
}

/// <summary>
/// A type as documents name it: one of Elsa's aliases (<c>Int32</c>, in any case), a compound of them (<c>Int32[]</c>, <c>Int32?</c>, <c>List&lt;Int32&gt;</c>),
/// or, in older documents, the name of a .NET type with its assembly, of which the simple name counts.
/// </summary>
/// <param name="Alias">Today's spelling; a type that is not known keeps its own.</param>
/// <param name="Item">What a list holds.</param>
public sealed record TypeName(TypeKind Kind, string Alias, TypeName? Item = null, bool IsKnown = true)
{
    // A name is short; what is longer would only cost stack.
    private const int MaxLength = 256;

    public static readonly TypeName Object = new(TypeKind.Any, "Object");

    public static readonly TypeName Boolean = new(TypeKind.Boolean, "Boolean");

    private static readonly FrozenDictionary<string, TypeName> Simple = new (TypeKind Kind, string[] Aliases)[]
    {
        (TypeKind.Any, ["Object", "JsonElement", "JsonNode", "Stream", "ByteArray"]),
        (TypeKind.Text, ["String", "Uri"]),
        (TypeKind.Boolean, ["Boolean"]),
        (TypeKind.Int16, ["Int16"]),
        (TypeKind.Int32, ["Int32"]),
        (TypeKind.Int64, ["Int64"]),
        (TypeKind.Real, ["Single", "Double"]),
        (TypeKind.Decimal, ["Decimal"]),
        (TypeKind.Guid, ["Guid"]),
        (TypeKind.Time, ["DateTime", "DateTimeOffset"]),
        (TypeKind.Span, ["TimeSpan"]),
        (TypeKind.Json, ["JSON", "JsonObject", "JsonArray", "StringDictionary", "ObjectDictionary", "StringMap", "ObjectMap"]),
    }.SelectMany(kind => kind.Aliases.Select(alias => new TypeName(kind.Kind, alias))).ToFrozenDictionary(type => type.Alias, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Renamed = new Dictionary<string, string>
    {
        ["Long"] = "Int64", ["ExpandoObject"] = "JSON", ["Dictionary"] = "ObjectDictionary", ["IDictionary"] = "ObjectDictionary", ["Byte[]"] = "ByteArray",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Lists = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "List", "HashSet", "Collection", "IEnumerable", "ICollection", "IList", "ISet", "IReadOnlyCollection", "IReadOnlyList", "IReadOnlySet");

    /// <summary>The aliases of types that hold one value, for those who write documents.</summary>
    public static IEnumerable<string> Aliases => Simple.Values.Select(type => type.Alias).Order(StringComparer.Ordinal);

    public static TypeName Parse(string? text)
    {
        if (text is null) return Object;
        if (Simple.TryGetValue(text, out var known)) return known;
        return text.Length > MaxLength ? Unknown(text) : ParseCompound(text);
    }

    public static TypeName ListOf(TypeName item) => new(TypeKind.List, $"{item.Alias}[]", item, item.IsKnown);

    private static TypeName ParseCompound(string text)
    {
        var name = WithoutAssembly(text.Trim());
        var simple = name[(name.LastIndexOfAny(['.', '+'], LastOutsideBrackets(name)) + 1)..];
        if (simple.Length == 0) return Unknown(text);
        if (Renamed.TryGetValue(simple, out var renamed)) simple = renamed;
        if (Simple.TryGetValue(simple, out var known)) return known;

        if (simple.EndsWith('?')) return Nullable(Parse(simple[..^1]), text);
        if (simple.EndsWith("[]", StringComparison.Ordinal) && !simple.Contains('`', StringComparison.Ordinal)) return ListOf(Parse(simple[..^2])) is { IsKnown: true } list ? list : Unknown(text);
        if (Generic(simple) is not var (container, item)) return Unknown(text);
        if (container.Equals("Nullable", StringComparison.OrdinalIgnoreCase)) return Nullable(Parse(item), text);
        if (Renamed.TryGetValue(container, out renamed)) return Simple[renamed];
        return Lists.Contains(container) && Parse(item) is { IsKnown: true } of ? new(TypeKind.List, $"{container}<{of.Alias}>", of) : Unknown(text);
    }

    private static TypeName Nullable(TypeName type, string text) => type.IsKnown ? type with { Alias = $"{type.Alias}?" } : Unknown(text);

    private static TypeName Unknown(string text) => new(TypeKind.Any, text, IsKnown: false);

    /// <summary><c>List&lt;X&gt;</c>, or as .NET writes it: <c>List`1[[X, Assembly]]</c>.</summary>
    private static (string Container, string Item)? Generic(string name)
    {
        if (name.IndexOf('<', StringComparison.Ordinal) is > 0 and var open && name.EndsWith('>')) return (name[..open], name[(open + 1)..^1]);
        if (name.IndexOf('`', StringComparison.Ordinal) is not (> 0 and var tick) || name.IndexOf("[[", tick, StringComparison.Ordinal) is not (> 0 and var from)) return null;
        return name.EndsWith("]]", StringComparison.Ordinal) ? (name[..tick], name[(from + 2)..^2]) : null;
    }

    private static string WithoutAssembly(string name)
    {
        var depth = 0;
        foreach (var (index, letter) in name.Index())
            if (letter is '[' or '<') depth++;
            else if (letter is ']' or '>') depth--;
            else if (letter == ',' && depth == 0) return name[..index].TrimEnd();
        return name;
    }

    /// <summary>Where the name itself ends and its arguments begin.</summary>
    private static int LastOutsideBrackets(string name)
    {
        var bracket = name.IndexOfAny(['<', '[', '`']);
        return bracket < 0 ? name.Length - 1 : Math.Max(bracket - 1, 0);
    }
}
