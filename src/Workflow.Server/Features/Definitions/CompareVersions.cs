using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Definitions;

internal sealed record Comparison(string From, string To, IReadOnlyList<Difference> Differences);

internal static class CompareVersions
{
    private const string Draft = "draft";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("definitions/{id}/difference", HandleAsync).Requires(Permission.DesignDefinitions).Produces<Comparison>()
            .WithSummary("What differs between two versions: activities, connections, variables, inputs, outputs and other members of the document");

    /// <param name="from">The number of a version, or <c>draft</c>.</param>
    /// <param name="to">The number of a version, or <c>draft</c>.</param>
    internal static async Task<IResult> HandleAsync(
        string id, string? from, string? to, DefinitionLibrary library, DefinitionDesk definitions, IDbContextFactory<WorkflowDb> databases, CancellationToken cancel)
    {
        if (new[] { (Name: "from", Value: from), (Name: "to", Value: to) }.Where(side => side.Value != Draft && VersionOf(side.Value) is null)
            .Select(side => new ValueProblem($"/{side.Name}", "the number of a version, or draft", side.Value is { } value ? $"'{value}'" : "nothing")).ToList() is { Count: > 0 } problems) return ProblemResults.Invalid(problems);
        var (before, noBefore) = await ReadAsync(from!);
        var (after, noAfter) = await ReadAsync(to!);
        return (noBefore ?? noAfter)?.ToResult() ?? Answer.Of(StatusCodes.Status200OK, new Comparison(from!, to!, DefinitionDifference.Between(before!, after!))).ToResult();

        async Task<(WorkflowDefinition?, Rejection?)> ReadAsync(string side)
        {
            if (VersionOf(side) is { } version) return await library.FindAsync(new(id, version), cancel) is { } known ? (known, null) : (null, DefinitionDesk.NoVersion(id, side));
            await using var db = await databases.CreateDbContextAsync(cancel);
            if (await DefinitionDesk.FindDraftAsync(db, id, cancel) is not { } draft) return (null, DefinitionDesk.NoDraftOf(id));
            var (definition, found) = definitions.Compile(JsonElement.Parse(draft.Document));
            return definition is null ? (null, DefinitionDesk.Invalid([.. DefinitionDesk.Errors(found)])) : (definition, null);
        }
    }

    private static int? VersionOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
