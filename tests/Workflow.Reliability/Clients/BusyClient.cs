using System.Text.Json;
using Workflow.Reliability.Processes;

namespace Workflow.Reliability.Clients;

/// <summary>
/// Works without a pause: raises tasks and brings them through the loop, starts workflows that are no tasks and tells them events. Many are left
/// where they are. What was answered with success goes into the client's own log; a refusal is none of its doing and is kept too.
/// </summary>
internal sealed class BusyClient(int number, Random random, Staff staff, AcknowledgedLog log)
{
    private const int MaxOpen = 20;

    private readonly List<string> couriers = [];
    private readonly List<string> refusals = [];
    private int requests;

    public int Acknowledged => log.Count;

    /// <summary>Each request of this client is one that the server has to take.</summary>
    public IReadOnlyList<string> Refusals => refusals;

    public async Task RunAsync(CancellationToken stop)
    {
        for (var round = 0; !stop.IsCancellationRequested; round++)
            switch (random.Next(4))
            {
                case 0:
                    await HandleTaskAsync($"client {number} round {round}", stop);
                    break;
                case 1:
                    await PublishAsync($"alarm {number} {round}");
                    break;
                case 2 when couriers.Count < MaxOpen:
                    await StartAsync($"courier {number} {round}");
                    break;
                default:
                    await TellAsync($"tick {number} {round}");
                    break;
            }
    }

    private async Task HandleTaskAsync(string subject, CancellationToken stop)
    {
        if (await AskAsync("tech", (client, key) => client.RaiseAsync(subject, key: key)) is not { } raised) return;
        var id = raised.Text("id")!;
        log.Add(new Acknowledged.Raised(subject, id, raised.Text("number")!));
        for (var steps = random.Next(TaskSteps.Count + 1); steps > 0 && !stop.IsCancellationRequested; steps--)
            if (!await HandleItemAsync(id)) return;
    }

    private async Task<bool> HandleItemAsync(string task)
    {
        if (await AskAsync("tech", (client, _) => client.GetAsync($"tasks/{task}")) is not { } seen || TaskSteps.OpenItem(seen.Body) is not { } item) return false;
        var step = TaskSteps.For(item);
        var outcome = step.Who == "grid" && random.Next(4) == 0 ? "FalseAlarm" : step.Outcome;
        if (await AskAsync(step.Who, (client, key) => client.PostAsync($"work-items/{item.Id}/claim", new { revision = item.Revision }, key)) is not { } claimed) return false;
        log.Add(new Acknowledged.Claimed(task, item.Number, $"u-{step.Who}"));
        if (step.NeedsPhoto && await AskAsync(step.Who, (client, key) => client.AttachAsync(item.Id, Photo(key), key: key)) is null) return false;
        if (await AskAsync(step.Who, (client, key) => client.PostAsync($"work-items/{item.Id}/completion", new { revision = claimed.Revision, outcome, values = step.Values }, key)) is null) return false;
        log.Add(new Acknowledged.Completed(task, item.Number, outcome));
        return true;
    }

    /// <summary>A file of its own: the same bytes are kept once.</summary>
    private static byte[] Photo(string key) => [.. ApiClient.Png, .. System.Text.Encoding.UTF8.GetBytes(key)];

    private async Task PublishAsync(string correlation)
    {
        var answer = await AskAsync(Staff.Operator, (client, key) => client.PostAsync("events", new { name = TestDefinitions.AlarmEvent, correlationId = correlation }, key));
        if (answer is not null) log.Add(new Acknowledged.Published(correlation, answer.Body.GetProperty("started")[0].GetString()!));
    }

    private async Task StartAsync(string correlation)
    {
        var answer = await AskAsync(Staff.Operator, (client, key) => client.PostAsync("instances", new { definitionId = TestDefinitions.Courier, correlationId = correlation }, key));
        if (answer is null) return;
        log.Add(new Acknowledged.Started(answer.Text("id")!, correlation));
        couriers.Add(answer.Text("id")!);
    }

    /// <summary>Tells one of the couriers what it waits for, if it waits for an event at the moment.</summary>
    private async Task TellAsync(string payload)
    {
        if (couriers.Count == 0) return;
        var id = couriers[random.Next(couriers.Count)];
        if (await AskAsync(Staff.Operator, (client, _) => client.GetAsync($"instances/{id}")) is not { } seen || EventOf(seen.Body) is not { } name) return;
        var answer = await AskAsync(Staff.Operator, (client, key) => client.PostAsync($"instances/{id}/events", new { name, payload }, key));
        if (answer is not null) log.Add(new Acknowledged.Told(id, payload));
        if (answer is null || name == TestDefinitions.LastEvent) couriers.Remove(id);
    }

    private static string? EventOf(JsonElement instance) => instance.GetProperty("waits").EnumerateArray()
        .Where(wait => wait.GetProperty("kind").GetString() == "Elsa.Event").Select(wait => wait.GetProperty("key").GetString()).FirstOrDefault();

    /// <returns>The answer; null when it is a refusal.</returns>
    private async Task<ApiAnswer?> AskAsync(string who, Func<ApiClient, string, Task<ApiAnswer>> send)
    {
        var key = $"{number}-{++requests}";
        var answer = await staff.AskAsync(who, random.Next(int.MaxValue / 2), client => send(client, key));
        if (answer.IsSuccess) return answer;
        refusals.Add($"request {key} of {who} was refused: {(int)answer.Status} {answer.Body}");
        return null;
    }
}
