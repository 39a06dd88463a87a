using System.Diagnostics;
using System.Text.Json;
using Workflow.Reliability.Processes;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests;

/// <summary>The benchmarks in small: each scenario still runs, finds its result right, and says what it always said. No figure is asserted.</summary>
[Collection(Stores.Collection)]
public sealed class BenchmarkTests(Stores stores)
{
    private static readonly string Program = Path.Combine(
        ServerProcess.RepositoryRoot, "tests", "Workflow.Benchmarks", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Workflow.Benchmarks.dll");

    private static readonly Dictionary<string, (string[] Arguments, string[] Members)> Scenarios = new()
    {
        ["floor"] = (["--connections", "2"], ["store", "connections", "floor_commits_per_s"]),
        ["loop"] = (["--n", "20", "--concurrency", "4"],
        [
            "store", "n", "concurrency", "instances_per_s", "transitions_per_s", "ack_p50_ms", "ack_p99_ms", "cpu_s", "peak_rss_mb", "disk_bytes_per_instance",
            "floor_commits_per_s", "cpu_ms_per_transition", "of_floor",
        ]),
        ["waiting"] = (["--n", "20"], ["store", "n", "starts_per_s", "rss_before_mb", "rss_after_mb", "growth_mb", "due", "lag_p50_ms", "lag_p99_ms", "lag_max_ms"]),
        ["recover"] = (["--n", "20"], ["store", "n", "first_ready_s", "answered_before_kill", "ready_s"]),
        ["growth"] = (["--n", "40", "--driven", "10", "--concurrency", "4"],
            ["store", "n", "concurrency", "fill_s", "size_mb", "empty_transitions_per_s", "full_transitions_per_s", "ratio"]),
        ["http"] = (["--n", "10", "--concurrency", "4"],
        [
            "store", "n", "concurrency", "instances_per_s", "transitions_per_s", "ack_p50_ms", "ack_p99_ms", "server_cpu_s", "client_cpu_s", "server_peak_rss_mb",
        ]),
        ["intake"] = (["--rate", "20", "--seconds", "1", "--alarms", "50", "--sites", "5"],
        [
            "store", "rate", "seconds", "tasks", "offered_p50_ms", "offered_p99_ms", "storm_alarms", "storm_tasks", "storm_s", "server_cpu_s",
        ]),
        ["lists"] = (["--open", "50", "--done", "200", "--times", "1"], ["store", "seed", "open", "done", "fill_s", "size_mb", "worst_p99_ms", "server_cpu_s"]),
        ["clocks"] = (["--open", "200", "--times", "1"],
            ["store", "seed", "open", "moved", "no_longer_provisional", "fill_s", "preview_s", "worst_s", "floor_s", "of_floor", "memory_mb"]),
        ["reports"] = (["--n", "200", "--times", "1"], ["store", "seed", "tasks_in_month", "tasks", "fill_s", "size_mb", "floor_ms", "worst_ms"]),
    };

    /// <summary>Those that start a server, which takes longest, run on one store each.</summary>
    [Theory]
    [InlineData("floor", "sqlite")]
    [InlineData("floor", "postgres")]
    [InlineData("loop", "sqlite")]
    [InlineData("loop", "postgres")]
    [InlineData("waiting", "sqlite")]
    [InlineData("waiting", "postgres")]
    [InlineData("growth", "sqlite")]
    [InlineData("growth", "postgres")]
    [InlineData("recover", "sqlite")]
    [InlineData("http", "postgres")]
    [InlineData("intake", "sqlite")]
    [InlineData("lists", "postgres")]
    [InlineData("clocks", "sqlite")]
    [InlineData("reports", "sqlite")]
    [InlineData("reports", "postgres")]
    public async Task A_scenario_measures_a_few_instances(string scenario, string store)
    {
        var (arguments, members) = Scenarios[scenario];
        string[] connection = store == "postgres" ? ["--connection", await stores.NewPostgresAsync()] : [];

        var (code, output, error) = await RunAsync([scenario, "--store", store, .. connection, .. arguments, "--minutes", "3"]);

        code.ShouldBe(0, error);
        // Some have a line for each thing that is measured before the last, which says what all of it was.
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        lines[^1].EnumerateObject().Select(member => member.Name).ShouldBe(members);
    }

    [Fact]
    public async Task Places_are_looked_up_without_a_store()
    {
        var (code, output, error) = await RunAsync(["places", "--n", "5000"]);

        code.ShouldBe(0, error);
        JsonElement.Parse(output).EnumerateObject().Select(member => member.Name)
            .ShouldBe(["n", "seed", "areas", "outlines", "repaired", "build_ms", "found_share", "lookups_per_s", "wgs84_lookups_per_s"]);
    }

    [Theory]
    [InlineData("loop", "--n", "0", "--n: expected 1 to")]
    [InlineData("loop", "--store", "oracle", "'oracle' not recognized")]
    [InlineData("growth", "--connection", "Host=127.0.0.1", "--connection: expected --store postgres")]
    public async Task What_cannot_be_measured_is_bad_usage(string scenario, string option, string value, string expected)
    {
        var (code, _, error) = await RunAsync([scenario, option, value]);

        code.ShouldBe(2);
        error.ShouldContain(expected);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
