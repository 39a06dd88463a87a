using Workflow.Engine.Places;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;

namespace Workflow.Server.Features.Subjects;

/// <summary>A subject as it is imported and exported.</summary>
/// <param name="Key">1 to 64 letters, digits and <c>. _ : -</c>, beginning with a letter or a digit.</param>
/// <param name="Category">A word of the city's own, such as <c>air-station</c>, <c>site</c>, <c>enterprise</c>, <c>machine</c>.</param>
/// <param name="AreaCode">Where it is; without it the position has to tell.</param>
internal sealed record SubjectRecord(string Key, string Name, string Category, Position? Position = null, string? AreaCode = null)
{
    public static SubjectRecord Of(SubjectRow row) => new(row.Key, row.Name, row.Category, row.Position(), row.AreaCode);
}

internal sealed record SubjectSheet(IReadOnlyList<SubjectRecord> Subjects);

internal sealed record SubjectView(string Key, string Name, string Category, Position? Position, string AreaCode, string? AreaName, string? JurisdictionName)
{
    public static SubjectView Of(SubjectRow row, PlaceDirectory places)
    {
        // An organisation that was replaced since may have lost the area.
        var area = places.ByCode(row.AreaCode)?.Area.Area;
        return new(row.Key, row.Name, row.Category, row.Position(), row.AreaCode, area?.Name, area?.JurisdictionName);
    }
}
