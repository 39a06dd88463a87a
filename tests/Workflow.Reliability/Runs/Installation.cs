using System.Globalization;
using Workflow.Engine.Storage;
using Workflow.Reliability.Clients;
using Workflow.Reliability.Faults;
using Workflow.Reliability.Processes;

namespace Workflow.Reliability.Runs;

/// <summary>Everything that a run needs to stand: the servers, their database, the target of their effects, and the people who use them.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private static readonly TimeSpan AttemptSpan = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan ClaimMargin = TimeSpan.FromSeconds(0.5);

    /// <summary>600 × real time: the 20 minutes of the response clock pass in two seconds, so deadlines pass between the faults.</summary>
    public static readonly string[] DemoClock = ["--now", "2026-10-03T02:14:00+08:00", "--speed", "600"];

    private readonly List<IAsyncDisposable> others = [];

    private Installation()
    {
    }

    /// <summary>How long a server has an effect for itself.</summary>
    public static TimeSpan ClaimSpan => AttemptSpan + ClaimMargin;

    /// <summary>For files of the run.</summary>
    public string Folder { get; } = ServerProcess.NewFolder();

    public IReadOnlyList<ServerProcess> Nodes { get; private set; } = [];

    public PostgresServer? Postgres { get; private set; }

    public Database Database { get; private set; } = null!;

    public Tmpfs? Disk { get; private set; }

    public CountingTarget Target { get; } = new();

    public Staff Staff { get; private set; } = null!;

    /// <summary>Where clients reach the servers.</summary>
    public IReadOnlyList<Uri> Addresses { get; set; } = [];

    /// <summary>Where clients keep what was answered.</summary>
    public string Logs => Path.Combine(Folder, "acknowledged");

    public static async Task<Installation> StartAsync(RunDescription run)
    {
        var installation = new Installation();
        try
        {
            await installation.BuildAsync(run);
            return installation;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts what has ended by itself.</summary>
    public async Task RestartEndedAsync()
    {
        if (Postgres is { HasEnded: true }) await Postgres.StartAsync();
        foreach (var node in Nodes.Where(node => node.HasEnded)) await node.StartAsync();
    }

    public void AlsoDispose(IAsyncDisposable other) => others.Add(other);

    public async ValueTask DisposeAsync()
    {
        Staff?.Dispose();
        foreach (var other in others) await other.DisposeAsync();
        foreach (var node in Nodes) await node.DisposeAsync();
        if (Postgres is not null) await Postgres.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Disk?.Dispose();
        await Target.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task BuildAsync(RunDescription run)
    {
        Directory.CreateDirectory(Logs);
        var definitions = Path.Combine(Folder, "definitions");
        TestDefinitions.Write(definitions, Target.Address);
        if (run.Fault.DiskMegabytes is { } megabytes) Disk = new(megabytes);
        if (run.Store != StoreKind.Sqlite) Postgres = await PostgresServer.StartNewAsync(Disk is null ? null : NewFolder("cluster"));
        var connection = Postgres is null ? null : await Postgres.NewDatabaseAsync();
        var clock = run.Store != StoreKind.ThreeNodes && run.Fault.AllowsDemoClock ? DemoClock : [];
        Nodes = [.. Enumerable.Range(0, run.Store == StoreKind.ThreeNodes ? 3 : 1).Select(number => new ServerProcess(NewFolder($"node-{number}"), clock) { Postgres = connection })];
        foreach (var node in Nodes) Configure(node, definitions, run);
        Addresses = [.. Nodes.Select(node => node.Address)];
        Database = Nodes[0].Database;
        run.Fault.Prepare(this);
        Staff = new(Addresses);
        foreach (var node in Nodes) await node.StartAsync();
    }

    private string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(Disk?.Folder ?? Folder, name)).FullName;

    private static void Configure(ServerProcess node, string definitions, RunDescription run)
    {
        static string Seconds(double value) => value.ToString(CultureInfo.InvariantCulture);
        var settings = node.Settings;
        settings["Data__Definitions"] = definitions;
        settings["Http__AllowedHosts__0"] = "127.0.0.1";
        settings["Http__AllowPrivateAddresses"] = "true";
        settings["Timers__PollSeconds"] = "1";
        settings["Delivery__PollMs"] = "500";
        settings["Delivery__TimeLimitSeconds"] = Seconds(AttemptSpan.TotalSeconds);
        settings["Delivery__ClaimMarginSeconds"] = Seconds(ClaimMargin.TotalSeconds);
        settings["Delivery__FirstPauseSeconds"] = Seconds(0.2);
        settings["Delivery__MaxPauseSeconds"] = Seconds(2);
        settings["Delivery__PostponeSeconds"] = Seconds(0.5);
        // A crash counts as an attempt, and there are many.
        settings["Delivery__MaxAttempts"] = "1000";
        // Only a disk that is really full shows what happens then; a server that refuses early would never fill it.
        if (run.Fault.DiskMegabytes is not null) settings["Disk__MinFreeMegabytes"] = "0";
        foreach (var (name, value) in run.Settings) settings[name] = value;
    }
}
