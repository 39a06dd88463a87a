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
    public async Task A_server_that_is_told_to_stop_ends_well()
    {
        await using var server = new ServerProcess(ServerProcess.NewFolder());
        await server.StartAsync();

        (await server.StopAsync()).ShouldBe(0, server.Output);
        server.Output.ShouldNotContain("Unhandled");
    }

    [Fact]
    public async Task Due_prints_the_ledger_with_a_sum_that_equals_the_target()
    {
        string[] question = ["due", "--target", "90cd", "--start", "2026-11-23T10:00", "--pause", "2026-12-01T10:00/2026-12-09T15:00"];

        var (code, table) = await RunAsync(question);
        code.ShouldBe(0, table);
        table.ShouldContain("due          2027-03-01T17:00:00+08:00");
        table.ShouldContain("it rests on a year whose holidays are not known");
        table.ShouldMatch(@"sum +90cd +target 90cd");

        var (_, json) = await RunAsync([.. question, "--json"]);
        var due = System.Text.Json.JsonDocument.Parse(json).RootElement;
        due.GetProperty("due").GetString().ShouldBe("2027-03-01T17:00:00+08:00");
        due.GetProperty("provisional").GetBoolean().ShouldBeTrue();
        due.GetProperty("sum").GetString().ShouldBe("90cd");
        due.GetProperty("ledger").EnumerateArray().Select(entry => entry.GetProperty("counted").GetString()).ShouldContain("8cd");
    }

    [Theory]
    [InlineData("--target: expected an ISO 8601", "--target", "soon", "--start", "2026-11-23T10:00")]
    [InlineData("--start: expected a time such as", "--target", "3wd", "--start", "yesterday")]
    [InlineData("--calendar: expected one of 24x7, cn-gov, found 'moon'", "--target", "3wd", "--start", "2026-11-23T10:00", "--calendar", "moon")]
    [InlineData("--pause: expected FROM/TO", "--target", "3wd", "--start", "2026-11-23T10:00", "--pause", "2026-11-23T10:00")]
    [InlineData("--pause: expected a pause that ends after it begins", "--target", "3wd", "--start", "2026-11-23T10:00", "--pause", "2026-11-25T10:00/2026-11-24T10:00")]
    [InlineData("--target: expected an instant that is not before --start (2026-11-23T10:00:00+08:00), found '2026-11-22", "--target", "2026-11-22T17:00:00+08:00", "--start", "2026-11-23T10:00")]
    [InlineData("--target: expected a time in the years 1900 to 9000, found '9999-", "--target", "9999-12-31T17:00:00+08:00", "--start", "2026-11-23T10:00")]
    [InlineData("--start: expected a time in the years 1900 to 9000, found '9998-", "--target", "3wd", "--start", "9998-11-23T10:00")]
    [InlineData("--pause: expected a time in the years 1900 to 9000, found '1899-", "--target", "3wd", "--start", "2026-11-23T10:00", "--pause", "1899-01-01T00:00/2026-11-24T10:00Z")]
    public async Task Due_says_what_it_cannot_read(string expected, params string[] arguments)
    {
        var (code, output) = await RunAsync(["due", .. arguments]);

        code.ShouldBe(2, output);
        output.ShouldContain(expected);
    }

    [Fact]
    public async Task A_stage_that_cannot_end_is_refused_with_file_pointer_and_reason()
    {
        var file = await WriteStageThatCannotEndAsync();

        var (code, output) = await RunAsync("validate", file);

        code.ShouldBe(1);
        output.ShouldContain($"{file}: error: /root/response/body/activities/0: expected a way from here to the end of the stage, found none; the way there: verify");
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

    [Fact]
    public async Task Every_file_that_is_no_definition_gives_one_problem()
    {
        var files = new (string Name, byte[] Content, string Found)[]
        {
            ("empty", [], "an empty file"), ("binary", [0xff, 0xfe, 0x00, 0x01], "not UTF-8"), ("list", "[1]"u8.ToArray(), "a list"), ("cut", "{\"root\":"u8.ToArray(), "expected a value, found the end (line 1, column 9)"),
            ("deep", [.. Enumerable.Repeat((byte)'[', 100_000)], "at most 64 levels"), ("long", [.. Enumerable.Repeat((byte)' ', 5_000_000)], "a longer one"),
            ("twice", "{\"root\":1,\"root\":2}"u8.ToArray(), "'root' again (line 1, column 11)"),
        };
        foreach (var (name, content, _) in files) await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.json"), content);
        Directory.CreateSymbolicLink(Path.Combine(folder, "circle"), folder);

        var (code, output) = await RunAsync("validate", folder);

        code.ShouldBe(1, output);
        foreach (var (name, _, found) in files) output.Split('\n').Single(line => line.Contains($"{name}.json: error: ", StringComparison.Ordinal)).ShouldContain(found);
        output.ShouldContain($"{files.Length} checked, {files.Length} with errors");
    }

    [Fact]
    public async Task The_definitions_of_a_folder_use_one_another_and_each_version_stands_in_one_file()
    {
        await WriteAsync("child", """{ "definitionId": "child", "name": "Child step", "root": { "id": "s", "type": "Elsa.Start" } }""");
        await WriteAsync("parent", """{ "definitionId": "parent", "root": { "id": "u", "type": "ChildStep" } }""");

        (await RunAsync("validate", folder)).Code.ShouldBe(0);
        (await RunAsync("validate", Path.Combine(folder, "parent.json"))).Code.ShouldBe(0);

        await WriteAsync("twin", """{ "definitionId": "child", "root": { "id": "s", "type": "Elsa.Start" } }""");
        var (code, output) = await RunAsync("validate", folder);

        code.ShouldBe(1);
        output.ShouldContain("twin.json: error: /definitionId: expected each version of a definition in one file, found child v1, also in ");
    }

    [Fact]
    public async Task Format_says_what_would_change_changes_it_and_is_content_with_that()
    {
        var file = await WriteAsync("old", """{ "DefinitionId": "old", "root": { "id": "d", "type": "elsa.delay", "timeSpan": "PT1M" } }""");

        var (before, would) = await RunAsync("format", "--check", file);
        var (done, did) = await RunAsync("format", file);
        var (after, _) = await RunAsync("format", "--check", file);

        (before, done, after).ShouldBe((1, 0, 0));
        would.ShouldContain("old.json: would change");
        did.ShouldContain("old.json: changed");
        (await File.ReadAllTextAsync(file)).ShouldContain("\"type\": \"Elsa.Delay\"");
    }

    [Fact]
    public async Task Format_writes_the_short_form_and_names_the_schema_that_lies_beside()
    {
        Directory.CreateDirectory(Path.Combine(folder, "schema"));
        await File.WriteAllTextAsync(Path.Combine(folder, "schema", "workflow.schema.json"), "{}");
        Directory.CreateDirectory(Path.Combine(folder, "workflows"));
        var file = await WriteAsync("workflows/long", """{ "definitionId": "long", "root": { "id": "d", "type": "Elsa.If", "condition": { "typeName": "Boolean", "expression": { "type": "Literal", "value": true } } } }""");

        (await RunAsync("format", "--short", file)).Code.ShouldBe(0);

        var written = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        (written["$schema"]!.GetValue<string>(), written["root"]!["condition"]!.GetValue<bool>()).ShouldBe(("../schema/workflow.schema.json", true));
        (await RunAsync("format", "--short", "--check", file)).Code.ShouldBe(0);
        (await RunAsync("format", file)).Code.ShouldBe(0);
        (await File.ReadAllTextAsync(file)).ShouldContain("\"typeName\": \"Boolean\"");
    }

    [Fact]
    public async Task Trace_says_what_is_wrong_runs_what_can_be_run_and_exits_with_1()
    {
        var wrong = await WriteAsync("wrong", """{ "definitionId": "wrong", "root": { "id": "s", "type": "Elsa.Sequence", "activities": [ { "id": "w", "type": "Elsa.WriteLine", "text": "ran" }, { "id": "n", "type": "Acme.Nothing" } ] } }""");
        var right = await WriteAsync("right", """{ "definitionId": "right", "root": { "id": "w", "type": "Elsa.WriteLine", "text": "ran" } }""");

        var (code, output) = await RunAsync("trace", wrong);

        code.ShouldBe(1, output);
        output.Split('\n').Count(line => line.StartsWith('{') && line.Contains("[\"ran\"]", StringComparison.Ordinal)).ShouldBe(2, output);
        output.Split('\n').Count(line => line == $"{wrong}: error: /root/activities/1/type: expected the type of an activity that this engine runs, found 'Acme.Nothing'").ShouldBe(1, output);
        (await RunAsync("trace", right)).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("trace")]
    [InlineData("format")]
    public async Task A_folder_without_definitions_is_bad_usage(string command)
    {
        var (code, output) = await RunAsync(command, folder);

        (code, output.Trim()).ShouldBe((2, $"{folder}: expected definitions (*.json), found none"));
        (await RunAsync(command, "--help")).Output.ShouldContain("2 bad usage");
    }

    [Fact]
    public async Task The_schema_is_printed() => (await RunAsync("schema")).Output.ShouldContain("draft-07");

    [Theory]
    [InlineData("format", "no/such/file.json")]
    [InlineData("--now", "2026-10-03")]
    [InlineData("validate", "no/such/file.json")]
    [InlineData("--now", "tomorrow")]
    [InlineData("--speed", "-1")]
    [InlineData("--speed", "x")]
    [InlineData("--speed", "60", "--environment", "Production")]
    [InlineData("fly")]
    public async Task A_command_line_that_is_not_usable_exits_with_2(params string[] arguments) =>
        (await RunAsync([.. arguments])).Code.ShouldBe(2);

    [Theory]
    [InlineData("backup", "Postgres", "pg_basebackup")]
    [InlineData("restore", "Postgres", "pg_dump")]
    [InlineData("backup", "SqlServer", "BACKUP DATABASE")]
    public async Task On_a_database_server_its_own_way_to_back_up_is_named(string command, string provider, string way)
    {
        var start = ServerProcess.Command(command, Path.Combine(folder, "backup.zip"), "--data", Path.Combine(folder, "none"));
        start.Environment["Database__Provider"] = provider;
        start.Environment["Database__ConnectionString"] = "Host=nowhere";
        if (provider == "SqlServer") start.Environment["Database__ConnectionString"] = "Server=nowhere";
        var (code, output) = await RunAsync(start);

        code.ShouldBe(2);
        output.ShouldContain($"{command}: expected Sqlite in Database:Provider, found {provider}. ");
        output.ShouldContain(way);
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
    }

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
                { "id": "verify", "type": "Workflow.CommunityGrid", "title": "look", "item": "verify" },
                { "id": "again", "type": "Workflow.CommunityGrid", "title": "look again", "item": "verify" } ],
              "connections": [ { "source": "verify", "target": "again" }, { "source": "again", "target": "verify" } ] }
            """);
        var file = Path.Combine(folder, "wrong.json");
        await File.WriteAllTextAsync(file, document.ToJsonString());
        return file;
    }

    private async Task<string> WriteAsync(string name, string json)
    {
        var file = Path.Combine(folder, $"{name}.json");
        await File.WriteAllTextAsync(file, json);
        return file;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
