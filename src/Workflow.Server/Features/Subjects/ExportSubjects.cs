using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Subjects;

internal static class ExportSubjects
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("subjects/export", HandleAsync).Requires(Permission.ReadTasks).Produces<SubjectSheet>(StatusCodes.Status200OK, "application/json", ImportSubjects.Csv)
            .WithSummary("Subjects as a file that can be imported again");

    /// <param name="format"><c>json</c> (the default) or <c>csv</c>.</param>
    /// <param name="search">Part of the name, or the beginning of the key.</param>
    /// <param name="areaCode">An area; those below it count.</param>
    internal static async Task<IResult> HandleAsync(
        string? format, string? search, string? category, string? areaCode, HttpResponse response, Caller caller, PlaceLibrary library,
        IDbContextFactory<WorkflowDb> databases, IOptions<JsonOptions> json, CancellationToken cancel)
    {
        if (format is not (null or "json" or "csv")) return ProblemResults.Invalid([new("/format", "json or csv", $"'{format}'")]);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (new SubjectFilter(search, category, areaCode).Of(db, caller, await library.LoadAsync(db, cancel), out var refused) is not { } subjects) return refused!.ToResult();
        var records = subjects.OrderBy(subject => subject.Key).AsAsyncEnumerable().Select(SubjectRecord.Of);
        response.Headers.ContentDisposition = $"attachment; filename=subjects.{format ?? "json"}";
        response.ContentType = format == "csv" ? ImportSubjects.Csv : "application/json";
        if (format == "csv") await SubjectCsv.WriteAsync(records, response.Body, cancel);
        else await JsonSerializer.SerializeAsync(response.Body, new { subjects = records }, json.Value.SerializerOptions, cancel);
        return Results.Empty;
    }
}
