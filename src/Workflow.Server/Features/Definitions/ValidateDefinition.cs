using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Workflow.Engine.Definitions;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Definitions;

/// <param name="IsValid">It could be published: no problem is an error.</param>
internal sealed record Validation(bool IsValid, IReadOnlyList<DefinitionProblem> Problems);

internal static class ValidateDefinition
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("definitions/validate", Handle).WithMetadata(new RequestSizeLimitAttribute(routes.ServiceProvider.GetRequiredService<DefinitionReader>().Limits.SizeBytes))
            .Requires(Permission.DesignDefinitions).WithSummary("Checks a document as publishing would, and stores nothing");

    internal static Validation Handle([FromBody] JsonElement document, DefinitionDesk definitions)
    {
        var problems = definitions.Compile(document).Problems;
        return new(!problems.HasErrors, problems.All);
    }
}
