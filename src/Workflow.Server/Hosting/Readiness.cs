using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Storage;
using Workflow.Server.Problems;

namespace Workflow.Server.Hosting;

/// <summary><c>/health/ready</c>: the database answers, so commands can be kept.</summary>
internal static class Readiness
{
    public static async Task<IResult> HandleAsync(IDbContextFactory<WorkflowDb> databases, ILogger<Limits> log, CancellationToken cancel)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            await db.Sequences.AsNoTracking().AnyAsync(cancel);
            return Results.Text("ready");
        }
        catch (System.Data.Common.DbException problem)
        {
            log.LogWarning(problem, "The database does not answer");
            return ProblemResults.Plain(StatusCodes.Status503ServiceUnavailable, "Not ready");
        }
    }
}
