using System.Collections.Concurrent;
using Workflow.Reliability.Processes;

namespace Workflow.Reliability.Clients;

/// <summary>
/// The people of the demo organisation, signed in at every node. Who gets no answer asks again, at the next node and with the same key, as an
/// integrator should.
/// </summary>
internal sealed class Staff(IReadOnlyList<Uri> nodes) : IDisposable
{
    public const string Operator = "operator";

    /// <summary>Longer than any fault lasts.</summary>
    private static readonly TimeSpan PatienceLimit = TimeSpan.FromSeconds(120);

    /// <summary>Who waits for longer asks the next server, while this one may have the command in hand.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    /// <summary>With one server there is no next one: asking again would only add to what a server that has just started has to do.</summary>
    private readonly TimeSpan answerLimit = nodes.Count > 1 ? AnswerLimit : PatienceLimit / 4;

    private readonly ConcurrentDictionary<(string Who, Uri Node), Lazy<Task<ApiClient>>> signedIn = new();
    private readonly ConcurrentDictionary<Uri, int> answers = new();
    private int repeated;

    /// <summary>Requests that had no answer and were sent again.</summary>
    public int Repeated => Volatile.Read(ref repeated);

    /// <summary>How many requests each node has answered.</summary>
    public IReadOnlyDictionary<Uri, int> Answers => answers;

    /// <summary>Sends until an answer comes, a refusal being one.</summary>
    /// <param name="node">Which node is asked first.</param>
    public async Task<ApiAnswer> AskAsync(string who, int node, Func<ApiClient, Task<ApiAnswer>> send)
    {
        ApiAnswer? answer = null;
        await Poll.UntilAsync("a request is answered", PatienceLimit, async () =>
        {
            var address = nodes[node++ % nodes.Count];
            answer = await TryAsync(who, address, send);
            if (answer is null) Interlocked.Increment(ref repeated);
            else answers.AddOrUpdate(address, 1, (_, count) => count + 1);
            return answer is not null;
        });
        return answer!;
    }

    public void Dispose()
    {
        foreach (var client in signedIn.Values.Where(client => client is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })) client.Value.Result.Dispose();
    }

    private async Task<ApiAnswer?> TryAsync(string who, Uri node, Func<ApiClient, Task<ApiAnswer>> send)
    {
        // All clients share a session: signing in is the most expensive thing they do.
        var session = signedIn.GetOrAdd((who, node), _ => new(() => ApiClient.SignInAsync(node, who, answerLimit: answerLimit)));
        try
        {
            var answer = await send(await session.Value);
            // A clock that jumps ends sessions.
            if (answer.Status == System.Net.HttpStatusCode.Unauthorized) signedIn.TryRemove(new((who, node), session));
            else if ((int)answer.Status < 500) return answer;
            return null;
        }
        catch (Exception problem) when (problem is HttpRequestException or System.Net.Sockets.SocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            if (!session.Value.IsCompletedSuccessfully) signedIn.TryRemove(new((who, node), session));
            return null;
        }
    }
}
