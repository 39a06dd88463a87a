using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Instances;

/// <param name="Revision">The instance's revision after the command.</param>
internal sealed record InstanceChanged(string Id, int Revision, InstanceStatus Status)
{
    public static InstanceChanged Of(WorkflowInstance instance) => new(instance.Id.ToString(), instance.Revision, instance.Status);

    public static Answer Answer(WorkflowInstance instance, int status = StatusCodes.Status200OK, string? location = null) => Features.Answer.Of(status, Of(instance), location, TagOf(instance));

    /// <summary>The ETag of an instance is its revision.</summary>
    public static string TagOf(WorkflowInstance instance) => instance.Revision.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a start says, whether its caller waits for the first burst or not.</summary>
/// <param name="Version">A published version; without it the newest that is not retracted.</param>
/// <param name="Inputs">Values for the inputs of the definition, by name.</param>
/// <param name="CorrelationId">What joins the instance to something outside; events may name it.</param>
internal sealed record StartRequest(string DefinitionId, int? Version = null, Dictionary<string, JsonElement>? Inputs = null, string? CorrelationId = null)
{
    /// <summary>The most characters of a correlation id.</summary>
    private const int MaxCorrelationId = 200;

    /// <summary>The version that is to be started, or why none is.</summary>
    public async Task<(WorkflowDefinition? Definition, Rejection? Refusal)> ResolveAsync(DefinitionLibrary library, CancellationToken cancel)
    {
        if (CorrelationId is { Length: > MaxCorrelationId } tooLong)
            return (null, new(Reason.InputInvalid, "a request as the API describes it", "what 'errors' says", [new("/correlationId", $"at most {MaxCorrelationId} characters", $"{tooLong.Length}")]));
        var found = await library.FindToStartAsync(DefinitionId, Version, cancel);
        return found.Definition is { IsTask: true }
            ? (null, new(Reason.DefinitionUnknown, "a published definition that is no task", $"'{DefinitionId}', whose instances are tasks: POST /api/v1/tasks raises them"))
            : found;
    }
}

internal static class StartInstance
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("instances", HandleAsync).Requires(Permission.RunWorkflows).Produces<InstanceChanged>(StatusCodes.Status201Created)
            .WithSummary("Starts a workflow that is no task, and answers when its first burst is stored");

    internal static async Task<IResult> HandleAsync(
        StartRequest body, HttpRequest request, Caller caller, CommandDesk desk, DefinitionLibrary library, TimeProvider time, CancellationToken cancel)
    {
        var (definition, refused) = await body.ResolveAsync(library, cancel);
        if (refused is not null) return await desk.RefuseAsync(new(request, caller, body), refused, cancel);
        var id = new InstanceId(Guid.CreateVersion7(time.GetUtcNow()));
        return await desk.SubmitAsync(
            new(request, caller, body), id, at => new Stimulus.Started(id, (body.Inputs ?? []).ToImmutableDictionary(), null) { At = at, CorrelationId = body.CorrelationId },
            instance => InstanceChanged.Answer(instance, StatusCodes.Status201Created, $"/api/v1/instances/{id}"), definition!.Id);
    }
}
