using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Http;

/// <summary>A request to a server somewhere. Its headers are stored with the instance; what is secret in them stands there as a reference, see <see cref="HttpSecrets"/>.</summary>
/// <param name="Headers">Each with its values, in order.</param>
/// <param name="Retries">True to try again when the server cannot be reached or says that it is busy or broken.</param>
/// <param name="TakesBytes">True to take the body of the answer as bytes, whatever it is.</param>
[Effect("http-request")]
public sealed record HttpCall(string Method, string Url, string? Content, string? ContentType, ImmutableArray<HttpHeader> Headers, bool Retries, bool TakesBytes = false);

public sealed record HttpHeader(string Name, ImmutableArray<string> Values);

public enum HttpEnd
{
    Answered,
    FailedToConnect,
    Timeout,

    /// <summary>The request may not or cannot be sent, or its answer not be taken; <see cref="HttpReply.Message"/> says why.</summary>
    Refused,
}

/// <summary>How a request ended.</summary>
/// <param name="Content">The body as text; of a body that is no text, as Base64.</param>
public sealed record HttpReply(HttpEnd End, int StatusCode, ImmutableArray<HttpHeader> Headers, string? ContentType, string? Content, string? Message)
{
    public static HttpReply Of(HttpEnd end, string message) => new(end, 0, [], null, null, message);
}

/// <summary>What the activities that send HTTP requests share: how the request is put together, and what its answer gives.</summary>
internal static class HttpExchange
{
    public static readonly IReadOnlyList<string> Outputs = ["statusCode", "parsedContent", "responseHeaders", "result"];

    public static readonly IReadOnlyList<InputDescriptor> Inputs =
    [
        new("url", "String", IsRequired: true) { Summary = "Address, with http or https." },
        new("method", "String") { Summary = "GET without it." },
        new("content", "Object") { Summary = "Body: text as it is, anything else as JSON or as a form, as the content type says." },
        new("contentType", "String") { Summary = "Type of the body; application/json without it." },
        new("authorization", "String") { Summary = "Value of the header Authorization; {{secret:NAME}} stands for a secret of the server." },
        new("disableAuthorizationHeaderValidation", "Boolean") { Summary = "Elsa's option; the header is never checked here." },
        new("requestHeaders", "Object") { Summary = "More headers, by name; a value or a list of them. {{secret:NAME}} stands for a secret of the server." },
        new("enableResiliency", "Boolean") { Summary = "Tries again when the server cannot be reached or says that it is busy or broken." },
    ];

    public static HttpCall CallOf(ActivityContext context)
    {
        var content = context.Input("content");
        var type = content is null ? null : context.Text("contentType") is { Length: > 0 } given ? given : "application/json";
        return new(
            context.Text("method") is { Length: > 0 } method ? method.ToUpperInvariant() : "GET",
            context.Text("url") ?? throw ActivityContext.Fault("input 'url': expected an address, found nothing"),
            content is { } body ? BodyOf(body, type!) : null, type, [.. HeadersOf(context)], context.Input("enableResiliency") is { } flag && Values.IsTrue(flag));
    }

    /// <summary>Ends of a request that lead different ways: an answer with each code that is expected and with another one, and none.</summary>
    public static IReadOnlyList<JsonElement?> Samples(IEnumerable<int> expected)
    {
        var codes = expected.ToHashSet();
        var other = Enumerable.Range(100, 500).First(code => !codes.Contains(code));
        var ends = codes.Append(other).Select(code => HttpReply.Of(HttpEnd.Answered, "") with { StatusCode = code })
            .Append(HttpReply.Of(HttpEnd.FailedToConnect, "")).Append(HttpReply.Of(HttpEnd.Timeout, ""));
        return [.. ends.Select(end => (JsonElement?)JsonSerializer.SerializeToElement(end, InstanceJson.Options))];
    }

    /// <summary>Sets the outputs that an answer gives.</summary>
    public static HttpReply Read(ActivityContext context, Resumption resumption)
    {
        var reply = ReplyOf(resumption);
        if (reply.End != HttpEnd.Answered) return reply;
        var headers = HeadersOf(reply);
        var parsed = ParsedOf(reply);
        context.SetOutput("statusCode", Values.From(reply.StatusCode));
        context.SetOutput("responseHeaders", headers);
        context.SetOutput("parsedContent", parsed);
        context.SetOutput("result", Values.From(new { statusCode = reply.StatusCode, headers, contentType = reply.ContentType, content = parsed }));
        return reply;
    }

    public static HttpReply ReplyOf(Resumption resumption)
    {
        var reply = ((Resumption.FromEffect)resumption).Result?.Deserialize<HttpReply>(InstanceJson.Options) ?? throw ActivityContext.Fault("expected the end of a request, found nothing");
        return reply.End == HttpEnd.Refused ? throw ActivityContext.Fault(reply.Message ?? "the request was refused") : reply;
    }

    public static JsonElement HeadersOf(HttpReply reply) => Values.From(reply.Headers.ToDictionary(header => header.Name, header => header.Values));

    private static string BodyOf(JsonElement body, string type)
    {
        // Text that is JSON already is sent as it is.
        if (body.ValueKind == JsonValueKind.String && (!type.Contains("json", StringComparison.OrdinalIgnoreCase) || Values.ToJson(body).ValueKind != JsonValueKind.String)) return body.GetString()!;
        return type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) && body.ValueKind == JsonValueKind.Object
            ? string.Join('&', body.EnumerateObject().Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(Values.ToText(field.Value))}"))
            : body.GetRawText();
    }

    private static IEnumerable<HttpHeader> HeadersOf(ActivityContext context)
    {
        if (context.Text("authorization") is { Length: > 0 } authorization) yield return new("Authorization", [authorization]);
        if (context.Input("requestHeaders") is not { } headers) yield break;
        if (headers.ValueKind != JsonValueKind.Object) throw ActivityContext.Fault($"input 'requestHeaders': expected an object of headers, found {headers.Describe()}");
        foreach (var header in headers.EnumerateObject())
            yield return new(header.Name, header.Value.ValueKind == JsonValueKind.Array ? [.. header.Value.EnumerateArray().Select(value => Values.ToText(value))] : [Values.ToText(header.Value)]);
    }

    private static JsonElement? ParsedOf(HttpReply reply)
    {
        if (reply.Content is not { Length: > 0 } content) return null;
        var text = Values.From(content);
        return reply.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true ? Values.ToJson(text) : text;
    }
}
