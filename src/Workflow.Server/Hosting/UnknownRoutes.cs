using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Template;
using Workflow.Server.Problems;

namespace Workflow.Server.Hosting;

/// <summary>What is said of a request that no route takes: routing looks at path, method and content type together and does not say which of them was wrong.</summary>
internal static class UnknownRoutes
{
    public static IResult Answer(HttpContext context, EndpointDataSource endpoints)
    {
        var accepted = endpoints.Endpoints.OfType<RouteEndpoint>().Where(endpoint => Takes(endpoint, context.Request))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? []).Distinct().ToList();
        return accepted.Count == 0
            ? NoSuchRoute()
            : ProblemResults.Plain(
                StatusCodes.Status415UnsupportedMediaType, "Unsupported content type",
                $"Expected Content-Type {string.Join(" or ", accepted)}, found {(string.IsNullOrEmpty(context.Request.ContentType) ? "none" : $"'{context.Request.ContentType}'")}.");
    }

    public static IResult NoSuchRoute() => ProblemResults.Plain(
        StatusCodes.Status404NotFound, "No such route", "Expected a route, a method and a content type of the API document (/openapi/v1.json), found none of these together.");

    private static bool Takes(RouteEndpoint endpoint, HttpRequest request) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(request.Method, StringComparer.OrdinalIgnoreCase) == true
        && endpoint.RoutePattern.RawText is { } pattern
        && new TemplateMatcher(TemplateParser.Parse(pattern), []).TryMatch(request.Path, []);
}
