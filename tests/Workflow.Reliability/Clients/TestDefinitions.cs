using Workflow.Reliability.Processes;

namespace Workflow.Reliability.Clients;

/// <summary>The project's definitions and, beside them, workflows that are no tasks and use all that may be under way when something fails: an effect, a timer, events, a child.</summary>
internal static class TestDefinitions
{
    public const string Courier = "courier";
    public const string Ticker = "ticker";
    public const string Parent = "parent";
    public const string Hearer = "hearer";

    /// <summary>Starts an instance of its own.</summary>
    public const string AlarmEvent = "alarm";

    /// <summary>What a courier hears three times.</summary>
    public const string TickEvent = "tick";

    /// <summary>After this one nothing is left to do.</summary>
    public const string LastEvent = "done";

    /// <summary>Where a courier keeps what came with its last tick.</summary>
    public const string LastPayload = "last";

    /// <param name="target">What the effects are sent to.</param>
    public static void Write(string folder, Uri target)
    {
        foreach (var sub in new[] { "calendars", "organisation", "workflows" })
        {
            Directory.CreateDirectory(Path.Combine(folder, sub));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(ServerProcess.RepositoryRoot, "definitions", sub))) File.Copy(file, Path.Combine(folder, sub, Path.GetFileName(file)));
        }
        foreach (var (name, text) in All(target)) File.WriteAllText(Path.Combine(folder, "workflows", $"{name}.json"), text);
    }

    private static IEnumerable<(string Name, string Text)> All(Uri target)
    {
        var send = $$"""
            { "id": "send", "type": "Elsa.SendHttpRequest", "url": "{{target}}", "method": "POST", "content": "parcel", "contentType": "text/plain", "enableResiliency": true,
              "parsedContent": { "typeName": "Object", "memoryReference": { "id": "receipt" } } }
            """;
        const string Variables = """[ { "id": "receipt", "name": "receipt", "typeName": "Object" }, { "id": "last", "name": "last", "typeName": "Object" } ]""";
        const string Done = """{ "id": "end", "type": "Elsa.Event", "eventName": "done" }""";
        yield return (Courier, $$"""
            { "definitionId": "courier", "variables": {{Variables}}, "root": { "id": "s", "type": "Elsa.Sequence", "activities": [
                {{send}},
                { "id": "pause", "type": "Elsa.Delay", "timeSpan": "00:00:01" },
                { "id": "ticks", "type": "Elsa.For", "start": 1, "end": 3, "body":
                  { "id": "tick", "type": "Elsa.Event", "eventName": "tick", "result": { "typeName": "Object", "memoryReference": { "id": "last" } } } },
                { "id": "errand", "type": "Elsa.ExecuteWorkflow", "workflowDefinitionId": "errand", "waitForCompletion": true },
                {{Done}} ] } }
            """);
        yield return ("errand", $$"""
            { "definitionId": "errand", "variables": {{Variables}}, "root": { "id": "s", "type": "Elsa.Sequence", "activities": [
                {{send}}, { "id": "pause", "type": "Elsa.Delay", "timeSpan": "00:00:01" } ] } }
            """);
        yield return ("alarm-book", $$"""
            { "definitionId": "alarm-book", "root": { "id": "s", "type": "Elsa.Sequence", "activities": [
                { "id": "begin", "type": "Elsa.Event", "eventName": "alarm", "canStartWorkflow": true }, {{Done}} ] } }
            """);
        yield return (Ticker, """
            { "definitionId": "ticker", "root": { "id": "ticks", "type": "Elsa.For", "start": 1, "end": 200, "body": { "id": "tick", "type": "Elsa.Event", "eventName": "tick" } } }
            """);
        yield return (Parent, """{ "definitionId": "parent", "root": { "id": "x", "type": "Elsa.ExecuteWorkflow", "workflowDefinitionId": "hearer", "waitForCompletion": true } }""");
        yield return (Hearer, """{ "definitionId": "hearer", "root": { "id": "e", "type": "Elsa.Event", "eventName": "home" } }""");
    }
}
