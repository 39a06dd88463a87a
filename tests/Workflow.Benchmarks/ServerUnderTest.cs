using Workflow.Benchmarks.Stores;
using Workflow.Engine.Definitions;
using Workflow.Reliability.Processes;

namespace Workflow.Benchmarks;

/// <summary>The real server as a process of its own on a database of the run, with a definition besides the project's.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    /// <summary>An account of the demo organisation that may run workflows.</summary>
    private const string UserName = "operator";

    private readonly ServerProcess process;

    private ServerUnderTest(ServerProcess process) => this.process = process;

    /// <summary>Not started yet.</summary>
    /// <param name="definition">Besides the project's.</param>
    public static ServerUnderTest Prepare(BenchmarkStore store, string connectionString, WorkflowDefinition? definition = null)
    {
        var definitions = store.NewFolder("definitions");
        foreach (var sub in new[] { "calendars", "organisation", "workflows" })
        {
            var to = Directory.CreateDirectory(Path.Combine(definitions, sub)).FullName;
            foreach (var file in Directory.EnumerateFiles(Path.Combine(ServerProcess.RepositoryRoot, "definitions", sub))) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
        if (definition is not null) File.WriteAllText(Path.Combine(definitions, "workflows", $"{definition.Id.DefinitionId}.json"), definition.Document.GetRawText());
        var process = new ServerProcess(store.NewFolder("data"));
        process.Settings["Data__Definitions"] = definitions;
        process.Settings["Database__Provider"] = store.Provider.ToString();
        process.Settings["Database__ConnectionString"] = connectionString;
        return new(process);
    }

    /// <summary>CPU time and memory of the process that runs.</summary>
    public (TimeSpan Cpu, long PeakRssBytes) Usage => process.Usage;

    /// <summary>Returns when <c>/health/ready</c> answers 200.</summary>
    public Task StartAsync() => process.StartAsync();

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => process.KillAsync();

    public Task<ApiClient> SignInAsync(string userName = UserName) => ApiClient.SignInAsync(process.Address, userName);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}

/// <summary>The loop through the API, each command with an idempotency key of its own.</summary>
internal sealed class HttpLoop(ApiClient client, DefinitionVersion definition) : ILoopTarget<string>
{
    private static readonly object?[] Events =
        [.. Enumerable.Range(0, FiveSteps.Steps + 1).Select(step => new { name = FiveSteps.EventOf(step), payload = FiveSteps.Payload })];

    private readonly object start = new { definitionId = definition.DefinitionId, version = definition.Version };
    private long keys;

    public async Task<string> StartAsync() => (await SendAsync("instances", start)).Text("id")!;

    public Task SendAsync(string instance, int step) => SendAsync($"instances/{instance}/events", Events[step]!);

    private async Task<ApiAnswer> SendAsync(string path, object body)
    {
        var answer = await client.PostAsync(path, body, $"bench-{Interlocked.Increment(ref keys)}");
        return answer.IsSuccess ? answer : throw new WrongResultException($"a command that is taken: {path}", answer.ToString());
    }
}
