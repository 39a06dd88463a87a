using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

public enum AreaKind
{
    City,
    Jurisdiction,
    Street,
    Community,
}

/// <summary>An area as managed: <see cref="Path"/> follows who runs it, <see cref="DistrictName"/> says under which district it is coded.</summary>
public sealed record AreaRow
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required AreaKind Kind { get; init; }

    public required string Path { get; init; }

    public required string JurisdictionName { get; init; }

    public required string DistrictName { get; init; }

    /// <summary>The code of that district; empty for a functional zone, which lies over several.</summary>
    public string DistrictCode { get; init; } = "";

    /// <summary>The calendar of clocks in it whose target names none; null for that of the area around it.</summary>
    public string? Calendar { get; init; }
}

public sealed record TeamRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required TeamKind Kind { get; init; }

    /// <summary>The calendar of clocks of its work whose target names none; null for that of the area.</summary>
    public string? Calendar { get; init; }
}

/// <summary>A team covers an area and everything below it that no other team of its kind covers more closely.</summary>
public sealed record TeamAreaRow
{
    public required string TeamId { get; init; }

    public required string AreaCode { get; init; }

    /// <summary>In which shift; empty in every one.</summary>
    public string Shift { get; init; } = "";
}

/// <summary>Whose the items of a step are in an area, as an arbiter has ruled.</summary>
public sealed record RoutingRuleRow
{
    public required string DefinitionId { get; init; }

    /// <summary>Of the step and the area, see <see cref="KeyOf"/>: the id of a node may be of any length.</summary>
    public required long LookupKey { get; init; }

    public required string Node { get; init; }

    public required string AreaCode { get; init; }

    public required string TeamId { get; init; }

    /// <summary>The task in which it was ruled.</summary>
    public required string TaskNumber { get; init; }

    public required DateTimeOffset RuledAt { get; init; }

    public static long KeyOf(string node, string areaCode) => InstanceRow.KeyOf($"{node}\n{areaCode}")!.Value;
}
