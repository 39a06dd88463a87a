using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Operations;

/// <summary>The project's definitions, and two that get into trouble: one is stopped by an incident, one asks for what nobody can do.</summary>
internal static class OperationsDefinitions
{
    private static readonly string[] Own =
    [
        """
        { "definitionId": "ops-broken", "name": "泵站联动", "root": { "id": "f", "type": "Elsa.Flowchart", "activities": [
            { "id": "bad", "type": "Elsa.SetVariable", "variable": { "name": "n", "typeName": "Int32" }, "value": "many" }, { "id": "after", "type": "Elsa.Event", "eventName": "go-on" } ],
          "connections": [ { "source": { "activity": "bad", "port": "Done" }, "target": { "activity": "after" } } ] } }
        """,
        """{ "definitionId": "ops-sends", "name": "外发通知", "root": { "id": "x", "type": "Elsa.DispatchWorkflow", "workflowDefinitionId": "not-there", "input": { "text": "裸土未覆盖" } } }""",
    ];

    private static readonly Lazy<string> Made = new(Make);

    /// <summary>One for the whole run; it lies beside the tests.</summary>
    public static string Folder => Made.Value;

    private static string Make()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "operations-definitions");
        foreach (var sub in new[] { "calendars", "organisation", "workflows" })
        {
            Directory.CreateDirectory(Path.Combine(folder, sub));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(ServerProcess.RepositoryRoot, "definitions", sub))) File.Copy(file, Path.Combine(folder, sub, Path.GetFileName(file)), overwrite: true);
        }
        foreach (var (index, definition) in Own.Index()) File.WriteAllText(Path.Combine(folder, "workflows", $"operations-{index}.json"), definition);
        return folder;
    }
}
