using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Definitions;

/// <param name="Problems">Warnings; there were no errors.</param>
internal sealed record VersionPublished(string DefinitionId, int Version, string Name, IReadOnlyList<DefinitionProblem> Problems);

internal static class PublishDraft
{
    /// <param name="Etag">Of the draft that was looked at, so that nobody publishes what somebody else has changed meanwhile.</param>
    public sealed record Body(string Etag);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("definitions/{id}/publish", HandleAsync).Requires(Permission.DesignDefinitions).Produces<VersionPublished>(StatusCodes.Status201Created)
            .WithSummary("Makes the draft the next version, which new starts take from then on");

    internal static async Task<IResult> HandleAsync(
        string id, Body body, HttpRequest request, Caller caller, CommandDesk desk, DefinitionDesk definitions, IDbContextFactory<WorkflowDb> databases, CancellationToken cancel)
    {
        var ask = new Ask(request, caller, body);
        // Compiled before the transaction, for which the commit queue may have to wait.
        await using var reading = await databases.CreateDbContextAsync(cancel);
        var (seen, before) = (await DefinitionDesk.FindDraftAsync(reading, id, cancel), await DefinitionDesk.NewestAsync(reading, id, cancel));
        if (Refuse(id, body, seen, before) is { } refused) return await desk.RefuseAsync(ask, refused, cancel);
        var version = (before ?? 0) + 1;
        var (definition, problems) = definitions.Compile(DocumentVersion.With(JsonElement.Parse(seen!.Document), version));
        if (DefinitionDesk.Errors(problems).ToList() is { Count: > 0 } errors) return await desk.RefuseAsync(ask, DefinitionDesk.Invalid(errors), cancel);
        return await desk.WriteAsync(ask, async (db, now) =>
        {
            var (draft, newest) = (await DefinitionDesk.FindDraftAsync(db, id, cancel), await DefinitionDesk.NewestAsync(db, id, cancel));
            if (Refuse(id, body, draft, newest) is { } late) return Answer.Of(late);
            if (newest != before) return Answer.Of(new Rejection(Reason.PreconditionFailed, $"version {version} to be the next", $"that version {newest} was published meanwhile"));
            db.Definitions.Add(DefinitionLibrary.RowOf(definition!, now, caller.Actor.Person));
            db.Drafts.Remove(draft!);
            DefinitionDesk.Tell(db, now);
            return Answer.Of(
                StatusCodes.Status201Created, new VersionPublished(id, version, definition!.Name, problems.All), string.Create(CultureInfo.InvariantCulture, $"/api/v1/definitions/{id}/versions/{version}"));
        }, cancel);
    }

    private static Rejection? Refuse(string id, Body body, DraftRow? draft, int? newest)
    {
        if (draft is null && newest is null) return DefinitionDesk.NoDraftOf(id);
        if (draft is not null && body.Etag.Trim('"') == DefinitionDesk.TagOf(draft)) return null;
        return new(Reason.PreconditionFailed, $"ETag {body.Etag}", draft is null ? $"no draft; the newest version is {newest}" : DefinitionDesk.Describe(draft));
    }
}
