using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Subjects;

internal sealed record SubjectPage(IReadOnlyList<SubjectView> Items, string? Next);

/// <summary>Which subjects a caller asks for.</summary>
/// <param name="Search">Part of the name, or the beginning of the key.</param>
/// <param name="AreaCode">An area; those below it count.</param>
internal sealed record SubjectFilter(string? Search, string? Category, string? AreaCode)
{
    /// <summary>Subjects in the areas of the caller's teams; operators see all.</summary>
    public static IQueryable<SubjectRow> Visible(WorkflowDb db, Caller caller)
    {
        if (caller.SeesAll) return db.Subjects.AsNoTracking();
        var scopes = caller.Scopes;
        return db.Subjects.AsNoTracking().Where(subject => db.Areas.Any(area => area.Code == subject.AreaCode && scopes.Any(scope => area.Path.StartsWith(scope))));
    }

    /// <returns>Null with a refusal when there is no such area.</returns>
    public IQueryable<SubjectRow>? Of(WorkflowDb db, Caller caller, PlaceDirectory places, out Rejection? refused)
    {
        refused = null;
        var subjects = Visible(db, caller);
        if (!string.IsNullOrWhiteSpace(Search)) subjects = subjects.Where(subject => subject.Name.Contains(Search) || subject.Key.StartsWith(Search));
        if (Category is not null) subjects = subjects.Where(subject => subject.Category == Category);
        if (AreaCode is null) return subjects;
        if (places.ByCode(AreaCode) is not { } around)
        {
            refused = new(Reason.AreaUnknown, "the code of an area", $"'{AreaCode}'");
            return null;
        }
        var path = around.Area.Area.Path;
        return subjects.Where(subject => db.Areas.Any(area => area.Code == subject.AreaCode && area.Path.StartsWith(path)));
    }
}

internal static class ListSubjects
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("subjects", HandleAsync).Requires(Permission.ReadTasks).Produces<SubjectPage>().WithSummary("Subjects in the areas of the caller's teams, by key");

    /// <param name="search">Part of the name, or the beginning of the key.</param>
    /// <param name="areaCode">An area; those below it count.</param>
    internal static async Task<IResult> HandleAsync(
        string? search, string? category, string? areaCode, string? cursor, int? limit, Caller caller, PlaceLibrary library,
        IDbContextFactory<WorkflowDb> databases, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 0, limits.Value, out var problem) is not { } page) return problem!;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var places = await library.LoadAsync(db, cancel);
        if (new SubjectFilter(search, category, areaCode).Of(db, caller, places, out var refused) is not { } subjects) return refused!.ToResult();
        if (page.After is [var after]) subjects = subjects.Where(subject => string.Compare(subject.Key, after) > 0);
        var rows = await subjects.OrderBy(subject => subject.Key).Take(page.Limit + 1).ToListAsync(cancel);
        var items = rows.Take(page.Limit).Select(row => SubjectView.Of(row, places)).ToList();
        return Results.Ok(new SubjectPage(items, rows.Count > page.Limit ? Page.Cursor(items[^1].Key) : null));
    }
}
