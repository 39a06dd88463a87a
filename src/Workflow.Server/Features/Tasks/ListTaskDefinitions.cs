using Workflow.Engine.Definitions;
using Workflow.Engine.Running;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Tasks;

/// <param name="Type">An Elsa type alias: String, Double, Int32, Boolean …</param>
internal sealed record DefinitionInput(string Name, string Type, string? DisplayName);

internal sealed record DefinitionSummary(string DefinitionId, int Version, string Name, string? Description, IReadOnlyList<DefinitionInput> Inputs);

internal static class ListTaskDefinitions
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("task-definitions", HandleAsync).Requires(Permission.RaiseTasks).WithSummary("What tasks can be raised: the version of each task definition that a start takes, and its inputs");

    internal static async Task<IReadOnlyList<DefinitionSummary>> HandleAsync(DefinitionLibrary library, CancellationToken cancel) =>
        [.. (await library.LatestAsync(cancel)).Where(definition => definition.IsTask && !TaskRaiser.MadeOtherwise.Contains(definition.Id.DefinitionId)).Select(Of)];

    private static DefinitionSummary Of(WorkflowDefinition definition) => new(
        definition.Id.DefinitionId, definition.Id.Version, definition.Name, definition.Description,
        [.. definition.Inputs.Select(input => new DefinitionInput(input.Name, input.TypeName, input.DisplayName))]);
}
