using System.Text.Json;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Places;

/// <summary>A datum as it is written where no serializer reads it: in a query, in a column of a table.</summary>
public static class DatumName
{
    private static readonly Dictionary<string, Datum> ByName =
        Enum.GetValues<Datum>().ToDictionary(Of, StringComparer.OrdinalIgnoreCase);

    /// <summary>What may be written.</summary>
    public static string All { get; } = string.Join(", ", ByName.Keys);

    public static string Of(Datum datum) => JsonSerializer.SerializeToElement(datum, InstanceJson.Options).GetString()!;

    public static Datum? Read(string? name) => name is not null && ByName.TryGetValue(name, out var datum) ? datum : null;
}
