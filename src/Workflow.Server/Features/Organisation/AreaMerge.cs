using Workflow.Engine.Storage;

namespace Workflow.Server.Features.Organisation;

/// <summary>An area as it is imported.</summary>
/// <param name="Parent">Who runs it; null for the city.</param>
/// <param name="District">Under which district it is coded; null for the jurisdiction that runs it, <c>none</c> for one that lies over several.</param>
/// <param name="Calendar">Null for that of the area around it.</param>
internal sealed record AreaLine(string Code, string Name, AreaKind Kind, string? Parent, string? District, string? Calendar = null);

/// <summary>Makes the tree of areas out of rows that name who is around them.</summary>
internal sealed class AreaMerge(RowProblems problems)
{
    /// <summary>Characters of a path, see <see cref="AreaRow.Path"/>.</summary>
    private const int PathLength = 400;

    public static AreaLine LineOf(AreaRow row) => new(row.Code, row.Name, row.Kind, OrganisationRows.ParentOf(row), row.DistrictCode.Length > 0 ? row.DistrictCode : OrganisationRows.NoDistrict, row.Calendar);

    /// <param name="pointer">Where a column of an area stands.</param>
    public List<AreaRow> Build(IReadOnlyList<AreaLine> lines, Func<AreaLine, string, string> pointer)
    {
        if (problems.Total > 0) return [];
        var byCode = lines.ToDictionary(line => line.Code, StringComparer.Ordinal);
        return [.. lines.Select(line => RowOf(line, byCode, column => pointer(line, column))).OfType<AreaRow>()];
    }

    private AreaRow? RowOf(AreaLine line, Dictionary<string, AreaLine> byCode, Func<string, string> pointer)
    {
        var chain = new List<AreaLine> { line };
        while (chain[0].Parent is { } code)
        {
            if (!byCode.TryGetValue(code, out var parent) || parent.Kind >= chain[0].Kind)
            {
                problems.Add(pointer("parent"), "the code of a larger area", RowText.Quote(code));
                return null;
            }
            chain.Insert(0, parent);
        }
        var path = string.Concat(chain.Select(area => area.Code + "/"));
        if (chain[0].Kind != AreaKind.City) problems.Add(pointer("parent"), "an area, up to the city", RowText.Quote(chain[0].Parent));
        else if (path.Length > PathLength) problems.Add(pointer("code"), $"a path of at most {PathLength} characters", $"{path.Length}");
        var jurisdiction = chain.Find(area => area.Kind == AreaKind.Jurisdiction) ?? chain[0];
        var district = line.District == OrganisationRows.NoDistrict ? jurisdiction : byCode.GetValueOrDefault(line.District ?? jurisdiction.Code);
        if (district is not { Kind: AreaKind.City or AreaKind.Jurisdiction })
        {
            problems.Add(pointer("district"), $"the code of a district, or {OrganisationRows.NoDistrict}", RowText.Quote(line.District));
            return null;
        }
        return new()
        {
            Code = line.Code,
            Name = line.Name,
            Kind = line.Kind,
            Path = path,
            JurisdictionName = jurisdiction.Name,
            DistrictName = district.Name,
            DistrictCode = line.District == OrganisationRows.NoDistrict ? "" : district.Code,
            Calendar = line.Calendar,
        };
    }
}
