using System.Diagnostics;
using System.Text.Json;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Replays;

/// <summary>The command as a process.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private readonly string folder = ServerProcess.NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task It_names_what_it_cannot_read_and_ends_with_one_line_of_figures()
    {
        var log = await SmallLog.WriteAsync(folder);
        var database = Path.Combine(folder, "new", "workflow.db");

        var (code, output, errors) = await RunAsync("replay", log, "--map", SmallLog.MapFile, "--database", database, "--dump", Path.Combine(folder, "dump"));

        code.ShouldBe(0, errors);
        var line = JsonElement.Parse(output.Trim());
        line.EnumerateObject().Select(member => member.Name).Take(10).ShouldBe(
            ["cases", "events", "activities", "variants", "closed_on_time", "closed_late", "open", "median_days", "mean_days", "returns"]);
        (line.GetProperty("cases").GetInt32(), line.GetProperty("unreadable_rows").GetInt32()).ShouldBe((11, 3));
        errors.ShouldContain($"{log}: line 25: expected an activity that the map has under a stage, found 'Nobody knows this'");
        errors.ShouldContain($"{log}: line 27: expected a time such as");
        errors.ShouldContain($"{log}: line 28: expected fields as RFC 4180 writes them");
        errors.ShouldContain("100 %");
        File.Exists(database).ShouldBeTrue();
        File.ReadLines(Path.Combine(folder, "dump")).ShouldContain(row => row.Contains("\"table\":\"tasks\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_that_is_not_there_and_a_map_with_a_mistake_change_nothing()
    {
        var log = await SmallLog.WriteAsync(folder);
        var (map, database) = (Path.Combine(folder, "map.json"), Path.Combine(folder, "workflow.db"));
        await File.WriteAllTextAsync(map, (await File.ReadAllTextAsync(SmallLog.MapFile)).Replace("\"case:enddate\"", "7", StringComparison.Ordinal));

        (await RunAsync("replay", Path.Combine(folder, "none.csv"), "--map", map, "--database", database)).Code.ShouldBe(2);
        var (code, output, errors) = await RunAsync("replay", log, "--map", map, "--database", database);

        (code, output).ShouldBe((1, ""));
        errors.ShouldContain($"{map}: /columns/end: expected a text, found 7");
        File.Exists(database).ShouldBeFalse();
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(ServerProcess.Command(arguments))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
