using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Definitions;

internal enum ImportOutcome
{
    SavedAsDraft,
    Published,

    /// <summary>The same content is there already.</summary>
    Unchanged,
}

/// <param name="Version">For what is published; null for a draft.</param>
internal sealed record ImportedDefinition(string DefinitionId, string Name, ImportOutcome Outcome, int? Version, IReadOnlyList<DefinitionProblem> Problems);

internal sealed record ImportReport(bool DryRun, IReadOnlyList<ImportedDefinition> Items);

internal static class ImportDefinitions
{
    /// <param name="Documents">All are imported or none. They may use one another.</param>
    /// <param name="Publish">True to publish each under the version that it says it has, as between two systems; else each becomes a draft.</param>
    /// <param name="OverwriteDrafts">True to replace drafts that are there.</param>
    /// <param name="DryRun">True to be told what would happen; nothing is stored then.</param>
    public sealed record Body(IReadOnlyList<JsonElement> Documents, bool Publish = false, bool OverwriteDrafts = false, bool DryRun = false);

    private sealed record Incoming(JsonElement Document, string Pointer, WorkflowDefinition? Definition, ProblemList Problems);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("definitions/import", HandleAsync).WithMetadata(new RequestSizeLimitAttribute(routes.ServiceProvider.GetRequiredService<IOptions<Limits>>().Value.ImportBytes))
            .Requires(Permission.DesignDefinitions).Produces<ImportReport>().WithSummary("Imports documents as drafts, or publishes them; all or none");

    internal static async Task<IResult> HandleAsync(
        Body body, HttpRequest request, Caller caller, CommandDesk desk, DefinitionDesk definitions, IOptions<Limits> limits, CancellationToken cancel)
    {
        var most = limits.Value.ImportDocuments;
        if (body.Documents.Count == 0 || body.Documents.Count > most) return ProblemResults.Invalid([new("/documents", $"1 to {most} documents", $"{body.Documents.Count}")]);
        var incoming = body.Documents.Index().Select(one => Read(one.Item, $"/documents/{one.Index}", definitions, body.Documents)).ToList();
        if (incoming.SelectMany(one => DefinitionDesk.NoDraft(one.Document, null, one.Problems).Select(problem => problem with { Pointer = one.Pointer + problem.Pointer })).ToList() is { Count: > 0 } fatal)
            return ProblemResults.Invalid(fatal);
        return await desk.WriteAsync(new(request, caller, body), async (db, now) =>
        {
            var (refused, items) = (new List<ValueProblem>(), new List<ImportedDefinition>());
            foreach (var one in incoming)
                items.Add(body.Publish ? await PublishAsync(db, one, caller, now, refused, cancel) : await SaveAsync(db, one, body.OverwriteDrafts, caller, now, refused, cancel));
            foreach (var twice in incoming.GroupBy(one => (DefinitionDesk.IdOf(one.Document), body.Publish ? WorkflowDocuments.VersionOf(one.Document) : 0)).Where(group => group.Count() > 1))
                refused.Add(new($"{twice.Last().Pointer}/definitionId", "each definition once", $"'{twice.Key.Item1}' again, also at {twice.First().Pointer}"));
            if (refused.Count > 0) return Answer.Of(DefinitionDesk.Invalid(refused));
            if (body.DryRun) db.ChangeTracker.Clear();
            return Answer.Of(StatusCodes.Status200OK, new ImportReport(body.DryRun, items));
        }, cancel);
    }

    private static Incoming Read(JsonElement document, string pointer, DefinitionDesk definitions, IReadOnlyList<JsonElement> beside)
    {
        var (definition, problems) = definitions.Compile(document, beside);
        return new(document, pointer, definition, problems);
    }

    private static async Task<ImportedDefinition> SaveAsync(
        WorkflowDb db, Incoming one, bool overwrite, Caller caller, DateTimeOffset now, List<ValueProblem> refused, CancellationToken cancel)
    {
        var id = DefinitionDesk.IdOf(one.Document);
        var document = DocumentVersion.Without(one.Document);
        var draft = await DefinitionDesk.FindDraftAsync(db, id, cancel);
        var report = new ImportedDefinition(id, one.Document.Text("name") ?? id, ImportOutcome.SavedAsDraft, null, one.Problems.All);
        if (draft?.Hash == DefinitionLibrary.HashOf(document)) return report with { Outcome = ImportOutcome.Unchanged };
        if (draft is not null && !overwrite) refused.Add(new($"{one.Pointer}/definitionId", "a definition without a draft, or overwriteDrafts", $"'{id}': {DefinitionDesk.Describe(draft)}"));
        else if (!db.Drafts.Local.Any(added => added.DefinitionId == id && draft is null))
            DefinitionDesk.Put(db, draft, document, one.Definition?.IsTask == true, await DefinitionDesk.NewestAsync(db, id, cancel), caller.Actor.Person, now);
        return report;
    }

    private static async Task<ImportedDefinition> PublishAsync(WorkflowDb db, Incoming one, Caller caller, DateTimeOffset now, List<ValueProblem> refused, CancellationToken cancel)
    {
        var (id, version) = (DefinitionDesk.IdOf(one.Document), WorkflowDocuments.VersionOf(one.Document));
        var report = new ImportedDefinition(id, one.Document.Text("name") ?? id, ImportOutcome.Published, version, one.Problems.All);
        var row = await db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.DefinitionId == id && row.Version == version, cancel);
        if (DefinitionDesk.Errors(one.Problems, one.Pointer).ToList() is { Count: > 0 } errors) refused.AddRange(errors);
        else if (row is not null && DefinitionLibrary.IsSame(row, one.Definition!)) return report with { Outcome = ImportOutcome.Unchanged };
        else if (row is not null && DefinitionLibrary.Changed(row) is var changed) refused.Add(new(one.Pointer + changed.Pointer, changed.Expected, changed.Found));
        else if (await DefinitionDesk.NewestAsync(db, id, cancel) is { } newest && newest > version)
            refused.Add(new($"{one.Pointer}/version", string.Create(CultureInfo.InvariantCulture, $"a version above {newest}, the newest"), string.Create(CultureInfo.InvariantCulture, $"{version}")));
        else if (!db.Definitions.Local.Any(added => added.DefinitionId == id && added.Version == version))
        {
            db.Definitions.Add(DefinitionLibrary.RowOf(one.Definition!, now, caller.Actor.Person));
            DefinitionDesk.Tell(db, now);
        }
        return report;
    }
}
