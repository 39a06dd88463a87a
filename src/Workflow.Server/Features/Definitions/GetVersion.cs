using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Definitions;

/// <param name="PublishedBy">Null for a version that came from a file when the server started.</param>
/// <param name="RetractedAt">Since then it takes no new starts.</param>
internal sealed record VersionCard(string DefinitionId, int Version, string Name, bool IsTask, DateTimeOffset PublishedAt, Person? PublishedBy, DateTimeOffset? RetractedAt)
{
    public static VersionCard Of(DefinitionRow row) => new(row.DefinitionId, row.Version, row.Name, row.IsTask, row.PublishedAt, By(row), row.RetractedAt);

    public static Person? By(DefinitionRow row) => row.PublishedById is { } by ? new(by, row.PublishedByName ?? by) : null;
}

internal sealed record VersionPage(IReadOnlyList<VersionCard> Items, string? Next);

/// <param name="Document">As it was published.</param>
internal sealed record VersionView(
    string DefinitionId, int Version, string Name, bool IsTask, DateTimeOffset PublishedAt, Person? PublishedBy, DateTimeOffset? RetractedAt, JsonElement Document);

/// <summary>Published versions of one definition: all, one, and the document of one as a file.</summary>
internal static class GetVersion
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("definitions/{id}/versions", ListAsync).Requires(Permission.DesignDefinitions).Produces<VersionPage>().WithSummary("The published versions of one definition, newest first");
        routes.MapGet("definitions/{id}/versions/{version:int}", HandleAsync).Requires(Permission.DesignDefinitions).Produces<VersionView>().WithSummary("One published version with its document");
        routes.MapGet("definitions/{id}/versions/{version:int}/document", ExportAsync).Requires(Permission.DesignDefinitions)
            .Produces(StatusCodes.Status200OK, contentType: "application/json").WithSummary("Exports the document of one version as it is stored, as a file");
    }

    internal static async Task<IResult> ListAsync(string id, string? cursor, int? limit, IDbContextFactory<WorkflowDb> databases, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 1, limits.Value, out var problem) is not { } page) return problem!;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await DefinitionCard.ReadAsync(db, [id], cancel) is []) return DefinitionDesk.NoVersion(id).ToResult();
        var before = page.After is [var text] ? long.Parse(text, CultureInfo.InvariantCulture) : long.MaxValue;
        var rows = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == id && row.Version < before).OrderByDescending(row => row.Version).Take(page.Limit + 1)
            .Select(row => new VersionCard(
                row.DefinitionId, row.Version, row.Name, row.IsTask, row.PublishedAt, row.PublishedById == null ? null : new Person(row.PublishedById, row.PublishedByName!), row.RetractedAt))
            .ToListAsync(cancel);
        if (rows.Count <= page.Limit) return Results.Ok(new VersionPage(rows, null));
        rows.RemoveAt(page.Limit);
        return Results.Ok(new VersionPage(rows, Page.Cursor(rows[^1].Version.ToString(CultureInfo.InvariantCulture))));
    }

    internal static async Task<IResult> HandleAsync(string id, int version, IDbContextFactory<WorkflowDb> databases, CancellationToken cancel) =>
        await FindAsync(id, version, databases, cancel) is { } row
            ? Answer.Of(
                StatusCodes.Status200OK, new VersionView(row.DefinitionId, row.Version, row.Name, row.IsTask, row.PublishedAt, VersionCard.By(row), row.RetractedAt, JsonElement.Parse(row.Document))).ToResult()
            : NotThere(id, version).ToResult();

    internal static async Task<IResult> ExportAsync(string id, int version, IDbContextFactory<WorkflowDb> databases, CancellationToken cancel) =>
        await FindAsync(id, version, databases, cancel) is { } row
            ? Results.File(Encoding.UTF8.GetBytes(row.Document), "application/json", string.Create(CultureInfo.InvariantCulture, $"{id}-v{version}.json"))
            : NotThere(id, version).ToResult();

    public static Rejection NotThere(string id, int version) => DefinitionDesk.NoVersion(id, version.ToString(CultureInfo.InvariantCulture));

    private static async Task<DefinitionRow?> FindAsync(string id, int version, IDbContextFactory<WorkflowDb> databases, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.DefinitionId == id && row.Version == version, cancel);
    }
}
