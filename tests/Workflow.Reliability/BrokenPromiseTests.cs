using Workflow.Reliability.Faults;
using Workflow.Reliability.Processes;
using Workflow.Reliability.Runs;
using Xunit.Abstractions;

namespace Workflow.Reliability;

/// <summary>The same runs on servers that break a promise on purpose: the checker has to fail.</summary>
public class BrokenPromiseTests(ITestOutputHelper output)
{
    private const int Clients = 6;

    [Fact]
    public async Task Answers_before_the_commit_are_found_out()
    {
        var run = new RunDescription(StoreKind.Sqlite, new KillServer(), 3, Clients, Seeds.Next()) { Settings = new Dictionary<string, string> { ["Broken__AnswerBeforeCommitMs"] = "300" } };

        var report = await ReliabilityRun.RunAsync(run, output.WriteLine);

        report.Broken.ShouldContain(line => line.EndsWith("was acknowledged and is gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ignored_keys_are_found_out()
    {
        var run = new RunDescription(StoreKind.Sqlite, new LoseAnswer(), 20, Clients, Seeds.Next()) { Settings = new Dictionary<string, string> { ["Broken__NoKey"] = "true" } };

        var report = await ReliabilityRun.RunAsync(run, output.WriteLine);

        report.Broken.ShouldContain(line => line.EndsWith(" times", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outside_of_development_nothing_can_be_broken_on_purpose()
    {
        var folder = ServerProcess.NewFolder();
        using var server = new System.Diagnostics.Process { StartInfo = ServerProcess.Command("--environment", "Production", "--data", folder) };
        server.StartInfo.Environment["Broken__NoKey"] = "true";
        server.Start();

        var error = await server.StandardError.ReadToEndAsync();
        await server.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);

        (server.ExitCode, error.Trim()).ShouldBe((2, "Broken: expected environment Development, found Production"));
    }
}
