namespace Workflow.Activities.Tests.RandomTasks;

/// <summary>
/// Small task definitions: nested sequences, choices and charts with forks, joins, decisions and ways back, ends of stages, clocks.
/// Every way back and every return starts behind something that waits, so that no burst runs for ever.
/// </summary>
internal sealed class RandomTask(Random random)
{
    private const int Depth = 2;

    private static readonly string[] Stages = ["initiation", "response", "analysis", "handling", "postEvaluation"];

    private static readonly (string Kind, string[] Outcomes)[] Waits =
    [
        ("CommunityGrid", ["Done"]), ("TechGrid", ["Done", "Other"]), ("Enforcement", ["Done", "Other", "Third"]), ("Inspection", ["Done", "Other"]),
        ("Event", ["Done"]), ("Delay", ["Done"]),
    ];

    private int nodes;

    public string Build()
    {
        var ports = Stages.Select((port, stage) =>
            $"'{port}': {{ 'id': '{port}', 'type': 'Workflow.Stage', 'body': {(random.Next(4) == 0 ? Empty() : Body(Depth, stage))}"
            + Sla("'reentry': " + Pick("'resume'", "'new'")) + " }");
        return $$"""
            { 'definitionId': 'random', 'variables': [ { 'name': 'yes', 'value': true }, { 'name': 'maybe' } ],
              'customProperties': { 'forms': { 'f': { 'required': ['n'], 'properties': { 'n': { 'type': 'integer' } } } } },
              'root': { 'id': 'loop', 'type': 'Workflow.ClosedLoop', {{string.Join(", ", ports)}}{{Sla("'basis': 'x'")}} } }
            """.Replace('\'', '"');
    }

    private string Body(int depth, int stage) => random.Next(depth == 0 ? 3 : 12) switch
    {
        <= 2 => Leaf(stage),
        3 or 4 => $"{{ 'id': '{Id()}', 'type': 'Elsa.Sequence', 'activities': [{string.Join(", ", Times(4, () => Body(depth - 1, stage)))}] }}",
        5 => $"{{ 'id': '{Id()}', 'type': 'Elsa.If', 'condition': {Condition()}, 'then': {Body(depth - 1, stage)}"
            + (random.Next(2) == 0 ? "" : $", 'else': {Body(depth - 1, stage)}") + " }",
        _ => Chart(depth - 1, stage),
    };

    private string Leaf(int stage) => random.Next(14) switch
    {
        0 => EndStage(stage, mayReturn: false),
        1 => $"{{ 'id': '{Id()}', 'type': 'Elsa.SetVariable', 'variable': {{ 'name': 'n', 'typeName': 'Int32' }}, 'value': {Pick("1", "2", "'many'")} }}",
        2 => $"{{ 'id': '{Id()}', 'type': 'Elsa.SetVariable', 'variable': 'maybe', 'value': {Pick("true", "false")} }}",
        _ => Wait(Waits[random.Next(Waits.Length)].Kind, Id(), stage),
    };

    private string Wait(string kind, string id, int stage) => kind switch
    {
        "Event" => $"{{ 'id': '{id}', 'type': 'Elsa.Event', 'eventName': {Pick("'ping'", "'pong'", $"'{id}'")}, 'result': {{ 'memoryReference': {{ 'id': 'maybe' }} }} }}",
        "Delay" => $"{{ 'id': '{id}', 'type': 'Elsa.Delay', 'timeSpan': {Pick("'00:00:00'", "'00:07:00'", "'02:00:00'")} }}",
        _ => $"{{ 'id': '{id}', 'type': 'Workflow.{kind}', 'title': '{id}', 'outcomes': [{string.Join(", ", Outcomes(kind).Select(outcome => $"'{outcome}'"))}]"
            + (random.Next(4) == 0 ? ", 'form': 'f'" : "") + (random.Next(5) == 0 ? ", 'evidence': { 'photo': 1 }" : "") + (random.Next(4) == 0 ? Sign(kind) : "") + Sla($"'basis': 's{stage}'") + " }",
    };

    private string Sign(string kind)
    {
        var signers = new[] { "{ 'team': 'tech' }", "{ 'person': 'u-enforcement' }", "{ 'team': 'enforcement-b' }", "{ 'role': 'supervisor', 'team': 'inspection' }", "{ 'team': 'enforcement' }" }[random.Next(4)..];
        return $", 'sign': {{ 'rule': {Pick("'any'", "'all'", "'percent', 'percent': 50", "'percent', 'percent': 67")}, 'agree': '{Outcomes(kind)[^1]}', 'signers': [{string.Join(", ", signers)}] }}";
    }

