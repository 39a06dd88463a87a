using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Reliability.Processes;

namespace Workflow.Reliability;

/// <summary>
/// Raises tasks and brings them through the loop, over and over. When an answer does not come, it asks again with the same key, as an
/// integrator should. Whatever was answered with success goes to its own list.
/// </summary>
internal sealed class BusyClient(int number, Random random, IReadOnlyDictionary<string, ApiClient> people)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(90);

    private readonly List<Acknowledged> acknowledged = [];
    private int requests;

    public IReadOnlyList<Acknowledged> Acknowledged => acknowledged;

    public async Task RunAsync(CancellationToken stop)
    {
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            var subject = $"client {number} round {round}";
            var raised = await AskAsync(key => people["tech"].RaiseAsync(subject, key: key));
            acknowledged.Add(new Acknowledged.Raised(subject, raised.Text("id")!, raised.Text("number")!));
            if (random.Next(3) == 0) continue;
            foreach (var (who, outcome, values) in Steps())
            {
                if (stop.IsCancellationRequested) return;
                await HandleAsync(raised.Text("id")!, who, outcome, values);
            }
        }
    }

    private IEnumerable<(string Who, string Outcome, JsonObject Values)> Steps()
    {
        yield return ("grid", random.Next(4) == 0 ? "FalseAlarm" : "Done", new() { ["finding"] = "seen" });
        yield return ("tech", "Done", new() { ["category"] = "扬尘", ["conclusion"] = "dust" });
        yield return ("enforcement", "Done", new() { ["measure"] = "covered" });
        yield return ("inspection", "Pass", new() { ["solved"] = true });
    }

    private async Task HandleAsync(string task, string who, string outcome, JsonObject values)
    {
        var person = people[who];
        if (await ItemAsync(person, task) is not { } item) return;
        var id = item.GetProperty("id").GetString()!;
        var number = int.Parse(id[(id.IndexOf('-', StringComparison.Ordinal) + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        var claimed = await AskAsync(key => person.PostAsync($"work-items/{id}/claim", new { revision = item.GetProperty("revision").GetInt32() }, key));
        acknowledged.Add(new Acknowledged.Claimed(task, number, $"u-{who}"));
        if (who == "grid") await AskAsync(key => person.AttachAsync(id, ApiClient.Png, key: key));
        await AskAsync(key => person.PostAsync($"work-items/{id}/completion", new { revision = claimed.Revision, outcome, values }, key));
        acknowledged.Add(new Acknowledged.Completed(task, number, outcome));
    }

    private static async Task<JsonElement?> ItemAsync(ApiClient person, string task)
    {
        JsonElement? item = null;
        await Poll.UntilAsync("the inbox answers", AnswerLimit, async () =>
        {
            try
            {
                item = await person.ItemOfAsync(task);
                return true;
            }
            catch (Exception problem) when (problem is HttpRequestException or IOException or KeyNotFoundException or InvalidOperationException)
            {
                return false;
            }
        });
        return item;
    }

    /// <summary>Sends until an answer comes; a refusal is a fault of this client and stops it.</summary>
    private async Task<ApiAnswer> AskAsync(Func<string, Task<ApiAnswer>> send)
    {
        var key = $"{number}-{++requests}";
        ApiAnswer? answer = null;
        await Poll.UntilAsync($"request {key} is answered", AnswerLimit, async () =>
        {
            try
            {
                answer = await send(key);
                return (int)answer.Status < 500;
            }
            catch (Exception problem) when (problem is HttpRequestException or IOException)
            {
                return false;
            }
        });
        return answer!.IsSuccess ? answer : throw new InvalidOperationException($"request {key} was refused: {answer.Status} {answer.Body}");
    }
}
