using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Subjects;

/// <param name="Removed">Those that were not in the import, when it replaces.</param>
internal sealed record SubjectImport(bool DryRun, int Added, int Updated, int Removed);

internal static class ImportSubjects
{
    public const string Csv = "text/csv";

    private sealed record Given(List<SubjectRow> Subjects, string Sha256, bool Replace, bool DryRun);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("subjects/import", HandleAsync).WithMetadata(new RequestSizeLimitAttribute(routes.ServiceProvider.GetRequiredService<IOptions<Limits>>().Value.ImportBytes))
            .Accepts<SubjectSheet>("application/json", Csv).Requires(Permission.ManageOrganisation).Produces<SubjectImport>()
            .WithSummary("Imports subjects as JSON or CSV, added or changed by their keys; all or none");

    /// <param name="replace">True: subjects that are not in the import go.</param>
    /// <param name="dryRun">True to be told what would happen; nothing is stored then.</param>
    internal static async Task<IResult> HandleAsync(
        bool? replace, bool? dryRun, HttpRequest request, Caller caller, CommandDesk desk, SubjectStore store, PlaceLibrary library,
        IDbContextFactory<WorkflowDb> databases, TimeProvider time, IOptions<Limits> limits, IOptions<JsonOptions> json, CancellationToken cancel)
    {
        var body = await ImportText.ReadAsync(request, cancel);
        if (body.Problem is { } unreadable) return ProblemResults.Invalid([unreadable]);
        var problems = new RowProblems(limits.Value.ImportProblems);
        await using var reading = await databases.CreateDbContextAsync(cancel);
        var check = new SubjectCheck(await library.LoadAsync(reading, cancel), limits.Value, time.GetUtcNow(), problems);
        var subjects = check.Check(request.HasJsonContentType() ? ReadJson(body.Text, limits.Value.ImportRows, json.Value.SerializerOptions, problems) : SubjectCsv.Read(body.Text, limits.Value.ImportRows, problems));
        if (problems.Total > 0) return problems.ToResult();
        var given = new Given(subjects, body.Sha256, replace == true, dryRun == true);
        return given.DryRun
            ? Results.Ok(await TryAsync(given, store, reading, cancel))
            : await desk.WriteAsync(
                new(request, caller, new { given.Sha256, given.Replace }), async (db, _) => Answer.Of(StatusCodes.Status200OK, await WriteAsync(given, store, db, cancel)), cancel);
    }

    /// <summary>Does it, and takes it back.</summary>
    private static async Task<SubjectImport> TryAsync(Given given, SubjectStore store, WorkflowDb db, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        return await WriteAsync(given, store, db, cancel);
    }

    private static async Task<SubjectImport> WriteAsync(Given given, SubjectStore store, WorkflowDb db, CancellationToken cancel)
    {
        var changes = await store.WriteAsync(db, given.Subjects, given.Replace, cancel);
        return new(given.DryRun, changes.Added, changes.Updated, changes.Removed);
    }

    private static IEnumerable<SubjectLine> ReadJson(string text, int most, JsonSerializerOptions options, RowProblems problems)
    {
        SubjectSheet? sheet = null;
        try
        {
            sheet = JsonSerializer.Deserialize<SubjectSheet>(text, options);
        }
        catch (JsonException)
        {
            // Said member by member below.
        }
        if (sheet is null) problems.AddRange(BodyProblems.Of(text, typeof(SubjectSheet), options));
        else if (sheet.Subjects.Count > most) problems.Add("/subjects", $"at most {most} subjects", $"{sheet.Subjects.Count}");
        return problems.Total > 0 ? [] : sheet!.Subjects.Select((record, index) => new SubjectLine(record, column => $"/subjects/{index}/{column}"));
    }
}
