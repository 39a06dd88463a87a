using System.Text.Json;
using Workflow.Engine.Instances;

namespace Workflow.Server.Tests.Running;

/// <summary>A workflow that is used as an activity of another one, on a server that is restarted and knows newer versions.</summary>
[Collection(Stores.Collection)]
public class UsedWorkflowTests(Stores stores)
{
    private const string Parent = """
        { "definitionId": "parent", "outputs": [ { "name": "twice", "type": "Int32" } ], "root": { "id": "s", "type": "Elsa.Sequence", "activities": [
          { "id": "use", "type": "DoubleIt", "workflowDefinitionId": "double", "n": 21, "result": { "typeName": "Object", "memoryReference": { "id": "twice" } } } ] } }
        """;

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_published_version_keeps_the_workflows_that_it_uses(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Double(1, "getN() * 2"), Parent);
        var id = await engine.BeginAsync("parent");
        (await engine.ReadAsync(id)).Bookmarks.ShouldHaveSingleItem().Node.ShouldBe("use:wait");

        await engine.PublishAsync(Double(2, "getN() * 200"));
        await engine.RestartAsync();
        await engine.ApplyAsync(id, new Stimulus.EventReceived("go", null) { At = engine.Time.Now });

        var ended = await engine.ReadAsync(id);
        (ended.Status, ended.Output["twice"].GetRawText()).ShouldBe((InstanceStatus.Finished, "42"));
    }

    private static string Double(int version, string script) => $$"""
        { "definitionId": "double", "name": "Double it", "version": {{version}}, "inputs": [ { "name": "n", "type": "Int32" } ], "outputs": [ { "name": "result", "type": "Int32" } ],
          "root": { "id": "c", "type": "Elsa.Sequence", "activities": [
            { "id": "wait", "type": "Elsa.Event", "eventName": "go" },
            { "id": "set", "type": "Elsa.SetOutput", "outputName": "result",
              "outputValue": { "typeName": "Object", "expression": { "type": "JavaScript", "value": {{JsonSerializer.Serialize(script)}} } } } ] } }
        """;
}
