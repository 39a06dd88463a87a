using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Definitions;

internal sealed record DefinitionPage(IReadOnlyList<DefinitionCard> Items, string? Next);

internal static class ListDefinitions
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("definitions", HandleAsync).Requires(Permission.DesignDefinitions).Produces<DefinitionPage>()
            .WithSummary("Every definition, published or not, by id: its newest version, its state and its draft");

    /// <param name="name">The whole name.</param>
    /// <param name="search">A part of the name or of the id.</param>
    /// <param name="state"><c>draft</c>, <c>published</c> or <c>retracted</c>; all without it.</param>
    /// <param name="hasDraft"><c>true</c> for those that somebody is working on.</param>
    internal static async Task<IResult> HandleAsync(
        string? name, string? search, string? state, bool? hasDraft, string? cursor, int? limit, IDbContextFactory<WorkflowDb> databases, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 0, limits.Value, out var problem) is not { } page) return problem!;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = db.Definitions.Where(row => !db.Definitions.Any(later => later.DefinitionId == row.DefinitionId && later.Version > row.Version))
            .Select(row => new { row.DefinitionId, row.Name, IsPublished = true, IsRetracted = row.RetractedAt != null })
            .Concat(db.Drafts.Where(draft => !db.Definitions.Any(row => row.DefinitionId == draft.DefinitionId))
                .Select(draft => new { draft.DefinitionId, draft.Name, IsPublished = false, IsRetracted = false }));
        switch (state)
        {
            case null: break;
            case "draft": rows = rows.Where(row => !row.IsPublished); break;
            case "published": rows = rows.Where(row => row.IsPublished && !row.IsRetracted); break;
            case "retracted": rows = rows.Where(row => row.IsRetracted); break;
            default: return ProblemResults.Invalid([new("/state", "draft, published or retracted", $"'{state}'")]);
        }
        if (name is not null) rows = rows.Where(row => row.Name == name);
#pragma warning disable CA1304, CA1311, CA1862 // This becomes SQL: the database lowers, and knows no culture of ours.
        if (search?.ToLowerInvariant() is { } part) rows = rows.Where(row => row.Name.ToLower().Contains(part) || row.DefinitionId.ToLower().Contains(part));
#pragma warning restore CA1304, CA1311, CA1862
        if (hasDraft is { } wanted) rows = rows.Where(row => db.Drafts.Any(draft => draft.DefinitionId == row.DefinitionId) == wanted);
        if (page.After is [var last]) rows = rows.Where(row => row.DefinitionId.CompareTo(last) > 0);
        var ids = await rows.OrderBy(row => row.DefinitionId).Take(page.Limit + 1).Select(row => row.DefinitionId).ToListAsync(cancel);
        var hasMore = ids.Count > page.Limit;
        if (hasMore) ids.RemoveAt(page.Limit);
        return Results.Ok(new DefinitionPage(await DefinitionCard.ReadAsync(db, ids, cancel), hasMore ? Page.Cursor(ids[^1]) : null));
    }
}
