using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Features.Tasks;
using Workflow.Server.Features.WorkItems;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Lists;

/// <param name="Of">The lists that it is of: <c>work-items</c> or <c>tasks</c>.</param>
/// <param name="Query">What is asked of the list, as behind the question mark of its address.</param>
internal sealed record SavedFilter(string Of, string Name, string Query);

internal sealed record SavedFilterList(IReadOnlyList<SavedFilter> Items);

/// <summary>Filters that people have given a name, each to themselves.</summary>
internal static class SavedFilters
{
    private static readonly string[] Lists = ["work-items", "tasks"];

    private static readonly string[] OfWorkItems = ["list", "area", "definitionId", "priority", "stage", "due", "teamKind", "search", "sort"];

    private static readonly string[] OfTasks = [.. OfWorkItems, "status"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("saved-filters", ListAsync).Requires(Permission.ReadTasks).Produces<SavedFilterList>().WithSummary("The caller's saved filters, by name");
        routes.MapPut("saved-filters", SaveAsync).Requires(Permission.ReadTasks).Produces<SavedFilter>().WithSummary("Saves a filter under a name, in place of what had it");
        routes.MapDelete("saved-filters", DeleteAsync).Requires(Permission.ReadTasks).Produces(StatusCodes.Status204NoContent).WithSummary("Forgets a saved filter; one that is not there is forgotten too");
    }

    internal static async Task<IResult> ListAsync(Caller caller, InstanceReader reader, CancellationToken cancel)
    {
        await using var db = reader.Open();
        var me = caller.Actor.UserId;
        return Results.Ok(new SavedFilterList(await db.SavedFilters.AsNoTracking().Where(row => row.UserId == me).OrderBy(row => row.Of).ThenBy(row => row.Name)
            .Select(row => new SavedFilter(row.Of, row.Name, row.Query)).ToListAsync(cancel)));
    }

    internal static async Task<IResult> SaveAsync(
        SavedFilter body, HttpRequest request, Caller caller, CommandDesk desk, InstanceReader reader, ListFilterReader filters, IOptions<Limits> limits, CancellationToken cancel)
    {
        var (name, most) = (body.Name.Trim(), limits.Value.SavedFilters);
        var problems = new List<ValueProblem>();
        if (WrongList(body.Of) is { } wrong) problems.Add(wrong);
        if (name.Length == 0 || name.Length > SavedFilterTable.NameLength || name.Any(char.IsControl)) problems.Add(new("/name", $"1 to {SavedFilterTable.NameLength} characters on one line", $"{name.Length} characters"));
        if (body.Query.Length > SavedFilterTable.QueryLength) problems.Add(new("/query", $"at most {SavedFilterTable.QueryLength} characters", $"{body.Query.Length}"));
        else problems.AddRange(await CheckAsync(body, reader, filters, cancel));
        if (problems.Count > 0) return ProblemResults.Invalid(problems);
        var me = caller.Actor.UserId;
        return await desk.WriteAsync(new(request, caller, body), async (db, now) =>
        {
            var mine = await db.SavedFilters.Where(row => row.UserId == me).ToListAsync(cancel);
            if (mine.Find(row => row.Of == body.Of && row.Name == name) is { } before) (before.Query, before.SavedAt) = (body.Query, now);
            else if (mine.Count >= most) return Answer.Invalid([new("/name", $"at most {most} saved filters", $"{mine.Count} already")]);
            else db.SavedFilters.Add(new() { UserId = me, Of = body.Of, Name = name, Query = body.Query, SavedAt = now });
            return Answer.Of(StatusCodes.Status200OK, new SavedFilter(body.Of, name, body.Query));
        }, cancel);
    }

    internal static Task<IResult> DeleteAsync(string? of, string? name, HttpRequest request, Caller caller, CommandDesk desk, CancellationToken cancel)
    {
        var problems = new List<ValueProblem>();
        if (WrongList(of) is { } wrong) problems.Add(wrong);
        if (string.IsNullOrEmpty(name)) problems.Add(new("/name", "the name of a saved filter", "nothing"));
        if (problems.Count > 0) return Task.FromResult(ProblemResults.Invalid(problems));
        var me = caller.Actor.UserId;
        return desk.WriteAsync(new(request, caller, new { of, name }), async (db, _) =>
        {
            await db.SavedFilters.Where(row => row.UserId == me && row.Of == of && row.Name == name).ExecuteDeleteAsync(cancel);
            return Answer.Of(StatusCodes.Status204NoContent, new { });
        }, cancel);
    }

    private static ValueProblem? WrongList(string? of) => Lists.Contains(of) ? null : new("/of", string.Join(" or ", Lists), of is null ? "nothing" : RowText.Quote(of));

    /// <summary>What is saved is what the list takes: the same reader looks at it.</summary>
    private static async Task<IEnumerable<ValueProblem>> CheckAsync(SavedFilter filter, InstanceReader reader, ListFilterReader filters, CancellationToken cancel)
    {
        var query = QueryHelpers.ParseQuery(filter.Query);
        var known = filter.Of == "tasks" ? OfTasks : OfWorkItems;
        var problems = query.Keys.Except(known).Select(key => new ValueProblem("", string.Join(", ", known), RowText.Quote(key))).Take(1).ToList();
        string? Of(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
        await using var db = reader.Open();
        var asked = new ListFilter(Of("area"), Of("definitionId"), Of("priority"), Of("stage"), Of("due"), Of("teamKind"), Of("search"), Of("sort"));
        if (filter.Of == "tasks") problems.AddRange((await ListTasks.ReadAsync(db, Of("list"), Of("status"), asked, filters, cancel)).Problems);
        else problems.AddRange((await ListWorkItems.ReadAsync(db, Of("list"), asked, filters, cancel)).Problems);
        return problems.Select(problem => problem with { Pointer = "/query", Expected = problem.Pointer.Length > 0 ? $"as {problem.Pointer[1..]} {problem.Expected}" : problem.Expected });
    }
}
