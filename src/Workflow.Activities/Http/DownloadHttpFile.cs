using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Http;

/// <summary>
/// <c>Elsa.DownloadHttpFile</c>: fetches a file, within the server's limit for answers. Its bytes come as Base64, which is how JSON carries them;
/// <c>result</c> is <c>{fileName, contentType, sizeBytes, content}</c>.
/// </summary>
public sealed class DownloadHttpFile : FlowSendHttpRequest
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.DownloadHttpFile")
    {
        Category = "HTTP",
        Summary = "Fetches a file; its bytes come as Base64.",
        Waits = true,
        Inputs = [.. HttpExchange.Inputs, ExpectedStatusCodes],
        Outputs = ["statusCode", "responseHeaders", "responseContentBytes", "responseContentStream", "result"],
    };

    protected override HttpCall CallOf(ActivityContext context) => HttpExchange.CallOf(context) with { TakesBytes = true };

    protected override HttpReply Read(ActivityContext context, Resumption resumption)
    {
        var reply = HttpExchange.ReplyOf(resumption);
        if (reply.End != HttpEnd.Answered) return reply;
        var content = reply.Content ?? "";
        context.SetOutput("statusCode", Values.From(reply.StatusCode));
        context.SetOutput("responseHeaders", HttpExchange.HeadersOf(reply));
        context.SetOutput("responseContentBytes", Values.From(content));
        context.SetOutput("responseContentStream", Values.From(content));
        context.SetOutput("result", Values.From(new { fileName = FileNameOf(context), contentType = reply.ContentType, sizeBytes = Convert.FromBase64String(content).Length, content }));
        return reply;
    }

    /// <summary>The last part of the address.</summary>
    private static string? FileNameOf(ActivityContext context) =>
        Uri.TryCreate(context.Text("url"), UriKind.Absolute, out var url) && url.Segments[^1].Trim('/') is { Length: > 0 } name ? Uri.UnescapeDataString(name) : null;
}
