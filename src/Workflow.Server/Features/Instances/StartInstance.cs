using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Instances;

/// <param name="Revision">The instance's revision after the command.</param>
internal sealed record InstanceChanged(string Id, int Revision, InstanceStatus Status)
{
    public static InstanceChanged Of(WorkflowInstance instance) => new(instance.Id.ToString(), instance.Revision, instance.Status);
}

internal static class StartInstance
{
    /// <param name="Version">A published version; the newest without it.</param>
    /// <param name="Inputs">Values for the inputs of the definition, by name.</param>
    /// <param name="CorrelationId">What joins the instance to something outside; events may name it.</param>
    public sealed record Body(string DefinitionId, int? Version = null, Dictionary<string, JsonElement>? Inputs = null, string? CorrelationId = null);

    /// <summary>The most characters of a correlation id.</summary>
    private const int MaxCorrelationId = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("instances", HandleAsync).Requires(Permission.RunWorkflows).Produces<InstanceChanged>(StatusCodes.Status201Created)
            .WithSummary("Starts a workflow that is no task");

    internal static async Task<IResult> HandleAsync(
        Body body, HttpRequest request, Caller caller, CommandDesk desk, DefinitionLibrary library, TimeProvider time, CancellationToken cancel)
    {
        if (body.CorrelationId is { Length: > MaxCorrelationId } tooLong) return ProblemResults.Invalid([new("/correlationId", $"at most {MaxCorrelationId} characters", $"{tooLong.Length}")]);
        if (await FindAsync(body, library, cancel) is not { IsTask: false } definition)
            return new Rejection(Reason.DefinitionUnknown, "a published definition that is no task", body.Version is { } version ? $"'{body.DefinitionId}' version {version}" : $"'{body.DefinitionId}'").ToResult();
        var id = new InstanceId(Guid.CreateVersion7(time.GetUtcNow()));
        return await desk.SubmitAsync(
            new(request, caller, body), id, at => new Stimulus.Started(id, (body.Inputs ?? []).ToImmutableDictionary(), null) { At = at, CorrelationId = body.CorrelationId },
            instance => Answer.Of(StatusCodes.Status201Created, InstanceChanged.Of(instance), $"/api/v1/instances/{id}"), definition.Id);
    }

    private static async Task<WorkflowDefinition?> FindAsync(Body body, DefinitionLibrary library, CancellationToken cancel) =>
        body.Version is { } version ? await library.FindAsync(new(body.DefinitionId, version), cancel) : await library.FindLatestAsync(body.DefinitionId, cancel);
}
