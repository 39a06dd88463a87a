using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Definitions;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Definitions;

/// <param name="Problems">What keeps it from being published, and what is only odd.</param>
internal sealed record DraftSaved(string DefinitionId, string Name, DraftCard Draft, IReadOnlyList<DefinitionProblem> Problems)
{
    public static Answer Answer(DraftRow row, bool isNew, IReadOnlyList<DefinitionProblem> problems) => Features.Answer.Of(
        isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, new DraftSaved(row.DefinitionId, row.Name, DraftCard.Of(row), problems),
        isNew ? $"/api/v1/definitions/{row.DefinitionId}/draft" : null, DefinitionDesk.TagOf(row));
}

internal sealed record DraftView(string DefinitionId, string Name, bool IsTask, DraftCard Draft, JsonElement Document, IReadOnlyList<DefinitionProblem> Problems);

/// <summary>A draft is read, saved and thrown away by whoever has seen what is there.</summary>
internal static class SaveDraft
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var size = routes.ServiceProvider.GetRequiredService<DefinitionReader>().Limits.SizeBytes;
        routes.MapGet("definitions/{id}/draft", ReadAsync).Requires(Permission.DesignDefinitions).Produces<DraftView>().WithSummary("The draft of a definition, its ETag and its problems");
        routes.MapPut("definitions/{id}/draft", HandleAsync).HonoursIfMatch().WithMetadata(new RequestSizeLimitAttribute(size)).Requires(Permission.DesignDefinitions)
            .Produces<DraftSaved>().Produces<DraftSaved>(StatusCodes.Status201Created)
            .WithSummary("Saves a document as the draft of a definition, with errors or without; If-Match names the draft that it replaces");
        routes.MapDelete("definitions/{id}/draft", DeleteAsync).HonoursIfMatch().Requires(Permission.DesignDefinitions).Produces(StatusCodes.Status204NoContent)
            .WithSummary("Throws the draft away that If-Match names");
    }

    internal static async Task<IResult> ReadAsync(string id, IDbContextFactory<WorkflowDb> databases, DefinitionDesk definitions, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await DefinitionDesk.FindDraftAsync(db, id, cancel) is not { } row) return DefinitionDesk.NoDraftOf(id).ToResult();
        var document = JsonElement.Parse(row.Document);
        return Answer.Of(StatusCodes.Status200OK, new DraftView(id, row.Name, row.IsTask, DraftCard.Of(row), document, definitions.Compile(document).Problems.All), etag: DefinitionDesk.TagOf(row)).ToResult();
    }

    internal static async Task<IResult> HandleAsync(string id, [FromBody] JsonElement document, HttpRequest request, Caller caller, CommandDesk desk, DefinitionDesk definitions, CancellationToken cancel)
    {
        if (Precondition.Read(request, out var unreadable) is not { } condition) return unreadable!.ToResult();
        var (definition, problems) = definitions.Compile(document);
        if (DefinitionDesk.NoDraft(document, id, problems) is { Count: > 0 } fatal) return ProblemResults.Invalid(fatal);
        return await desk.WriteAsync(new(request, caller, document), async (db, now) =>
        {
            var before = await DefinitionDesk.FindDraftAsync(db, id, cancel);
            if (condition.Refuse(before is null ? null : DefinitionDesk.TagOf(before), DefinitionDesk.Describe(before)) is { } refused) return Answer.Of(refused);
            var basedOn = before is null ? await DefinitionDesk.NewestAsync(db, id, cancel) : before.BasedOn;
            var saved = DefinitionDesk.Put(db, before, document, definition?.IsTask == true, basedOn, caller.Actor.Person, now);
            return DraftSaved.Answer(saved, before is null, problems.All);
        }, cancel);
    }

    internal static async Task<IResult> DeleteAsync(string id, HttpRequest request, Caller caller, CommandDesk desk, CancellationToken cancel)
    {
        if (Precondition.Read(request, out var unreadable) is not { } condition) return unreadable!.ToResult();
        return await desk.WriteAsync(new(request, caller, new { }), async (db, now) =>
        {
            if (await DefinitionDesk.FindDraftAsync(db, id, cancel) is not { } draft) return Answer.Of(DefinitionDesk.NoDraftOf(id));
            if (condition.Refuse(DefinitionDesk.TagOf(draft), DefinitionDesk.Describe(draft)) is { } refused) return Answer.Of(refused);
            db.Drafts.Remove(draft);
            DefinitionDesk.Tell(db, now);
            return Answer.Of(StatusCodes.Status204NoContent, new { });
        }, cancel);
    }
}
