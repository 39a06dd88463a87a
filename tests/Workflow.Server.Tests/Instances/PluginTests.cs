using Workflow.Reliability.Processes;
using Workflow.Server.Hosting;

namespace Workflow.Server.Tests.Instances;

public sealed class PluginTests(WorkflowServer server) : IClassFixture<WorkflowServer>
{
    private static readonly string Sample = Path.Combine(ServerProcess.RepositoryRoot, "tests", "Workflow.SamplePlugin");

    [Fact]
    public async Task An_activity_of_another_assembly_runs_and_its_effect_is_done_by_its_handler()
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "sms", inputs = new { to = "13800000000" } })).Text("id")!;

        var after = await WorkflowServer.UntilAsync(client, id, instance => instance.GetProperty("status").GetString() == "finished");

        var name = after.GetProperty("variables").GetProperty("receipt").GetProperty("message").GetString();
        name!.ShouldStartWith(id);
        (await File.ReadAllTextAsync(Path.Combine(server.Messages, $"{name}.txt"))).ShouldBe("13800000000\n裸土未覆盖\n");
    }

    [Fact]
    public async Task What_its_handler_refuses_is_an_incident()
    {
        using var client = await server.SignInAsync();
        var id = (await client.PostAsync("instances", new { definitionId = "sms", inputs = new { to = "李静" } })).Text("id")!;

        var after = await WorkflowServer.UntilAsync(client, id, instance => instance.GetProperty("status").GetString() == "faulted");

        after.GetProperty("incidents")[0].GetProperty("message").GetString().ShouldBe("expected a telephone number, found '李静'");
    }

    [Theory]
    [InlineData("no/such.dll", "expected a plug-in assembly, found nothing")]
    [InlineData("README.md", "expected an assembly that was built against this version of Workflow.Engine")]
    public void A_plug_in_that_cannot_be_loaded_says_why(string path, string why)
    {
        var file = Path.Combine(ServerProcess.RepositoryRoot, path);

        Should.Throw<UnusableFileException>(() => Plugin.Load([file])).Message.ShouldStartWith($"{file}: {why}");
    }

    [Fact]
    public void An_assembly_without_activities_is_no_plug_in() =>
        Should.Throw<UnusableFileException>(() => Plugin.Load([typeof(Shouldly.Should).Assembly.Location])).Message.ShouldContain("expected a public activity");

    [Fact]
    public void A_type_that_is_there_already_is_refused() =>
        Should.Throw<UnusableFileException>(() => Plugin.Load([WorkflowServer.Plugin, WorkflowServer.Plugin])).Message.ShouldContain("found 'Sample.SendSms', which is there already");

    [Fact]
    public async Task The_command_line_knows_plug_ins_too()
    {
        var file = Path.Combine(server.Messages, "sms.json");
        await File.WriteAllTextAsync(file, """{ "definitionId": "sms", "root": { "id": "send", "type": "Sample.SendSms", "to": "1" } }""");

        var (without, _) = await RunAsync("validate", file);
        var (missing, output) = await RunAsync("validate", file, "--plugin", WorkflowServer.Plugin);
        var (_, trace) = await RunAsync("trace", file, "--mode", "counter", "--plugin", WorkflowServer.Plugin);

        (without, missing).ShouldBe((1, 1));
        output.ShouldContain("/root/text");
        trace.ShouldContain("Sample.SendSms");
    }

    [Theory]
    [InlineData("SendSms.cs", 30)]
    [InlineData("SmsHandler.cs", 40)]
    public async Task The_readme_shows_the_sample_as_it_is_and_it_is_short(string file, int lines)
    {
        var source = await File.ReadAllTextAsync(Path.Combine(Sample, file));

        source.Split('\n').Length.ShouldBeLessThan(lines);
        (await File.ReadAllTextAsync(Path.Combine(ServerProcess.RepositoryRoot, "README.md"))).ShouldContain($"```csharp\n{source}```\n");
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(ServerProcess.Command(arguments))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
