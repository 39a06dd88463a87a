using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Features.Tasks;

namespace Workflow.Server.Features.Instances;

/// <summary>An activity that runs.</summary>
/// <param name="Number">A number of the instance.</param>
/// <param name="Parent">The number of the container that it runs in.</param>
internal sealed record RunningActivity(int Number, string ActivityId, string Type, string Name, int? Parent, bool IsFaulted, IReadOnlyDictionary<string, JsonElement> Variables);

/// <param name="Kind">The type of what it waits for, such as <c>Elsa.Event</c>, <c>effect</c> or <c>child</c>.</param>
internal sealed record WaitView(int Number, string ActivityId, string Kind, string Key, DateTimeOffset CreatedAt, DateTimeOffset? DueAt);

/// <summary>An effect on its way.</summary>
internal sealed record EffectView(int Number, string Kind, OutboxState State, int Attempts, DateTimeOffset NextAt, string? LastError);

/// <param name="IsStalled">Running, but nothing will ever move it.</param>
/// <param name="IsStopped">Takes nothing until a person has decided on its incidents.</param>
internal sealed record InstanceView(
    string Id, string DefinitionId, int DefinitionVersion, string DefinitionName, string? Name, string? CorrelationId, string? ParentId, InstanceStatus Status,
    bool IsStalled, bool IsStopped, int Revision, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, DateTimeOffset? EndedAt,
    IReadOnlyDictionary<string, JsonElement> Input, IReadOnlyDictionary<string, JsonElement> Variables, IReadOnlyDictionary<string, JsonElement> Output,
    IReadOnlyList<RunningActivity> Activities, IReadOnlyList<WaitView> Waits, IReadOnlyList<IncidentView> Incidents, IReadOnlyList<EffectView> Effects)
{
    public static InstanceView Of(WorkflowInstance instance, WorkflowDefinition definition, IReadOnlyList<EffectView> effects) => new(
        instance.Id.ToString(), definition.Id.DefinitionId, definition.Id.Version, definition.Name, instance.Name, instance.CorrelationId, instance.Parent?.Instance.ToString(),
        instance.Status, instance.IsStalled, instance.IsStopped, instance.Revision, instance.StartedAt, instance.UpdatedAt, instance.EndedAt,
        instance.Input, instance.Variables, instance.Output,
        [.. instance.Tokens.Select(token => Of(token, definition.Nodes[token.Node]))],
        [.. instance.Bookmarks.Select(wait => new WaitView(wait.Id, definition.Nodes[wait.Node].ActivityId, wait.Kind, wait.Key, wait.CreatedAt, wait.DueAt))],
        [.. instance.Incidents.Select(IncidentView.Of)], effects);

    private static RunningActivity Of(Token token, Node node) =>
        new(token.Id, node.ActivityId, node.Type.Descriptor.Type, node.Name, token.Parent, token.IsFaulted, token.Variables);
}

internal static class GetInstance
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("instances/{id}", HandleAsync).Requires(Permission.ReadTasks).Produces<InstanceView>()
            .WithSummary("One instance, a task or not: what runs, what it waits for, its values, incidents and effects; its ETag is its revision");

    /// <param name="at">A time, ISO 8601 with offset: the instance as it was then, without the effects that were on their way.</param>
    internal static async Task<IResult> HandleAsync(string id, string? at, Caller caller, InstanceReader reader, DefinitionLibrary library, CancellationToken cancel)
    {
        if (!PastTime.TryRead(at, out var time, out var problem)) return problem;
        if (await reader.FindAsync(id, caller, time, cancel) is not { } instance) return PastTime.NotFound(time);
        var definition = await library.FindAsync(instance.Definition, cancel);
        var effects = time is null ? await EffectsAsync(reader, instance.Id, cancel) : [];
        return Answer.Of(StatusCodes.Status200OK, InstanceView.Of(instance, definition!, effects), etag: time is null ? InstanceChanged.TagOf(instance) : null).ToResult();
    }

    private static async Task<IReadOnlyList<EffectView>> EffectsAsync(InstanceReader reader, InstanceId id, CancellationToken cancel)
    {
        await using var db = reader.Open();
        return await db.Outbox.AsNoTracking().Where(row => row.InstanceId == id).OrderBy(row => row.Number)
            .Select(row => new EffectView(row.Number, row.Kind, row.State, row.Attempts, row.NextAt, row.LastError)).ToListAsync(cancel);
    }
}
