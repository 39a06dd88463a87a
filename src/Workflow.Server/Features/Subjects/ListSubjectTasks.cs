using AutoMapper;
using Microsoft.Extensions.Options;
using Workflow.Server.Access;
using Workflow.Server.Features.Tasks;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Subjects;

internal static class ListSubjectTasks
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("subjects/{key}/tasks", HandleAsync).Requires(Permission.ReadTasks).Produces<TaskPage>()
            .WithSummary("The history of a subject: its tasks that the caller may see, newest first, also of a subject that has left the registry");

    internal static async Task<IResult> HandleAsync(
        string key, string? cursor, int? limit, Caller caller, InstanceReader reader, IMapper mapper, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 2, limits.Value, out var problem) is not { } page) return problem!;
        await using var db = reader.Open();
        return Results.Ok(await ListTasks.ReadAsync(InstanceReader.VisibleTasks(db, caller).Where(task => task.SubjectKey == key), page, mapper, cancel));
    }
}
