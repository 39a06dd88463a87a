using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Workflow.Server.Tests.Notices;

/// <param name="Attempt">1 for the first request with this id.</param>
internal sealed record GatewayCall(string Id, int Attempt, JsonElement Body);

/// <summary>A gateway on loopback that can be slow, dead or lying. It counts whom it has told, each id once.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    public const string Secret = "a secret of the gateway";

    private readonly WebApplication gateway;
    private readonly ConcurrentDictionary<string, int> attempts = new();
    private readonly CancellationTokenSource end = new();
    private int unsigned;

    public FakeGateway()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        gateway = builder.Build();
        gateway.MapPost("/notices", AnswerAsync);
        gateway.Start();
        Address = new($"{gateway.Urls.First()}/notices");
    }

    public Uri Address { get; }

    /// <summary>Requests by id.</summary>
    public IReadOnlyDictionary<string, int> Attempts => attempts;

    /// <summary>Who was told, by id; what came again under the same id is not told again.</summary>
    public ConcurrentDictionary<string, string> Told { get; } = new();

    /// <summary>Requests whose signature did not fit.</summary>
    public int Unsigned => unsigned;

    /// <summary>What is answered: a status, and a body. Null breaks the connection off.</summary>
    public Func<GatewayCall, CancellationToken, Task<(int Status, string Body)?>> Answer { get; set; } = (_, _) => Task.FromResult<(int, string)?>((200, """{"status":"sent"}"""));

    public static IEnumerable<(string Name, string Value)> Sign(string id, string body, string secret = Secret, int secondsAgo = 0)
    {
        var time = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - secondsAgo).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return [("webhook-id", id), ("webhook-timestamp", time), ("webhook-signature", Signature(id, time, body, secret))];
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await gateway.DisposeAsync();
        end.Dispose();
    }

    private static string Signature(string id, string time, string body, string secret) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{id}.{time}.{body}")));

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var (text, headers) = (await reader.ReadToEndAsync(), context.Request.Headers);
        var id = headers["Idempotency-Key"].ToString();
        if (headers["webhook-id"] != id || headers["webhook-signature"] != Signature(id, headers["webhook-timestamp"].ToString(), text, Secret)) Interlocked.Increment(ref unsigned);
        var call = new GatewayCall(id, attempts.AddOrUpdate(id, 1, (_, count) => count + 1), JsonElement.Parse(text));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(end.Token, context.RequestAborted);
        var answer = default((int Status, string Body)?);
        try
        {
            answer = await Answer(call, cancel.Token);
        }
        catch (OperationCanceledException)
        {
            // Who asked has gone, or the test has ended: the connection is broken off, like one that gets no answer.
        }
        if (answer is not (int status, string body))
        {
            context.Abort();
            return;
        }
        if (status == 200) Told.TryAdd(id, call.Body.GetProperty("to").GetString()!);
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }
}
