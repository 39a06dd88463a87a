using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Subjects;

internal static class GetSubject
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("subjects/{key}", HandleAsync).Requires(Permission.ReadTasks).Produces<SubjectView>().WithSummary("One subject");

    internal static async Task<IResult> HandleAsync(string key, Caller caller, PlaceLibrary library, IDbContextFactory<WorkflowDb> databases, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await SubjectFilter.Visible(db, caller).FirstOrDefaultAsync(row => row.Key == key, cancel) is { } subject
            ? Results.Ok(SubjectView.Of(subject, await library.LoadAsync(db, cancel)))
            : ProblemResults.NotFound("a subject");
    }
}
