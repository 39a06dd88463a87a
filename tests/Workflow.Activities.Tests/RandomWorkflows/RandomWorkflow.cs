namespace Workflow.Activities.Tests.RandomWorkflows;

/// <summary>
/// Elsa documents that are no tasks: everything that controls the flow, in both modes of flowcharts, with loops that end and waits of each kind.
/// </summary>
/// <param name="size">About as many activities as this; the smaller the simpler.</param>
internal sealed class RandomWorkflow(Random random, int size)
{
    /// <summary>The workflow that others use as an activity, and the one that they start.</summary>
    public const string UsedId = "used";

    private const int Depth = 3;
    private const string Mode = "Flowchart:ExecutionMode";

    private readonly List<string> variables = [];
    private int nodes;
    private int budget = size;

    public Random Random => random;

    public bool MayGrow => budget > 0;

    /// <summary>True while the workflow is built that others use.</summary>
    public bool IsUsed { get; private set; }

    public string Build() => Document("random", Body(Depth, isRoot: true), "");

    /// <summary>A small one with an input, an output and an outcome of its own.</summary>
    public string BuildUsed()
    {
        IsUsed = true;
        return Document(UsedId, Body(Depth - 2, isRoot: true), "'inputs': [ { 'name': 'x', 'type': 'Object' } ], 'outcomes': ['Alt'], 'usableAsActivity': true,");
    }

    public string Body(int depth, bool isRoot = false)
    {
        budget--;
        if (!isRoot && (depth <= 0 || budget <= 0)) return Leaf();
        return random.Next(isRoot ? 10 : 22) switch
        {
            <= 5 => new RandomChart(this, depth - 1).Build(),
            6 or 7 => Node("Sequence", Variables() + List("activities", depth, 4)),
            8 => Node("Fork", $"'joinMode': {Pick("'WaitAll'", "'WaitAny'")}, " + List("branches", depth, 3)),
            9 => Loop(depth),
            10 => Node("Parallel", List("activities", depth, 3)),
            11 => Node("If", $"'condition': {Condition()}" + Port("then", depth) + Port("else", depth)),
            12 => Node("Switch", $"'mode': {Pick("'MatchFirst'", "'MatchAny'")}, 'cases': [{string.Join(", ", Times(3, () => Case(depth - 1)))}]" + Port("default", depth)),
            13 => Node("FlowNode", "'name': 'around'" + Port("body", depth)),
            14 => Used(Id()),
            15 or 16 => Loop(depth),
            _ => Leaf(),
        };
    }

    /// <summary>One activity without children; about half of them wait.</summary>
    public string Leaf() => random.Next(40) switch
    {
        0 => Node("Fault", "'message': 'on purpose'"),
        1 => Node("End"),
        2 => random.Next(2) == 0 ? Node("Finish") : Node("Complete", $"'outcomes': {Pick("'Alt'", "['Done', 'Alt']")}"),
        3 or 4 => Node("Break"),
        5 => Node("WriteLine", $"'text': {Value("'line'")}"),
        6 => Node("SetOutput", $"'outputName': 'out', 'outputValue': {Value("1")}"),
        7 => Node("PublishEvent", $"'eventName': {EventName()}, 'isLocalEvent': {Pick("true", "false")}, 'payload': {Value("{ 'a': [1, null] }")}"),
        8 => Node("Correlate", $"'correlationId': {Value("'c-1'")}"),
        9 => Node("SetName", $"'value': {Value("'a name'")}"),
        10 or 11 => Node("DispatchWorkflow", Starting("false")),
        12 => Node("SetVariable", "'variable': { 'name': 'n', 'typeName': 'Int32' }, 'value': " + Pick("0", "1", "2", "'3'", "'many'", Variable("list"))),
        13 => Node("SetVariable", $"'variable': {Pick("'maybe'", "'memo'", "'inner'")}, 'value': {Value(Pick("true", "false"))}"),
        14 => Node("SetVariable", $"'variable': 'list', 'value': {Pick("[1, 2]", "[]", "['a', { 'b': 2 }]", "7")}"),
        _ => Wait(Id()),
    };

    /// <summary>An activity that waits for something from outside, or for a time.</summary>
    public string Wait(string id, string members = "") => random.Next(16) switch
    {
        0 or 1 => Node(id, "Delay", $"'timeSpan': {Pick("'00:00:00'", "'00:07:00'", "'PT2H'")}", members),
        2 => Node(id, "Timer", $"'interval': {Pick("'00:05:00'", "'-00:01:00'")}", members),
        3 => Node(id, "Cron", "'cronExpression': '*/5 * * * *'", members),
        4 => Node(id, "StartAt", "'dateTime': '2030-01-01T00:00:00Z'", members),
        5 or 6 => Node(id, "RunTask", $"'taskName': 'weigh', 'payload': {Value("1")}, 'result': {Bound()}", members),
        7 => Node(id, "ReadLine", $"'result': {Bound()}", members),
        8 => $"{{ 'id': '{id}', 'type': '{Ask.TypeName}', 'result': {Bound()}{members} }}",
        9 => Node(id, "ExecuteWorkflow", Starting("true"), members),
        10 => Node(id, "BulkDispatchWorkflows", $"'items': {Items()}, {Starting(Pick("true", "false"))}" + (random.Next(2) == 0 ? Port("childCompleted", 0) + Port("childFaulted", 0) : ""), members),
        _ => Node(id, "Event", $"'eventName': {EventName()}, 'result': {Bound()}", members + (random.Next(8) == 0 ? ", 'canStartWorkflow': true" : "")),
    };

