using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
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

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, CommandDesk desk, DefinitionDesk definitions, CancellationToken cancel) =>
        desk.WriteAsync(new(request, caller, body), async (db, now) =>
        {
            var (draft, newest) = (await DefinitionDesk.FindDraftAsync(db, id, cancel), await DefinitionDesk.NewestAsync(db, id, cancel));
            if (draft is null && newest is null) return Answer.Of(DefinitionDesk.NoDraftOf(id));
            if (draft is null || body.Etag.Trim('"') != DefinitionDesk.TagOf(draft))
                return Answer.Of(new Rejection(Reason.PreconditionFailed, $"ETag {body.Etag}", draft is null ? $"no draft; the newest version is {newest}" : DefinitionDesk.Describe(draft)));

            var (definition, problems) = definitions.Compile(DocumentVersion.With(JsonElement.Parse(draft.Document), (newest ?? 0) + 1));
            if (DefinitionDesk.Errors(problems).ToList() is { Count: > 0 } errors) return Answer.Of(DefinitionDesk.Invalid(errors));
            db.Definitions.Add(DefinitionLibrary.RowOf(definition!, now, caller.Actor.Person));
            db.Drafts.Remove(draft);
            DefinitionDesk.Tell(db, now);
            var version = definition!.Id.Version;
            return Answer.Of(
                StatusCodes.Status201Created, new VersionPublished(id, version, definition.Name, problems.All), string.Create(CultureInfo.InvariantCulture, $"/api/v1/definitions/{id}/versions/{version}"));
        }, cancel);
}
