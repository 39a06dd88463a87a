using System.Diagnostics;
using System.Globalization;
using System.Net;
using Workflow.Engine.Storage;

namespace Workflow.Reliability.Processes;

/// <summary>The real server as a process of its own, on a free loopback port and a folder of its own. It can be killed and started again.</summary>
public sealed class ServerProcess(string dataFolder, params string[] arguments) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(180);

    private readonly List<string> output = [];
    private Process? process;

    public string DataFolder => dataFolder;

    /// <summary>Settings besides those of appsettings.json, such as <c>Plugins__0</c>.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>The connection string of a PostgreSQL database; null for a SQLite file in the data folder.</summary>
    public string? Postgres { get; init; }

    public Database Database => Postgres is null ? Database.SqliteFile(Path.Combine(dataFolder, "workflow.db")) : Database.Of(DatabaseProvider.Postgres, Postgres);

    /// <summary>It was started and has ended by itself.</summary>
    public bool HasEnded => process is { HasExited: true };

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    /// <summary>What the process has printed since it was first started.</summary>
    public string Output
    {
        get
        {
            lock (output) return string.Join('\n', output);
        }
    }

    /// <summary>CPU time and largest memory of the process that runs.</summary>
    public (TimeSpan Cpu, long PeakRssBytes) Usage
    {
        get
        {
            process!.Refresh();
            return (process.TotalProcessorTime, process.PeakWorkingSet64);
        }
    }

    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The program that <c>WORKFLOW_SERVER</c> names (<c>test.sh</c> compiles one ahead, which starts faster), or the one that was built beside these tests, in the same configuration.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("WORKFLOW_SERVER") ?? Path.Combine(
        RepositoryRoot, "src", "Workflow.Server", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "workflow.dll");

    public static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("workflow-").FullName;
        return folder;
    }

    public static ProcessStartInfo Command(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = RepositoryRoot,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development" },
        };
        return start;
    }

    public Task StartAsync() => StartAsync(arguments);

    public async Task StartAsync(params string[] withArguments)
    {
        process = new Process { StartInfo = Command(["--urls", Address.ToString(), "--data", dataFolder, .. withArguments]) };
        if (Postgres is not null) (process.StartInfo.Environment["Database__Provider"], process.StartInfo.Environment["Database__ConnectionString"]) = ("Postgres", Postgres);
        foreach (var (name, value) in Settings) process.StartInfo.Environment[name] = value;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WaitUntilReadyAsync();
    }

    /// <summary>SIGKILL: the process gets no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        if (process is null) return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>SIGTERM: the process ends what it does and goes.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        await process!.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>SIGSTOP: the process stands still wherever it is, and keeps what it holds.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(dataFolder, recursive: true);
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        await Poll.UntilAsync("the server is ready", StartLimit, async () =>
        {
            if (process!.HasExited) throw new InvalidOperationException($"the server ended with exit code {process.ExitCode}:\n{Output}");
            try
            {
                return (await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (output) output.Add(line);
    }

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Workflow.sln"))) return at.FullName;
        throw new InvalidOperationException("Workflow.sln is not above the tests");
    }
}

/// <summary>Waits for something that another process does.</summary>
public static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static async Task UntilAsync(string what, TimeSpan limit, Func<Task<bool>> condition)
    {
        using var timer = new PeriodicTimer(Interval);
        for (var started = TimeProvider.System.GetTimestamp(); !await condition();)
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit) throw new TimeoutException($"waited {limit} in vain until {what}");
            await timer.WaitForNextTickAsync();
        }
    }
}