    /// <summary>The other workflow as an activity; inside of it something that waits, because it may not use itself.</summary>
    public string Used(string id, string members = "") => IsUsed
        ? Wait(id, members)
        : $"{{ 'id': '{id}', 'type': 'Used', 'workflowDefinitionId': '{UsedId}', 'x': {Value("5")}, 'out': {Bound()}{members} }}";

    public string Node(string type, string members = "") => Node(Id(), type, members);

    public static string Node(string id, string type, string members, string more = "") =>
        $"{{ 'id': '{id}', 'type': 'Elsa.{type}'{(members.Length == 0 ? "" : ", " + members)}{more} }}";

    /// <summary>The mode of one flowchart, when it has its own.</summary>
    public string ModeMember() => random.Next(3) > 0 ? "" : $", 'customProperties': {{ '{Mode}': {Pick("'TokenBased'", "'CounterBased'", "'Default'")} }}";

    public string Condition() => random.Next(2) == 0 ? Pick("true", "false") : Variable(Pick("yes", "maybe"));

    public string Variables() => random.Next(3) > 0 ? "" : "'variables': [ { 'name': 'inner', 'typeName': 'Object', 'value': 'x' }, { 'id': 'v-own', 'name': 'memo', 'storageDriverTypeName': null } ], ";

    public string Id() => $"n{++nodes}";

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    /// <summary>Fewer than this many.</summary>
    public List<T> Times<T>(int below, Func<T> next) => [.. Enumerable.Range(0, random.Next(below)).Select(_ => next())];

    /// <summary>Every loop ends by itself or waits in each round: what a while depends on is set first in its body.</summary>
    private string Loop(int depth)
    {
        var body = Body(depth - 1);
        switch (random.Next(4))
        {
            case 0:
                var go = $"go{++nodes}";
                variables.Add($"{{ 'name': '{go}', 'typeName': 'Boolean', 'value': 'true' }}");
                var first = random.Next(2) == 0
                    ? Node("SetVariable", $"'variable': '{go}', 'value': false")
                    : Node("Event", $"'eventName': {EventName()}, 'result': {{ 'memoryReference': {{ 'id': '{go}' }} }}");
                return Node("While", $"'condition': {Variable(go)}, 'body': {Node("Sequence", $"'activities': [{first}, {body}]")}");
            case 1:
                return Node("For", $"'start': {Pick("0", "'1'", "5")}, 'end': {Pick("2", Variable("n"))}, 'step': {Pick("1", "-2", "0.5", Variable("n"))}, "
                    + $"'outerBoundInclusive': {Pick("true", "false")}, 'currentValue': {Bound()}, 'body': {body}");
            case 2:
                return Node("ForEach", $"'items': {Items()}, 'currentValue': {Bound()}, 'body': {body}");
            default:
                return Node("ParallelForEach", $"'items': {Items()}, 'body': {body}");
        }
    }

    private string Case(int depth) => $"{{ 'label': 'L{random.Next(3)}', 'condition': {CaseCondition()}{(random.Next(4) == 0 ? "" : $", 'activity': {Body(depth)}")} }}";

    public string CaseCondition() => random.Next(2) == 0
        ? $"{{ 'type': 'Literal', 'value': {Pick("true", "'False'")} }}"
        : $"{{ 'type': 'Variable', 'value': '{Pick("yes", "maybe")}' }}";

    private string List(string member, int depth, int below) => $"'{member}': [{string.Join(", ", Times(below + 1, () => Body(depth - 1)))}]";

    private string Port(string port, int depth) => random.Next(5) == 0 ? "" : $", '{port}': {Body(depth - 1)}";

    private string Starting(string waits) => $"'workflowDefinitionId': '{UsedId}', 'waitForCompletion': {waits}, 'input': {Pick("null", "{ 'x': 1 }", Variable("memo"))}";

    private string Items() => Pick("[1, 2]", "'[1, 2, 3]'", "[]", Variable("list"));

    private string EventName() => random.Next(3) == 0 ? $"'e{nodes}'" : Pick("'ping'", "'pong'");

    /// <summary>An output goes to a variable of some type, to an output of the workflow, or nowhere.</summary>
    private string Bound() => Pick("null", "{ 'memoryReference': { 'id': 'maybe' } }", "{ 'memoryReference': { 'id': 'memo' } }", "{ 'memoryReference': { 'id': 'out' } }");

    private string Value(string literal) => random.Next(3) == 0 ? Variable(Pick("yes", "n", "list", "memo", "CurrentValue", "nobody")) : literal;

    private static string Variable(string name) => $"{{ 'typeName': 'Object', 'expression': {{ 'type': 'Variable', 'value': {{ 'id': '{name}' }} }} }}";

    private string Document(string id, string root, string members)
    {
        var options = random.Next(2) == 0 ? "" : "'options': { 'incidentStrategyType': 'Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy' },";
        return $$"""
            { 'definitionId': '{{id}}', 'name': '{{id}}', 'version': 1, {{options}} {{members}}
              'customProperties': { '{{Mode}}': {{Pick("'TokenBased'", "'CounterBased'")}} },
              'variables': [ { 'name': 'yes', 'value': true }, { 'name': 'maybe' }, { 'name': 'n', 'typeName': 'Int32', 'value': '2' }, { 'name': 'list', 'value': [1, 2, 3] },
                { 'name': 'memo', 'storageDriverTypeName': null, 'value': 'fresh' }{{string.Concat(variables.Select(variable => ", " + variable))}} ],
              'outputs': [ { 'name': 'out', 'type': 'Object' } ],
              'root': {{root}} }
            """.Replace('\'', '"');
    }
}
