using Microsoft.EntityFrameworkCore;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Definitions;

internal static class RetractVersion
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("definitions/{id}/versions/{version:int}/retract", HandleAsync).Requires(Permission.DesignDefinitions).Produces<VersionCard>()
            .WithSummary("Takes a version out of use: nothing new is started with it, what runs goes on");

    internal static Task<IResult> HandleAsync(string id, int version, HttpRequest request, Caller caller, CommandDesk desk, CancellationToken cancel) =>
        desk.WriteAsync(new(request, caller, new { }), async (db, now) =>
        {
            if (await db.Definitions.FirstOrDefaultAsync(row => row.DefinitionId == id && row.Version == version, cancel) is not { } row) return Answer.Of(GetVersion.NotThere(id, version));
            if (row.RetractedAt is null)
            {
                db.Entry(row).Property(stored => stored.RetractedAt).CurrentValue = now;
                DefinitionDesk.Tell(db, now);
            }
            return Answer.Of(StatusCodes.Status200OK, VersionCard.Of(row));
        }, cancel);
}
