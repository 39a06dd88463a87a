using System.Collections.Immutable;
using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using Workflow.Activities.Http;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;

namespace Workflow.Server.Http;

/// <summary>
/// Sends requests of workflows, to allowed hosts outside, and puts secrets in the place of references to them. Each carries the effect's id as <c>Idempotency-Key</c>, because it may be sent again.
/// What went wrong on the way is an answer too: the workflow decides what follows.
/// </summary>
internal sealed class HttpCallHandler : IEffectHandler<HttpCall>, IDisposable
{
    private static readonly HashSet<string> OwnHeaders = new(["Host", "Content-Length", "Transfer-Encoding", "Connection", "Content-Type", "Upgrade", "Expect"], StringComparer.OrdinalIgnoreCase);

    private readonly HttpOptions options;
    private readonly HttpClient http;

    public HttpCallHandler(IOptions<HttpOptions> options, OutsideAddress outside)
    {
        this.options = options.Value;
        http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectCallback = outside.ConnectAsync, AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public void Dispose() => http.Dispose();

    public async Task<object?> HandleAsync(HttpCall effect, EffectId id, CancellationToken cancel)
    {
        if (effect.Headers.SelectMany(header => header.Values).SelectMany(HttpSecrets.NamesIn).FirstOrDefault(name => !options.Secrets.ContainsKey(name)) is { } unknown)
            return HttpReply.Of(HttpEnd.Refused, $"secret '{unknown}': expected one of the setting Http:Secrets, found none of this name");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            var reply = await SendAsync(effect, id, limit.Token);
            if (effect.Retries && reply.StatusCode is 408 or 429 or >= 500) throw new InvalidOperationException($"expected an answer, found status {reply.StatusCode}");
            return reply;
        }
        catch (Exception problem) when (problem is AddressRefusedException || problem.InnerException is AddressRefusedException)
        {
            return HttpReply.Of(HttpEnd.Refused, (problem as AddressRefusedException ?? problem.InnerException!).Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested && !effect.Retries)
        {
            return HttpReply.Of(HttpEnd.Timeout, $"no answer within {options.TimeoutSeconds} s");
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException && !effect.Retries)
        {
            return HttpReply.Of(HttpEnd.FailedToConnect, problem.Message);
        }
    }

    private async Task<HttpReply> SendAsync(HttpCall call, EffectId id, CancellationToken cancel)
    {
        var (method, url, hasContent, first) = (call.Method, AddressOf(call.Url, null), call.Content is not null, call.Url);
        for (var redirects = 0; ; redirects++)
        {
            using var request = RequestOf(call, method, url, hasContent, withSecrets: redirects == 0 || url.Authority == new Uri(first).Authority);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", id.ToString());
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.Headers.Location is not { } location || (int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) return await ReadAsync(response, call.TakesBytes, cancel);
            if (redirects == options.MaxRedirects) throw new AddressRefusedException($"'{first}': expected at most {options.MaxRedirects} redirects, found more");
            url = AddressOf(location.OriginalString, url);
            if ((int)response.StatusCode is 307 or 308 || method is "GET" or "HEAD") continue;
            (method, hasContent) = ("GET", false);
        }
    }

    private Uri AddressOf(string text, Uri? from)
    {
        var isAddress = from is null ? Uri.TryCreate(text, UriKind.Absolute, out var url) : Uri.TryCreate(from, text, out url);
        if (!isAddress || url!.Scheme is not ("http" or "https")) throw new AddressRefusedException($"expected an address with http or https, found '{text}'");
        return options.Allows(url.IdnHost) ? url : throw new AddressRefusedException($"host '{url.IdnHost}': expected one of the setting Http:AllowedHosts, found another");
    }

    private HttpRequestMessage RequestOf(HttpCall call, string method, Uri url, bool hasContent, bool withSecrets)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (hasContent)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(call.Content!));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", call.ContentType);
        }
        foreach (var header in call.Headers.Where(header => !OwnHeaders.Contains(header.Name) && (withSecrets || !HttpSecrets.IsSecret(header))))
        {
            var values = header.Values.Select(value => HttpSecrets.Resolve(value, name => options.Secrets[name])).ToList();
            if (!request.Headers.TryAddWithoutValidation(header.Name, values)) request.Content?.Headers.TryAddWithoutValidation(header.Name, values);
        }
        return request;
    }

    private async Task<HttpReply> ReadAsync(HttpResponseMessage response, bool takesBytes, CancellationToken cancel)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0; kept.Write(buffer, 0, read))
            if (kept.Length + read > options.MaxResponseBytes) return HttpReply.Of(HttpEnd.Refused, $"expected an answer of at most {options.MaxResponseBytes} bytes, found more");
        var type = response.Content.Headers.ContentType;
        ImmutableArray<HttpHeader> headers = [.. response.Headers.Concat(response.Content.Headers).Select(header => new HttpHeader(header.Key, [.. header.Value]))];
        return new(HttpEnd.Answered, (int)response.StatusCode, headers, type?.MediaType, takesBytes ? Convert.ToBase64String(kept.ToArray()) : TextOf(kept.ToArray(), type?.CharSet), null);
    }

    private static string TextOf(byte[] body, string? charset)
    {
        try
        {
            var encoding = charset is null ? new UTF8Encoding(false, throwOnInvalidBytes: true) : Encoding.GetEncoding(charset.Trim('"'), EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return encoding.GetString(body);
        }
        catch (ArgumentException)
        {
            // No text, or in an encoding that is not known here.
            return Convert.ToBase64String(body);
        }
    }
}
