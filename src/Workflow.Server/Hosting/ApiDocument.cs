using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Workflow.Server.Features;
using Workflow.Server.Problems;

namespace Workflow.Server.Hosting;

/// <summary>What the OpenAPI document says beyond the routes.</summary>
internal static class ApiDocument
{
    public static void Configure(OpenApiOptions options)
    {
        // A use case's body is named after the use case.
        options.CreateSchemaReferenceId = type => type.Type.Name == "Body" ? type.Type.DeclaringType!.Name : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer(async (document, context, cancel) =>
        {
            document.Info = new()
            {
                Title = "Workflow",
                Version = "v1",
                Description = "Closed-loop work in a city. Times are ISO 8601 with offset. Every command takes an Idempotency-Key header (up to 255 characters): "
                    + "the same key and body get the same answer, another body is refused. Errors are application/problem+json with a reason.",
            };
            // The document says what the API is, not where this process happens to listen.
            document.Servers = [];
            document.AddComponent("Problem", await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancel));
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<HonoursIfMatch>().Any())
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = "If-Match", In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    Description = "The ETag of what the caller has seen, in quotes: the command is done only while it is the current one",
                });
            operation.Responses ??= [];
            operation.Responses.TryAdd("default", new OpenApiResponse
            {
                Description = "A problem",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ProblemResults.ContentType] = new() { Schema = new OpenApiSchemaReference("Problem", context.Document) },
                },
            });
            return Task.CompletedTask;
        });
    }
}
