using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Places;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Places;

/// <param name="Repaired">How many were not valid as they were drawn: rings that touch or cross themselves.</param>
/// <param name="Added">How many areas had no outline before; the others have a new one.</param>
internal sealed record OutlineReport(int Outlines, int Added, int Repaired);

internal static class ImportOutlines
{
    /// <summary>What the API document says of the body; it is read by <see cref="OutlineReader"/>.</summary>
    private sealed record FeatureCollection(string Type, IReadOnlyList<Dictionary<string, object>> Features, string? Datum = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("areas/outlines/import", HandleAsync).WithMetadata(new RequestSizeLimitAttribute(routes.ServiceProvider.GetRequiredService<IOptions<Limits>>().Value.ImportBytes))
            .Accepts<FeatureCollection>("application/json", "application/geo+json").Requires(Permission.ManageOrganisation).Produces<OutlineReport>()
            .WithSummary("Imports outlines of areas as GeoJSON, each feature with a properties.code; all or none");

    /// <param name="datum">The datum of the coordinates. Default: the member <c>datum</c> of the collection, else <c>WGS-84</c>.</param>
    internal static async Task<IResult> HandleAsync(
        string? datum, HttpRequest request, Caller caller, CommandDesk desk, OutlineStore store, IDbContextFactory<WorkflowDb> databases,
        IOptions<Limits> limits, IOptions<PlaceOptions> options, CancellationToken cancel)
    {
        if (datum is not null && DatumName.Read(datum) is null) return ProblemResults.Invalid([new("/datum", DatumName.All, $"'{datum}'")]);
        var body = await ImportText.ReadAsync(request, cancel);
        if (body.Problem is { } unreadable) return ProblemResults.Invalid([unreadable]);
        if (JsonText.Parse(body.Text, out var broken) is not { } json) return ProblemResults.Invalid([new("", broken!.Expected, broken.FoundWhere)]);

        var outlines = OutlineReader.Read(json, DatumName.Read(datum), out var drawn);
        var problems = new RowProblems(limits.Value.ImportProblems);
        problems.AddRange(drawn);
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            var codes = (await db.Areas.AsNoTracking().Select(area => area.Code).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
            foreach (var outline in outlines.Where(outline => !codes.Contains(outline.AreaCode))) problems.Add("/features", "codes of areas that are there", $"'{outline.AreaCode}'");
        }
        foreach (var outline in outlines.Where(outline => outline.Change * 100 > options.Value.RepairPercent))
            problems.Add("/features", $"outlines that repairing changes by at most {options.Value.RepairPercent.ToString(CultureInfo.InvariantCulture)} %", string.Create(CultureInfo.InvariantCulture, $"{outline.Change * 100:0.#} % of '{outline.AreaCode}'"));
        if (problems.Total > 0) return problems.ToResult();
        return await desk.WriteAsync(new(request, caller, new { body.Sha256, datum }), async (db, now) =>
        {
            var added = await store.WriteAsync(db, outlines, now, cancel);
            return Answer.Of(StatusCodes.Status200OK, new OutlineReport(outlines.Count, added, outlines.Count(outline => outline.Change is not null)));
        }, cancel);
    }
}
