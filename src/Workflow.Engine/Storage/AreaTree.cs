using Workflow.Engine.Definitions;

namespace Workflow.Engine.Storage;

/// <summary>The statistical divisions as <c>definitions/organisation/areas.json</c> has them.</summary>
public sealed record AreaDivisions(IReadOnlyList<AreaDivisions.Division> Areas, string? Description = null, string? Source = null)
{
    /// <param name="Parent">The code of the division around it; null for the city.</param>
    public sealed record Division(string Code, string Name, AreaKind Kind, string? Parent = null);
}

/// <summary>Who runs areas other than the district under which they are coded (<c>definitions/organisation/management.json</c>).</summary>
public sealed record ManagementAreas(IReadOnlyList<ManagementAreas.Jurisdiction> Jurisdictions, string? Description = null, string? Source = null, bool ToBeConfirmed = false)
{
    public sealed record Jurisdiction(string Code, string Name, string Parent, IReadOnlyList<Run> Runs);

    /// <param name="Name">For the reader; it has to be the division's.</param>
    public sealed record Run(string Code, string Name);
}

/// <summary>Lays the management areas over the divisions: the one model of areas, in which a path follows who runs an area and not how it is coded.</summary>
public static class AreaTree
{
    /// <returns>The rows; of no use where there are problems.</returns>
    public static IReadOnlyList<AreaRow> Build(AreaDivisions divisions, ManagementAreas management, ICollection<ValueProblem> problems)
    {
        var byCode = new Dictionary<string, AreaDivisions.Division>(StringComparer.Ordinal);
        foreach (var (index, area) in divisions.Areas.Concat(management.Jurisdictions.Select(zone => new AreaDivisions.Division(zone.Code, zone.Name, AreaKind.Jurisdiction, zone.Parent))).Index())
            if (area.Code is not { Length: > 0 and <= KeyLength.AreaCode } || area.Code.Contains('/', StringComparison.Ordinal)) problems.Add(new($"/areas/{index}/code", $"1 to {KeyLength.AreaCode} characters without '/'", $"'{area.Code}'"));
            else if (!byCode.TryAdd(area.Code, area)) problems.Add(new($"/areas/{index}/code", "each area once", $"'{area.Code}' again"));
        var runBy = RunBy(management, byCode, problems);
        var zones = management.Jurisdictions.Select(zone => zone.Code).ToHashSet(StringComparer.Ordinal);
        if (problems.Count > 0) return [];

        var rows = new List<AreaRow>();
        foreach (var (index, area) in byCode.Values.Index())
        {
            var (managed, coded) = (Chain(area, above => runBy.GetValueOrDefault(above.Code, above.Parent), byCode), Chain(area, above => above.Parent, byCode));
            if (managed is null || coded is null) problems.Add(new($"/areas/{index}/parent", "the code of an area, up to the city", $"'{area.Parent}' of {area.Code}"));
            else rows.Add(RowOf(area, managed, coded, zones));
        }
        return rows;
    }

    private static Dictionary<string, string?> RunBy(ManagementAreas management, Dictionary<string, AreaDivisions.Division> byCode, ICollection<ValueProblem> problems)
    {
        var runBy = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (number, zone) in management.Jurisdictions.Index())
        foreach (var (index, run) in zone.Runs.Index())
        {
            var at = $"/jurisdictions/{number}/runs/{index}";
            if (byCode.GetValueOrDefault(run.Code) is not { Kind: not (AreaKind.City or AreaKind.Jurisdiction) } area) problems.Add(new($"{at}/code", "the code of a street or community", $"'{run.Code}'"));
            else if (area.Name != run.Name) problems.Add(new($"{at}/name", $"'{area.Name}', the name of {run.Code}", $"'{run.Name}'"));
            else if (!runBy.TryAdd(run.Code, zone.Code)) problems.Add(new($"{at}/code", "an area that nobody else runs", $"'{run.Code}', also of '{runBy[run.Code]}'"));
        }
        return runBy;
    }

    private static AreaRow RowOf(AreaDivisions.Division area, List<AreaDivisions.Division> managed, List<AreaDivisions.Division> coded, HashSet<string> zones)
    {
        var jurisdiction = managed.Find(above => above.Kind == AreaKind.Jurisdiction) ?? managed[0];
        var district = coded.Find(above => above.Kind == AreaKind.Jurisdiction) ?? coded[0];
        return new()
        {
            Code = area.Code,
            Name = area.Name,
            Kind = area.Kind,
            Path = string.Concat(managed.Select(above => above.Code + "/")),
            JurisdictionName = jurisdiction.Name,
            DistrictName = district.Name,
            // A functional zone lies in no district, but over several.
            DistrictCode = zones.Contains(district.Code) ? "" : district.Code,
        };
    }

    /// <summary>From the city down; null when it does not begin there.</summary>
    private static List<AreaDivisions.Division>? Chain(
        AreaDivisions.Division area, Func<AreaDivisions.Division, string?> above, Dictionary<string, AreaDivisions.Division> byCode)
    {
        var chain = new List<AreaDivisions.Division>();
        for (var at = area; ; at = byCode[above(at)!])
        {
            if (chain.Contains(at)) return null;
            chain.Insert(0, at);
            if (at.Kind == AreaKind.City && above(at) is null) return chain;
            if (above(at) is not { } parent || !byCode.ContainsKey(parent)) return null;
        }
    }
}
