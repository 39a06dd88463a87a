using AutoMapper;
using AutoMapper.QueryableExtensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Areas;

/// <param name="JurisdictionName">Who runs the area.</param>
/// <param name="DistrictName">Under which district its statistical code stands; another one in a functional zone.</param>
internal sealed record AreaView(string Code, string Name, AreaKind Kind, string JurisdictionName, string DistrictName);

internal sealed class AreaProfile : Profile
{
    public AreaProfile() => CreateMap<AreaRow, AreaView>();
}

internal static class ListAreas
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("areas", HandleAsync).Requires(Permission.ReadTasks).Produces<IReadOnlyList<AreaView>>().WithSummary("Areas by name or code");

    internal static async Task<IResult> HandleAsync(
        string? search, int? limit, IDbContextFactory<WorkflowDb> databases, IMapper mapper, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(null, limit, 0, limits.Value, out var problem) is not { } page) return problem!;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var areas = db.Areas.AsNoTracking().Where(area => area.Kind != AreaKind.City);
        if (!string.IsNullOrWhiteSpace(search)) areas = areas.Where(area => area.Name.Contains(search) || area.Code.StartsWith(search) || area.JurisdictionName.Contains(search));
        return Results.Ok(await areas.OrderBy(area => area.Code).Take(page.Limit).ProjectTo<AreaView>(mapper.ConfigurationProvider).ToListAsync(cancel));
    }
}
