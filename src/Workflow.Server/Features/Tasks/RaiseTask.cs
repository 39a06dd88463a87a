using System.Text.Json;
using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Tasks;

/// <param name="Revision">Of the task when it was raised or joined.</param>
internal sealed record TaskCreated(string Id, string Number, int Revision)
{
    /// <summary>How many alarms of its subject it stands for; null where alarms do not join.</summary>
    public int? Alarms { get; init; }
}

internal static class RaiseTask
{
    /// <param name="AreaCode">Statistical code of a street or community, or the code of a jurisdiction.</param>
    /// <param name="Inputs">Values for the inputs of the definition, by name.</param>
    /// <param name="SubjectKey">The key of the subject. Where the definition joins alarms, the open task of this subject is joined.</param>
    public sealed record Body(
        string DefinitionId, string AreaCode, string Subject, Priority Priority = Priority.Normal, Dictionary<string, JsonElement>? Inputs = null, string? SubjectKey = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("tasks", HandleAsync).Requires(Permission.RaiseTasks).Produces<TaskCreated>(StatusCodes.Status201Created).Produces<TaskCreated>()
            .WithSummary("Raises a task (201), or has an alarm join the open task of its subject (200)");

    internal static async Task<IResult> HandleAsync(Body body, HttpRequest request, Caller caller, TaskRaiser raiser, CancellationToken cancel) =>
        (await raiser.RaiseAsync(new(request, caller, body), body, cancel)).ToResult();
}
