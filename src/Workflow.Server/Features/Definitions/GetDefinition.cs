using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Definitions;

internal static class GetDefinition
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("definitions/{id}", HandleAsync).Requires(Permission.DesignDefinitions).Produces<DefinitionCard>()
            .WithSummary("What there is of one definition: its newest version, its state and its draft");

    internal static async Task<IResult> HandleAsync(string id, IDbContextFactory<WorkflowDb> databases, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await DefinitionCard.ReadAsync(db, [id], cancel) is [var card] ? Results.Ok(card) : DefinitionDesk.NoVersion(id).ToResult();
    }
}
