using System.Text.Json;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Instances;

/// <summary>A real server with definitions of the test beside those of the project, and with the sample plug-in.</summary>
public sealed class WorkflowServer : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly string[] Definitions =
    [
        """
        { "definitionId": "wait", "name": "waits", "variables": [ { "id": "v1", "name": "level", "typeName": "Int32", "value": 1 }, { "id": "v2", "name": "seen", "typeName": "Object" } ],
          "inputs": [ { "name": "start", "type": "Int32" } ], "outputs": [ { "name": "seen", "type": "Object" } ],
          "root": { "id": "s", "type": "Elsa.Sequence", "activities": [
            { "id": "e", "type": "Elsa.Event", "eventName": "go", "result": { "typeName": "Object", "memoryReference": { "id": "v2" } } },
            { "id": "o", "type": "Elsa.SetOutput", "outputName": "seen", "outputValue": { "typeName": "Object", "expression": { "type": "Variable", "value": { "id": "v2" } } } } ] } }
        """,
        """{ "definitionId": "begun", "root": { "id": "s", "type": "Elsa.Sequence", "activities": [ { "id": "e", "type": "Elsa.Event", "eventName": "go", "canStartWorkflow": true }, { "id": "stay", "type": "Elsa.Event", "eventName": "stay" } ] } }""",
        """
        { "definitionId": "broken", "root": { "id": "f", "type": "Elsa.Flowchart", "activities": [
            { "id": "bad", "type": "Elsa.SetVariable", "variable": { "name": "n", "typeName": "Int32" }, "value": "many" }, { "id": "after", "type": "Elsa.Event", "eventName": "go-on" } ],
          "connections": [ { "source": { "activity": "bad", "port": "Done" }, "target": { "activity": "after" } } ] } }
        """,
        """{ "definitionId": "asks", "root": { "id": "t", "type": "Elsa.RunTask", "taskName": "count" } }""",
        """{ "definitionId": "parent", "root": { "id": "x", "type": "Elsa.ExecuteWorkflow", "workflowDefinitionId": "wait", "correlationId": "of-parent", "waitForCompletion": true } }""",
        """
        { "definitionId": "sms", "variables": [ { "id": "r", "name": "receipt", "typeName": "Object" } ], "inputs": [ { "name": "to", "type": "String" } ],
          "root": { "id": "send", "type": "Sample.SendSms", "text": "裸土未覆盖", "to": { "typeName": "String", "expression": { "type": "Input", "value": "to" } },
            "receipt": { "typeName": "Object", "memoryReference": { "id": "r" } } } }
        """,
        """{ "definitionId": "self", "root": { "id": "x", "type": "Elsa.ExecuteWorkflow", "workflowDefinitionId": "self", "waitForCompletion": true } }""",
        // A port on which nobody listens.
        """{ "definitionId": "calls", "root": { "id": "c", "type": "Elsa.FlowSendHttpRequest", "url": "http://127.0.0.1:9/", "method": "GET", "enableResiliency": true } }""",
        """{ "definitionId": "sends", "root": { "id": "x", "type": "Elsa.DispatchWorkflow", "workflowDefinitionId": "not-there" } }""",
        """
        { "definitionId": "scoped", "variables": [ { "name": "outer", "typeName": "Int32", "value": 1 } ],
          "root": { "id": "s", "type": "Elsa.Sequence", "variables": [ { "name": "inner", "typeName": "String", "value": "here" } ], "activities": [ { "id": "e", "type": "Elsa.Event", "eventName": "go-scoped" } ] } }
        """,
        Steps(1, """{ "id": "a", "type": "Elsa.Event", "eventName": "first" }, { "id": "b", "type": "Elsa.Event", "eventName": "second" }"""),
        Steps(2, """{ "id": "a", "type": "Elsa.Event", "eventName": "first" }, { "id": "c", "type": "Elsa.Event", "eventName": "third" }"""),
    ];

    private readonly string definitions = ServerProcess.NewFolder();

    public static string Plugin { get; } = Path.Combine(
        ServerProcess.RepositoryRoot, "tests", "Workflow.SamplePlugin", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Workflow.SamplePlugin.dll");

    public ServerProcess Server { get; } = new(ServerProcess.NewFolder());

    public string Messages { get; } = ServerProcess.NewFolder();

    public async Task InitializeAsync()
    {
        foreach (var sub in new[] { "calendars", "organisation", "workflows" }) Copy(Path.Combine(ServerProcess.RepositoryRoot, "definitions", sub), Path.Combine(definitions, sub));
        foreach (var (index, definition) in Definitions.Index()) await File.WriteAllTextAsync(Path.Combine(definitions, "workflows", $"test-{index}.json"), definition);
        Server.Settings["Data__Definitions"] = definitions;
        Server.Settings["Plugins__0"] = Plugin;
        Server.Settings["Sms__Folder"] = Messages;
        Server.Settings["Instances__WaitingInstances"] = "3";
        Server.Settings["Http__AllowedHosts__0"] = "127.0.0.1";
        Server.Settings["Http__AllowPrivateAddresses"] = "true";
        Server.Settings["Operations__HeartbeatSeconds"] = "0.2";
        await Server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(definitions, recursive: true);
        Directory.Delete(Messages, recursive: true);
    }

    public Task<ApiClient> SignInAsync(string userName = "operator") => ApiClient.SignInAsync(Server.Address, userName);

    /// <summary>Waits until an instance is as the test expects it; effects are done beside the request that asks for them.</summary>
    public static async Task<JsonElement> UntilAsync(ApiClient client, string id, Func<JsonElement, bool> condition)
    {
        JsonElement seen = default;
        await Poll.UntilAsync($"instance {id} is as expected", Limit, async () => condition(seen = (await client.GetAsync($"instances/{id}")).Body));
        return seen;
    }

    private static string Steps(int version, string activities) =>
        $$"""{ "definitionId": "steps", "version": {{version}}, "root": { "id": "s", "type": "Elsa.Sequence", "activities": [ {{activities}} ] } }""";

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
