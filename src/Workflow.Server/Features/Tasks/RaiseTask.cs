using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Tasks;

internal sealed record TaskCreated(string Id, string Number, int Revision);

internal static class RaiseTask
{
    /// <param name="AreaCode">Statistical code of a street or community, or the code of a jurisdiction.</param>
    /// <param name="Inputs">Values for the inputs of the definition, by name.</param>
    public sealed record Body(string DefinitionId, string AreaCode, string Subject, Priority Priority = Priority.Normal, Dictionary<string, JsonElement>? Inputs = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("tasks", HandleAsync).Requires(Permission.RaiseTasks).Produces<TaskCreated>(StatusCodes.Status201Created).WithSummary("Raises a task");

    internal static async Task<IResult> HandleAsync(
        Body body, HttpRequest request, Caller caller, CommandDesk desk, DefinitionLibrary library,
        IDbContextFactory<WorkflowDb> databases, TimeProvider time, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(body.Subject) || body.Subject.Length > limits.Value.SubjectLength || body.Subject.Any(char.IsControl))
            return ProblemResults.Invalid([new("/subject", $"1 to {limits.Value.SubjectLength} characters on one line", $"{body.Subject.Length} characters")]);
        var (definition, refused) = await library.FindToStartAsync(body.DefinitionId, null, cancel);
        if (refused is not { Reason: Reason.DefinitionRetracted } && definition is not { IsTask: true }) refused = new(Reason.DefinitionUnknown, "a published task definition", $"'{body.DefinitionId}'");
        var place = await FindPlaceAsync(databases, body.AreaCode, cancel);
        if (place is null) refused ??= new(Reason.AreaUnknown, "the code of an area", $"'{body.AreaCode}'");
        if (refused is not null) return await desk.RefuseAsync(new(request, caller, body), refused, cancel);

        var id = new InstanceId(Guid.CreateVersion7(time.GetUtcNow()));
        var intake = new TaskIntake("", body.Subject.Trim(), place!, body.Priority) { RaisedBy = caller.Actor.Person };
        return await desk.SubmitAsync(
            new(request, caller, body), id, at => new Stimulus.Started(id, (body.Inputs ?? []).ToImmutableDictionary(), intake) { At = at },
            task => Answer.Of(StatusCodes.Status201Created, new TaskCreated(id.ToString(), task.Task!.Number, task.Revision), $"/api/v1/tasks/{id}"), definition!.Id);
    }

    private static async Task<Place?> FindPlaceAsync(IDbContextFactory<WorkflowDb> databases, string code, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Areas.AsNoTracking().Where(area => area.Code == code && area.Kind != AreaKind.City)
            .Select(area => new Place(area.Code, area.Name, area.Path, area.JurisdictionName)).FirstOrDefaultAsync(cancel);
    }
}
