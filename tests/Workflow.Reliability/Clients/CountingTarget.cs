using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Workflow.Reliability.Processes;

namespace Workflow.Reliability.Clients;

/// <summary>One request that an effect has made.</summary>
/// <param name="Attempt">1 for the first request with this id.</param>
internal sealed record Arrival(string DeliveryId, int Attempt);

/// <summary>What effects are sent to: counts the requests of each delivery id.</summary>
internal sealed class CountingTarget : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentDictionary<string, int> arrivals = new();
    private readonly Task serving;

    public CountingTarget()
    {
        Address = new($"http://127.0.0.1:{FreePort.Next()}/deliveries/");
        listener.Prefixes.Add(Address.ToString());
        listener.Start();
        serving = ServeAsync();
    }

    public Uri Address { get; }

    public IReadOnlyDictionary<string, int> Arrivals => arrivals;

    /// <summary>Runs before a request is answered.</summary>
    public Func<Arrival, Task> BeforeAnswer { get; set; } = _ => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

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

    /// <summary>The answer is the number of the attempt, so that an instance shows whose answer it has heard.</summary>
    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var id = context.Request.Headers["Idempotency-Key"] ?? "none";
            var attempt = arrivals.AddOrUpdate(id, 1, (_, count) => count + 1);
            await BeforeAnswer(new(id, attempt));
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(attempt.ToString(CultureInfo.InvariantCulture)));
            context.Response.Close();
        }
        catch (Exception problem) when (problem is HttpListenerException or ObjectDisposedException or IOException)
        {
            // Who asked has gone.
        }
    }
}
