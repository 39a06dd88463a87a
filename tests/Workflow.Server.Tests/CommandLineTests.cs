using System.Diagnostics;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests;

/// <summary>The executable as a process: what it prints and how it exits.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string folder = ServerProcess.NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_definitions_of_the_project_are_valid()
    {
        var (code, output) = await RunAsync("validate", "definitions/workflows");

        code.ShouldBe(0, output);
        output.ShouldContain("0 with errors");
    }

    [Fact]
    public async Task A_stage_that_cannot_end_is_refused_with_file_pointer_and_reason()
    {
        var file = await WriteStageThatCannotEndAsync();

        var (code, output) = await RunAsync("validate", file);

        code.ShouldBe(1);
        output.ShouldContain($"{file}: error: /root/response/body/activities/0: expected a way from this activity to the end of its stage, found only a loop without a way out: verify → again → verify");
    }

    [Fact]
    public async Task A_server_does_not_start_on_a_wrong_definition()
    {
        var definitions = Path.Combine(folder, "definitions");
        foreach (var sub in new[] { "calendars", "organisation" }) Copy(Path.Combine(ServerProcess.RepositoryRoot, "definitions", sub), Path.Combine(definitions, sub));
        Directory.CreateDirectory(Path.Combine(definitions, "workflows"));
        File.Move(await WriteStageThatCannotEndAsync(), Path.Combine(definitions, "workflows", "wrong.json"));

        var start = ServerProcess.Command("--urls", "http://127.0.0.1:0", "--data", Path.Combine(folder, "data"));
        start.Environment["Data__Definitions"] = definitions;
        var (code, output) = await RunAsync(start);

        code.ShouldBe(1, output);
        output.ShouldContain("wrong.json: error: /root/response/body/activities/0");
    }

    [Fact]
    public async Task An_activity_of_a_stage_that_never_runs_is_an_error()
    {
        var document = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(ServerProcess.RepositoryRoot, "definitions", "workflows", "air-station-alarm.json")))!;
        document["root"]!["response"]!["body"]!["connections"] = System.Text.Json.Nodes.JsonNode.Parse("""
            [ { "source": { "activity": "verify", "port": "Done" }, "target": { "activity": "verify" } },
              { "source": { "activity": "verify", "port": "FalseAlarm" }, "target": { "activity": "verify" } } ]
            """);
        var file = Path.Combine(folder, "never.json");
        await File.WriteAllTextAsync(file, document.ToJsonString());

        var (code, output) = await RunAsync("validate", file);

        code.ShouldBe(1);
        output.ShouldContain("/root/response/body/activities/0: expected a way to this activity from where the flowchart starts ('false-alarm'), found none; it never runs");
    }

    [Theory]
    [InlineData("--now", "2026-10-03")]
    [InlineData("validate", "no/such/file.json")]
    [InlineData("--now", "tomorrow")]
    [InlineData("--speed", "-1")]
    [InlineData("--speed", "x")]
    [InlineData("--speed", "60", "--environment", "Production")]
    [InlineData("fly")]
    public async Task A_command_line_that_is_not_usable_exits_with_2(params string[] arguments) =>
        (await RunAsync([.. arguments])).Code.ShouldBe(2);

    [Fact]
    public async Task The_version_is_printed() => (await RunAsync("version")).Output.ShouldStartWith("0.");

    private static Task<(int Code, string Output)> RunAsync(params string[] arguments) => RunAsync(ServerProcess.Command(arguments));

    private static async Task<(int Code, string Output)> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private async Task<string> WriteStageThatCannotEndAsync()
    {
        var good = await File.ReadAllTextAsync(Path.Combine(ServerProcess.RepositoryRoot, "definitions", "workflows", "air-station-alarm.json"));
        var document = System.Text.Json.Nodes.JsonNode.Parse(good)!;
        document["definitionId"] = "wrong";
        document["root"]!["response"]!["body"] = System.Text.Json.Nodes.JsonNode.Parse("""
            { "id": "r", "type": "Elsa.Flowchart",
              "activities": [
                { "id": "verify", "type": "Workflow.CommunityGrid", "title": "look" },
                { "id": "again", "type": "Workflow.CommunityGrid", "title": "look again" } ],
              "connections": [ { "source": "verify", "target": "again" }, { "source": "again", "target": "verify" } ] }
            """);
        var file = Path.Combine(folder, "wrong.json");
        await File.WriteAllTextAsync(file, document.ToJsonString());
        return file;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
