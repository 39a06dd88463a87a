using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Workflow.Reliability.Processes;

/// <summary>A PostgreSQL server of its own: a new cluster in a temporary folder, on a free loopback port. It can be killed and started again.</summary>
/// <param name="folder">Its own, deleted at the end.</param>
public sealed class PostgresServer(string folder) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static int databases;

    private readonly int port = FreePort.Next();
    private readonly string programs = Programs();
    private Process? process;

    /// <param name="folder">Where the cluster lies; a temporary folder without it.</param>
    public static async Task<PostgresServer> StartNewAsync(string? folder = null)
    {
        folder ??= Directory.CreateTempSubdirectory("workflow-postgres-").FullName;
        var server = new PostgresServer(folder);
        if (IsRoot) await RunAsync("chown", "postgres", folder);
        await server.RunAsPostgresAsync("initdb", "--pgdata", server.Data, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync");
        await server.StartAsync();
        return server;
    }

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(folder, "data");

    /// <summary>It was started and has ended by itself.</summary>
    public bool HasEnded => process is { HasExited: true };

    public async Task StartAsync()
    {
        process = Process.Start(AsPostgres(Path.Combine(programs, "postgres"), ["-D", Data, "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1",
            "-c", "min_wal_size=32MB", "-c", "max_wal_size=96MB", "-c", $"unix_socket_directories={folder}", "-c", "max_connections=300", "-c", "log_min_messages=fatal"]))!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await Poll.UntilAsync("PostgreSQL is ready", StartLimit, async () =>
        {
            if (process.HasExited) throw new InvalidOperationException($"PostgreSQL ended with exit code {process.ExitCode}");
            try
            {
                await ExecuteAsync("select 1");
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
    }

    /// <summary>SIGKILL to the postmaster and everything under it.</summary>
    public async Task KillAsync()
    {
        if (process is null) return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <returns>The connection string of a new, empty database.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"workflow_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync($"create database {name}");
        return ConnectionTo(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await KillAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = "postgres", Database = database, MaxPoolSize = 50 }.ToString();

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionTo("postgres")) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task RunAsPostgresAsync(string program, params string[] arguments)
    {
        using var run = Process.Start(AsPostgres(Path.Combine(programs, program), arguments))!;
        var error = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        if (run.ExitCode != 0) throw new InvalidOperationException($"{program} ended with exit code {run.ExitCode}: {error}");
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private ProcessStartInfo AsPostgres(string program, string[] arguments)
    {
        string[] command = IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments] : [program, .. arguments];
        return new(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(program, arguments))!;
        await run.WaitForExitAsync();
    }

    private static string Programs() => Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
        .Where(bin => File.Exists(Path.Combine(bin, "postgres"))).OrderByDescending(bin => int.Parse(new DirectoryInfo(bin).Parent!.Name, CultureInfo.InvariantCulture)).First();
}
