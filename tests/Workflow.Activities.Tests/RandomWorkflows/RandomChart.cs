namespace Workflow.Activities.Tests.RandomWorkflows;

/// <summary>One flowchart: nodes in a row, each with flows from earlier ones; what waits may lead back, so that no burst runs for ever.</summary>
internal sealed class RandomChart(RandomWorkflow workflow, int depth)
{
    private const int Longest = 8;

    private readonly Random random = workflow.Random;
    private readonly List<string> activities = [];
    private readonly List<string> flows = [];
    private readonly List<Part> parts = [];

    public string Build()
    {
        do Add();
        while (workflow.MayGrow && parts.Count < Longest && random.Next(8) > 0);
        for (var index = 0; index < parts.Count; index++)
            if (parts[index].Waits && random.Next(5) == 0) flows.Add(Connection(parts[index], parts[random.Next(index + 1)].Id));
        return workflow.Node("Flowchart", workflow.Variables() + $"'activities': [{string.Join(", ", activities)}], 'connections': [{string.Join(", ", flows)}]{workflow.ModeMember()}");
    }

    private void Add()
    {
        var part = parts.Count == 0 && random.Next(2) == 0 ? Fork(workflow.Id()) : Next(workflow.Id());
        var from = new HashSet<int>(workflow.Times(4, () => Math.Max(0, parts.Count - 1 - random.Next(4))));
        if (from.Count == 0 && parts.Count > 0) from.Add(parts.Count - 1);
        if (parts.Count > 0) flows.AddRange(from.Select(source => Connection(parts[source], part.Id)));
        activities.Add(part.Json);
        parts.Add(part);
    }

    private Part Next(string id)
    {
        var members = Merge();
        switch (random.Next(16))
        {
            case 0 or 1:
                return Fork(id);
            case 2 or 3 or 4:
                return new(id, RandomWorkflow.Node(id, "FlowJoin", $"'mode': {workflow.Pick("'WaitAll'", "'WaitAllActive'", "'WaitAny'")}"), ["Done"], false);
            case 5:
                return new(id, RandomWorkflow.Node(id, "FlowDecision", $"'condition': {workflow.Condition()}", members), ["True", "False"], false);
            case 6:
                var cases = $"'cases': [{{ 'label': 'A', 'condition': {workflow.CaseCondition()} }}, {{ 'label': 'B', 'condition': {workflow.CaseCondition()} }}]";
                return new(id, RandomWorkflow.Node(id, "FlowSwitch", $"'mode': {workflow.Pick("'MatchFirst'", "'MatchAny'")}, {cases}", members), ["A", "B", "Default"], false);
            case 7:
                return new(id, workflow.Used(id, members), workflow.IsUsed ? ["Done"] : ["Done", "Alt"], false);
            case 8 or 9 when depth > 0 && workflow.MayGrow:
                return Named(workflow.Body(depth));
            case 10 or 11:
                return Named(workflow.Leaf());
            default:
                var wait = workflow.Wait(id, members);
                return new(id, wait, ["Done"], Waits: !wait.Contains("BulkDispatch", StringComparison.Ordinal) && !wait.Contains("StartAt", StringComparison.Ordinal));
        }
    }

    private static Part Fork(string id) => new(id, RandomWorkflow.Node(id, "FlowFork", "'branches': ['A', 'B', 'C']"), ["A", "B", "C"], false);

    private string Merge() => random.Next(2) == 0 ? "" : $", 'customProperties': {{ 'mergeMode': {workflow.Pick("'Stream'", "'Merge'", "'Converge'", "'Cascade'", "'Race'", "null")} }}";

    /// <summary>What was built elsewhere, with the id that it got there.</summary>
    private static Part Named(string json) => new(json.Split('\'')[3], json, ["Done"], false);

    private string Connection(Part source, string target) =>
        $"{{ 'source': {{ 'activity': '{source.Id}', 'port': '{source.Ports[random.Next(source.Ports.Length)]}' }}, 'target': {{ 'activity': '{target}' }} }}";

    private sealed record Part(string Id, string Json, string[] Ports, bool Waits);
}
