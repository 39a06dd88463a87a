namespace Workflow.Activities.Tests.Proof;

/// <summary>
/// A small task whose first stage is a random chart: forks, joins, decisions, waits with and without a deadline, ends, ways back. A way back starts behind a
/// wait, so that a decision is asked once in a burst.
/// </summary>
internal sealed class RandomStage(Random random)
{
    private static readonly string[] Joins = ["WaitAll", "WaitAllActive", "WaitAny"];

    private readonly bool isTokenBased = random.Next(3) == 0;
    private readonly List<string> activities = [];
    private readonly List<string> connections = [];
    private readonly List<(string Id, string[] Ports, bool Waits)> parts = [];

    /// <summary>Variables that decisions ask for.</summary>
    public List<string> Variables { get; } = [];

    public string Build()
    {
        var length = random.Next(1, 6);
        while (parts.Count < length) Add();
        foreach (var (index, part) in parts.Index().Where(part => part.Item.Waits && random.Next(4) == 0).ToList())
            connections.Add($"{part.Id}.{part.Ports[random.Next(part.Ports.Length)]}>{parts[random.Next(index + 1)].Id}");
        var chart = Flow.Chart("chart", "", string.Join(' ', connections), [.. activities]);
        if (isTokenBased) chart = chart.Insert(chart.Length - 2, ", 'customProperties': { 'Flowchart:ExecutionMode': 'TokenBased' }");
        var variables = string.Join(", ", Variables.Select(name => $"{{ 'name': '{name}' }}"));
        return Proved.Task(initiation: chart, postEvaluation: An.Item("evaluate", "Inspection", Proved.Clock), clock: "", members: $"'variables': [{variables}],").Replace('\'', '"');
    }

    private void Add()
    {
        var id = $"n{parts.Count}";
        var (json, ports, waits) = Next(id);
        if (parts.Count > 0)
            foreach (var source in Enumerable.Range(0, 1 + random.Next(2)).Select(_ => parts[Math.Max(0, parts.Count - 1 - random.Next(3))]).DistinctBy(part => part.Id))
                connections.Add($"{source.Id}.{source.Ports[random.Next(source.Ports.Length)]}>{id}");
        activities.Add(json);
        parts.Add((id, ports, waits));
    }

    private (string Json, string[] Ports, bool Waits) Next(string id)
    {
        switch (random.Next(parts.Count == 0 ? 4 : 12))
        {
            case 0 or 1:
                return (Flow.Activity($"{id}=Fork(A,B)"), ["A", "B"], false);
            case 2 when !isTokenBased:
                Variables.Add(id);
                return (Flow.Activity($"{id}=Decision(@{id})"), ["True", "False"], false);
            case 3 or 4:
                var clock = random.Next(4) > 0 ? ", " + Proved.Clock : "";
                return (An.Item(id, "TechGrid", "'outcomes': ['Done', 'Other']" + clock), ["Done", "Other"], true);
            case 5 or 6:
                return (Flow.Activity($"{id}=Delay(01:00:00)"), ["Done"], true);
            case 7 or 8 or 9:
                return (Flow.Activity($"{id}=Join({Joins[random.Next(3)]})"), ["Done"], false);
            case 10:
                return (An.EndStage(id, "Done"), ["Done"], false);
            default:
                return (random.Next(3) > 0 ? Flow.Activity(id) : $"{{ 'id': '{id}', 'type': 'Elsa.Event', 'eventName': '{id}', {Proved.Reason} }}", ["Done"], true);
        }
    }
}
