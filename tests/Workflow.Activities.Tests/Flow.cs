namespace Workflow.Activities.Tests;

/// <summary>
/// Flowcharts in one line: <c>Flow.Chart("c", "fork=Fork(L,R) a b j=Join(WaitAll)", "fork.L>a fork.R>b a>j b>j")</c>.
/// A bare name is an event of that name, so that it waits; <c>Set</c> does not wait.
/// </summary>
internal static class Flow
{
    public static string Chart(string id, string activities, string connections, params string[] nested)
    {
        var nodes = Words(activities).Select(Activity).Concat(nested);
        var flows = Words(connections).Select(Connection);
        return $"{{ 'id': '{id}', 'type': 'Elsa.Flowchart', 'activities': [{string.Join(", ", nodes)}], 'connections': [{string.Join(", ", flows)}] }}";
    }

    public static string Sequence(string id, params string[] activities) =>
        $"{{ 'id': '{id}', 'type': 'Elsa.Sequence', 'activities': [{string.Join(", ", activities)}] }}";

    /// <summary>
    /// One activity: <c>a</c>, <c>a=Set</c>, <c>a=Set(name,value)</c>, <c>d=Decision(@variable)</c>, <c>d=Decision(true)</c>, <c>f=Fork(L,R)</c>,
    /// <c>j=Join(WaitAny)</c>, <c>w=Delay(00:01:00)</c>.
    /// </summary>
    public static string Activity(string text)
    {
        var parts = text.Split('=', 2);
        if (parts.Length == 1) return $"{{ 'id': '{text}', 'type': 'Elsa.Event', 'eventName': '{text}' }}";
        var call = parts[1].TrimEnd(')').Split('(');
        var (id, kind, arguments) = (parts[0], call[0], call.Length == 1 ? [] : call[1].Split(',', StringSplitOptions.RemoveEmptyEntries));
        return kind switch
        {
            "Fork" => $"{{ 'id': '{id}', 'type': 'Elsa.FlowFork', 'branches': [{string.Join(", ", arguments.Select(branch => $"'{branch}'"))}] }}",
            "Join" => $"{{ 'id': '{id}', 'type': 'Elsa.FlowJoin', 'mode': '{arguments[0]}' }}",
            "Decision" => $"{{ 'id': '{id}', 'type': 'Elsa.FlowDecision', 'condition': {Value(arguments[0])} }}",
            "Set" when arguments.Length == 0 => $"{{ 'id': '{id}', 'type': 'Elsa.SetVariable', 'variable': {{ 'name': '{id}' }}, 'value': true }}",
            "Set" => $"{{ 'id': '{id}', 'type': 'Elsa.SetVariable', 'variable': {{ 'name': '{arguments[0]}' }}, 'value': {Value(arguments[1])} }}",
            "Delay" => $"{{ 'id': '{id}', 'type': 'Elsa.Delay', 'timeSpan': '{arguments[0]}' }}",
            _ => throw new FormatException(text),
        };
    }

    private static string Value(string text) =>
        text.StartsWith('@') ? $"{{ 'typeName': 'Object', 'expression': {{ 'type': 'Variable', 'value': '{text[1..]}' }} }}" : text;

    private static string Connection(string text)
    {
        var (source, target) = (text.Split('>')[0], text.Split('>')[1]);
        var (activity, port) = source.Split('.') is [var name, var given] ? (name, given) : (source, "Done");
        return $"{{ 'source': {{ 'activity': '{activity}', 'port': '{port}' }}, 'target': {{ 'activity': '{target}' }} }}";
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
