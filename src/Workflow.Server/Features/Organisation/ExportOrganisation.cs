using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Organisation;

internal static class ExportOrganisation
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("organisation/export", HandleAsync).Requires(Permission.ManageOrganisation).Produces<OrganisationSheet>(StatusCodes.Status200OK, "application/json", ImportOrganisation.Csv)
            .WithSummary("The organisation as a file that can be imported again, or one part of it as CSV; passwords are not in it");

    /// <param name="format"><c>json</c> (the default) or <c>csv</c>.</param>
    /// <param name="part">Which part, for CSV; for JSON all without it.</param>
    internal static async Task<IResult> HandleAsync(string? format, string? part, HttpResponse response, Database database, IOptions<JsonOptions> json, CancellationToken cancel)
    {
        if (format is not (null or "json" or "csv")) return ProblemResults.Invalid([new("/format", "json or csv", RowText.Quote(format))]);
        if (OrganisationPart.Find(part) is null && (part is not null || format == "csv")) return ProblemResults.Invalid([new("/part", $"one of {OrganisationPart.Names}", RowText.Quote(part))]);
        await using var db = database.CreateDbContext();
        // One transaction: areas and teams of the same moment.
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
        await using var sheet = AccountSheet.In(db);
        var (stored, accounts) = (await OrganisationStore.ReadAsync(db, cancel), await sheet.ReadAsync(cancel));
        response.Headers.ContentDisposition = $"attachment; filename={part ?? "organisation"}.{format ?? "json"}";
        response.ContentType = format == "csv" ? ImportOrganisation.Csv : "application/json";
        if (format == "csv")
        {
            var columns = OrganisationPart.Find(part)!;
            await CsvTable.WriteAsync(columns.Columns, OrganisationRows.Of(columns, stored, accounts).ToAsyncEnumerable(), response.Body, cancel);
        }
        else
            await JsonSerializer.SerializeAsync(
                response.Body, OrganisationPart.All.Where(one => part is null || one.Name == part).ToDictionary(one => one.Name, one => OrganisationRows.Of(one, stored, accounts).Select(row => ObjectOf(one, row))),
                json.Value.SerializerOptions, cancel);
        return Results.Empty;
    }

    private static Dictionary<string, string> ObjectOf(OrganisationPart part, IReadOnlyList<string?> row) =>
        part.Columns.Zip(row).Where(field => field.Second is not null).ToDictionary(field => field.First, field => field.Second!);
}
