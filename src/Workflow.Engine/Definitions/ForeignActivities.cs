namespace Workflow.Engine.Definitions;

/// <summary>Activities of Elsa that are kept in documents but not run here, and why.</summary>
public static class ForeignActivities
{
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Elsa.HttpEndpoint"] = "HTTP endpoints of workflows are not served: start instances and send events through the API",
        ["Elsa.WriteHttpResponse"] = "there is no HTTP request to answer: start instances and send events through the API",
        ["Elsa.WriteFileHttpResponse"] = "there is no HTTP request to answer: start instances and send events through the API",
        ["Elsa.RunCSharp"] = "C# in definitions is not run: write an activity, or use JavaScript",
        ["Elsa.RunPython"] = "Python in definitions is not run: use JavaScript",
        ["Elsa.StateMachine"] = "state machines are not run: draw a flowchart",
        ["Elsa.BpmnProcess"] = "BPMN is not run: draw a flowchart",
    };

    public static string? Reason(string typeName) => Reasons.GetValueOrDefault(typeName);
}
