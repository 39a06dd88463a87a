using Workflow.Engine.Definitions;

namespace Workflow.Benchmarks;

/// <summary>How the activities of a measured flowchart are joined.</summary>
public enum Shape
{
    /// <summary>One after another.</summary>
    Line,

    /// <summary>In fives: a fork, three branches, a join for all.</summary>
    Joins,
}

/// <summary>Flowcharts of any size whose activities do next to nothing.</summary>
internal static class Charts
{
    private const int Five = 5;

    /// <param name="waits">True when each activity of a line waits for the event with its name.</param>
    public static string Document(int size, Shape shape, FlowchartMode mode, bool waits = false)
    {
        var (activities, connections) = shape == Shape.Line ? Line(size, waits) : Joins(size);
        return $$"""
            { "definitionId": "chart-{{size}}", "customProperties": { "{{FlowchartModes.Property}}": "{{mode}}" },
              "root": { "id": "chart", "type": "Elsa.Flowchart", "activities": [ {{string.Join(", ", activities)}} ], "connections": [ {{string.Join(", ", connections)}} ] } }
            """;
    }

    public static string NameOf(int activity) => $"a{activity}";

    private static (IEnumerable<string> Activities, IEnumerable<string> Connections) Line(int size, bool waits) =>
        (Enumerable.Range(0, size).Select(index => waits ? Activity(index, "Event", $"\"eventName\": \"{NameOf(index)}\"") : Step(index)),
            Enumerable.Range(1, size - 1).Select(index => Connection(index - 1, "Done", index)));

    private static (IEnumerable<string> Activities, IEnumerable<string> Connections) Joins(int size)
    {
        var groups = Enumerable.Range(0, size / Five).Select(group => group * Five).ToList();
        return (
            groups.SelectMany(first => (string[])
            [
                Activity(first, "FlowFork", """ "branches": [ "A", "B", "C" ] """), Step(first + 1), Step(first + 2), Step(first + 3), Activity(first + 4, "FlowJoin", """ "mode": "WaitAll" """),
            ]),
            groups.SelectMany(first => (string[])
            [
                Connection(first, "A", first + 1), Connection(first, "B", first + 2), Connection(first, "C", first + 3),
                Connection(first + 1, "Done", first + 4), Connection(first + 2, "Done", first + 4), Connection(first + 3, "Done", first + 4),
                .. first + Five < size ? [Connection(first + 4, "Done", first + Five)] : Array.Empty<string>(),
            ]));
    }

    private static string Step(int index) => Activity(index, "WriteLine", "\"text\": \"step\"");

    private static string Activity(int index, string type, string members) => $$"""{ "id": "{{NameOf(index)}}", "type": "Elsa.{{type}}", {{members}} }""";

    private static string Connection(int source, string port, int target) =>
        $$"""{ "source": { "activity": "{{NameOf(source)}}", "port": "{{port}}" }, "target": { "activity": "{{NameOf(target)}}" } }""";
}
