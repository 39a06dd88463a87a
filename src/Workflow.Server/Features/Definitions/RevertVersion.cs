using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Definitions;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Definitions;

internal static class RevertVersion
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("definitions/{id}/versions/{version:int}/revert", HandleAsync).HonoursIfMatch().Requires(Permission.DesignDefinitions)
            .Produces<DraftSaved>().Produces<DraftSaved>(StatusCodes.Status201Created)
            .WithSummary("Makes a draft from a published version; If-Match names the draft that it replaces");

    internal static async Task<IResult> HandleAsync(string id, int version, HttpRequest request, Caller caller, CommandDesk desk, DefinitionDesk definitions, IDbContextFactory<WorkflowDb> databases, CancellationToken cancel)
    {
        if (Precondition.Read(request, out var unreadable) is not { } condition) return unreadable!.ToResult();
        await using var reading = await databases.CreateDbContextAsync(cancel);
        if (await reading.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.DefinitionId == id && row.Version == version, cancel) is not { } row) return GetVersion.NotThere(id, version).ToResult();
        var document = DocumentVersion.Without(JsonElement.Parse(row.Document));
        var problems = definitions.Compile(document).Problems.All;
        return await desk.WriteAsync(new(request, caller, new { }), async (db, now) =>
        {
            var before = await DefinitionDesk.FindDraftAsync(db, id, cancel);
            if (condition.Refuse(before is null ? null : DefinitionDesk.TagOf(before), DefinitionDesk.Describe(before)) is { } refused) return Answer.Of(refused);
            var saved = DefinitionDesk.Put(db, before, document, row.IsTask, version, caller.Actor.Person, now);
            return DraftSaved.Answer(saved, before is null, problems);
        }, cancel);
    }
}
