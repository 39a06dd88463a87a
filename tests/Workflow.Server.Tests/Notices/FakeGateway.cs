using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Notices;

/// <param name="Attempt">1 for the first request with this id.</param>
internal sealed record GatewayCall(string Id, int Attempt, JsonElement Body);

/// <summary>A gateway on loopback that can be slow, dead or lying. It counts whom it has told, each id once.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    public const string Secret = "a secret of the gateway";

    private readonly HttpListener listener = new();
    private readonly ConcurrentDictionary<string, int> attempts = new();
    private readonly CancellationTokenSource end = new();
    private readonly Task serving;

    public FakeGateway()
    {
        Address = new($"http://127.0.0.1:{FreePort.Next()}/notices/");
        listener.Prefixes.Add(Address.ToString());
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Requests by id.</summary>
    public IReadOnlyDictionary<string, int> Attempts => attempts;

    /// <summary>Who was told, by id; what came again under the same id is not told again.</summary>
    public ConcurrentDictionary<string, string> Told { get; } = new();

    /// <summary>Requests whose signature did not fit.</summary>
    public int Unsigned { get; private set; }

    /// <summary>What is answered: a status, and a body. Null breaks the connection off.</summary>
    public Func<GatewayCall, CancellationToken, Task<(int Status, string Body)?>> Answer { get; set; } = (_, _) => Task.FromResult<(int, string)?>((200, """{"status":"sent"}"""));

    public static IEnumerable<(string Name, string Value)> Sign(string id, string body, string secret = Secret)
    {
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        return [("webhook-id", id), ("webhook-timestamp", time), ("webhook-signature", Signature(id, time, body, secret))];
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Close();
        await serving;
        end.Dispose();
    }

    private static string Signature(string id, string time, string body, string secret) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{id}.{time}.{body}")));

    private async Task ServeAsync()
    {
        while (true)
            try
            {
                _ = AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception problem) when (problem is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream);
            var (text, headers) = (await reader.ReadToEndAsync(), context.Request.Headers);
            var id = headers["Idempotency-Key"]!;
            if (headers["webhook-id"] != id || headers["webhook-signature"] != Signature(id, headers["webhook-timestamp"]!, text, Secret)) Unsigned++;
            var call = new GatewayCall(id, attempts.AddOrUpdate(id, 1, (_, count) => count + 1), JsonElement.Parse(text));
            if (await Answer(call, end.Token) is not { } answer)
            {
                context.Response.Abort();
                return;
            }
            if (answer.Status == 200) Told.TryAdd(id, call.Body.GetProperty("to").GetString()!);
            context.Response.StatusCode = answer.Status;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
            context.Response.Close();
        }
        catch (Exception problem) when (problem is HttpListenerException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            // Who asked has gone, or the test has ended.
        }
    }
}