    private string EndStage(int stage, bool mayReturn)
    {
        var outcome = mayReturn && stage > 0 ? "Return" : stage < 4 && random.Next(2) == 0 ? "CloseOut" : "Done";
        var to = Stages[stage == 4 ? random.Next(2, 4) : random.Next(Math.Max(1, stage))];
        return $"{{ 'id': '{Id()}', 'type': 'Workflow.EndStage', 'outcome': '{outcome}'{(outcome == "Return" ? $", 'returnTo': '{to}'" : "")} }}";
    }

    /// <summary>Nodes in a row; each gets flows from earlier ones, and what waits may lead back.</summary>
    private string Chart(int depth, int stage)
    {
        var (activities, flows, parts) = (new List<string>(), new List<string>(), new List<(string Id, string[] Ports, bool Waits)>());
        var length = random.Next(2, 8);
        for (var index = 0; index < length; index++)
        {
            var id = Id();
            var (json, ports, waits) = index == 0 && random.Next(2) == 0 ? Fork(id) : Part(id, depth, stage);
            if (parts.Count > 0)
                foreach (var from in Times(3, () => Math.Max(0, parts.Count - 1 - random.Next(3))).Distinct().DefaultIfEmpty(random.Next(parts.Count)).ToList())
                    flows.Add(Connection(parts[from].Id, parts[from].Ports, id));
            activities.Add(json);
            parts.Add((id, ports, waits));
        }
        foreach (var (id, ports, _) in parts.Where(part => part.Waits && part.Ports.Length > 1).ToList())
        {
            if (random.Next(3) == 0) flows.Add(Connection(id, ports[1..], parts[random.Next(parts.FindIndex(part => part.Id == id) + 1)].Id));
            if (random.Next(3) != 0 || stage == 0) continue;
            var end = EndStage(stage, mayReturn: true);
            activities.Add(end);
            flows.Add(Connection(id, ports[1..], end.Split('\'')[3]));
        }
        return $"{{ 'id': '{Id()}', 'type': 'Elsa.Flowchart', 'activities': [{string.Join(", ", activities)}], 'connections': [{string.Join(", ", flows)}] }}";
    }

    private (string Json, string[] Ports, bool Waits) Part(string id, int depth, int stage)
    {
        switch (random.Next(13))
        {
            case 0: return Fork(id);
            case 1 or 2 or 3: return ($"{{ 'id': '{id}', 'type': 'Elsa.FlowJoin', 'mode': {Pick("'WaitAll'", "'WaitAllActive'", "'WaitAny'")} }}", ["Done"], false);
            case 4: return ($"{{ 'id': '{id}', 'type': 'Elsa.FlowDecision', 'condition': {Condition()} }}", ["True", "False"], false);
            case 5 when depth > 0: return (Renamed(Body(depth, stage), id), ["Done"], false);
            default:
                var (kind, outcomes) = Waits[random.Next(Waits.Length)];
                return (Wait(kind, id, stage), outcomes, true);
        }
    }

    private static (string Json, string[] Ports, bool Waits) Fork(string id) =>
        ($"{{ 'id': '{id}', 'type': 'Elsa.FlowFork', 'branches': ['A', 'B'] }}", ["A", "B"], false);

    private string Connection(string source, string[] ports, string target) =>
        $"{{ 'source': {{ 'activity': '{source}', 'port': '{ports[random.Next(ports.Length)]}' }}, 'target': {{ 'activity': '{target}' }} }}";

    /// <summary>A nested body in a sequence of its own, so that its only port is Done.</summary>
    private static string Renamed(string body, string id) => $"{{ 'id': '{id}', 'type': 'Elsa.Sequence', 'activities': [{body}] }}";

    private string Condition() => random.Next(2) == 0
        ? Pick("true", "false")
        : $"{{ 'typeName': 'Object', 'expression': {{ 'type': 'Variable', 'value': {Pick("'yes'", "'maybe'")} }} }}";

    private string Sla(string member) => random.Next(3) > 0 ? "" :
        $", 'sla': {{ 'pauseReasons': ['waiting', {{ 'id': 'lab', 'approval': 'supervisor', 'cap': 'PT2H', 'times': 3 }}], 'target': {Pick("'PT20M'", "'PT3H'", "{ 'normal': 'P1D', 'urgent': 'PT5M' }", "'2wh'")}, {member}, "
        + "'rungs': [ { 'id': 'half', 'at': '50%', 'do': 'urge' }, { 'id': 'late', 'at': '+PT1M', 'do': 'escalate', 'to': 'inspection' } ] }";

    private string Empty() => $"{{ 'id': '{Id()}', 'type': 'Elsa.Sequence' }}";

    private string Id() => $"n{++nodes}";

    private static string[] Outcomes(string kind) => Waits.First(wait => wait.Kind == kind).Outcomes;

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];

    private List<T> Times<T>(int below, Func<T> next) => [.. Enumerable.Range(0, random.Next(below)).Select(_ => next())];
}
