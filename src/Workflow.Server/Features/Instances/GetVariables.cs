using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Instances;

/// <param name="Type">As it is declared; null for one that nobody declares.</param>
internal sealed record VariableView(string Name, string? Type, JsonElement Value);

/// <summary>The variables of a container that runs.</summary>
/// <param name="Number">Of the running activity; a container may run more than once at the same time.</param>
internal sealed record VariableScope(string ActivityId, int Number, IReadOnlyList<VariableView> Variables);

internal sealed record InstanceVariables(int Revision, IReadOnlyList<VariableView> Variables, IReadOnlyList<VariableScope> Scopes);

internal static class GetVariables
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("instances/{id}/variables", HandleAsync).Requires(Permission.ReadTasks).Produces<InstanceVariables>()
            .WithSummary("The variables of an instance, and those of its containers that run; an alteration changes them");

    /// <param name="at">A time, ISO 8601 with offset: the variables as they were then.</param>
    internal static async Task<IResult> HandleAsync(string id, string? at, Caller caller, InstanceReader reader, DefinitionLibrary library, CancellationToken cancel)
    {
        if (!PastTime.TryRead(at, out var time, out var problem)) return problem;
        if (await reader.FindAsync(id, caller, time, cancel) is not { } instance) return PastTime.NotFound(time);
        var definition = (await library.FindAsync(instance.Definition, cancel))!;
        return Answer.Of(
            StatusCodes.Status200OK,
            new InstanceVariables(
                instance.Revision, Views(instance.Variables, definition.Variables),
                [.. instance.Tokens.Where(token => token.Variables.Count > 0).Select(token => Scope(token, definition.Nodes[token.Node]))]),
            etag: time is null ? InstanceChanged.TagOf(instance) : null).ToResult();
    }

    private static VariableScope Scope(Token token, Node node) => new(node.ActivityId, token.Id, Views(token.Variables, node.Variables));

    private static IReadOnlyList<VariableView> Views(IReadOnlyDictionary<string, JsonElement> values, IReadOnlyList<Variable> declared) =>
    [
        .. values.OrderBy(value => value.Key, StringComparer.Ordinal)
            .Select(value => new VariableView(value.Key, declared.FirstOrDefault(variable => variable.Name == value.Key || variable.Id == value.Key)?.TypeName, value.Value)),
    ];
}
