using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Organisation;

internal sealed record PartImport(string Part, int Added, int Updated, int Removed, int Unchanged);

/// <param name="Changed">False: all was as the file has it.</param>
/// <param name="Parts">What became of the rows, by the parts of the organisation.</param>
internal sealed record OrganisationImport(bool DryRun, bool Changed, IReadOnlyList<PartImport> Parts);

internal static class ImportOrganisation
{
    public const string Csv = "text/csv";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("organisation/import", HandleAsync).WithMetadata(new RequestSizeLimitAttribute(routes.ServiceProvider.GetRequiredService<IOptions<Limits>>().Value.ImportBytes))
            .Accepts<OrganisationSheet>("application/json", Csv).Requires(Permission.ManageOrganisation).Produces<OrganisationImport>()
            .WithSummary("Imports areas, teams, people, rosters, absences and accounts as JSON, or one part of them as CSV; all or none");

    /// <param name="part">Which part of the organisation a CSV table is.</param>
    /// <param name="replace">True: rows of the imported parts that are not in the file go. Accounts stay.</param>
    /// <param name="dryRun">True to be told what would happen; nothing is stored then.</param>
    internal static async Task<IResult> HandleAsync(
        string? part, bool? replace, bool? dryRun, HttpRequest request, Caller caller, CommandDesk desk, OrganisationImporter importer,
        Database database, IOptions<Limits> limits, CancellationToken cancel)
    {
        var body = await ImportText.ReadAsync(request, cancel);
        if (body.Problem is { } unreadable) return ProblemResults.Invalid([unreadable]);
        var problems = new RowProblems(limits.Value.ImportProblems);
        var isJson = request.HasJsonContentType();
        if (!isJson && OrganisationPart.Find(part) is null) return ProblemResults.Invalid([new("/part", $"for CSV one of {OrganisationPart.Names}", RowText.Quote(part))]);
        var given = isJson
            ? OrganisationReader.ReadJson(body.Text, limits.Value.ImportRows, problems)
            : OrganisationReader.ReadCsv(body.Text, OrganisationPart.Find(part)!, limits.Value.ImportRows, problems);
        if (problems.Total > 0) return problems.ToResult();
        if (dryRun == true)
        {
            // Does it, and takes it back.
            await using var trying = database.CreateDbContext();
            await using var transaction = await trying.Database.BeginTransactionAsync(cancel);
            var tried = await importer.WriteAsync(trying, given, replace == true, problems, cancel);
            return problems.Total > 0 ? problems.ToResult() : Results.Ok(tried with { DryRun = true });
        }
        return await desk.WriteAsync(new(request, caller, new { body.Sha256, part, replace }), async (db, _) =>
        {
            var found = new RowProblems(limits.Value.ImportProblems);
            var done = await importer.WriteAsync(db, given, replace == true, found, cancel);
            return found.Total > 0 ? found.ToAnswer() : Answer.Of(StatusCodes.Status200OK, done);
        }, cancel);
    }
}

/// <summary>Brings the rows of an import into the database.</summary>
internal sealed class OrganisationImporter(OrganisationStore store, CalendarLibrary calendars, IOptions<Limits> limits)
{
    /// <summary>In the transaction of the context, which is saved afterwards. Nothing is written where there are problems.</summary>
    public async Task<OrganisationImport> WriteAsync(
        WorkflowDb db, Dictionary<OrganisationPart, List<OrganisationLine>> given, bool replaces, RowProblems problems, CancellationToken cancel)
    {
        // Two imports at once: the second one sees what the first has left.
        await OrganisationStore.LockAsync(db, cancel);
        await using var accounts = AccountSheet.In(db);
        var before = new OrganisationBefore(await OrganisationStore.ReadAsync(db, cancel), await accounts.ReadAsync(cancel), calendars.Ids, replaces);
        var after = new OrganisationCheck(before, given, limits.Value, problems).Merge();
        if (problems.Total > 0) return new(false, false, []);
        var counts = await store.ChangeAsync(db, before.Organisation, after.Organisation, cancel);
        var parts = given.Keys.Where(part => part != OrganisationPart.Accounts).Select(part => Of(part, counts.GetValueOrDefault(RowOf[part.Name], new(0, 0, 0, 0)))).ToList();
        if (given.ContainsKey(OrganisationPart.Accounts)) parts.Add(Of(OrganisationPart.Accounts, await accounts.WriteAsync(before.Accounts, after.Accounts, cancel)));
        return new(false, parts.Exists(part => part.Added + part.Updated + part.Removed > 0), parts);
    }

    private static readonly Dictionary<string, Type> RowOf = new()
    {
        ["areas"] = typeof(AreaRow), ["shifts"] = typeof(ShiftRow), ["teams"] = typeof(TeamRow), ["coverage"] = typeof(TeamAreaRow), ["members"] = typeof(MemberRow),
        ["memberships"] = typeof(TeamMemberRow), ["certificates"] = typeof(CertificateRow), ["contacts"] = typeof(ContactRow), ["duties"] = typeof(DutyRow), ["absences"] = typeof(AbsenceRow),
    };

    private static PartImport Of(OrganisationPart part, RowCounts counts) => new(part.Name, counts.Added, counts.Updated, counts.Removed, counts.Unchanged);
}
