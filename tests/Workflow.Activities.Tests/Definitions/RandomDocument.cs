using System.Text.Json.Nodes;

namespace Workflow.Activities.Tests.Definitions;

/// <summary>A random document that compiles, in old and new spellings, with members and activities that nobody knows.</summary>
internal sealed class RandomDocument(Random random)
{
    private int ids;
    private int marks;

    /// <summary>Values of members that nobody knows; all of them have to survive.</summary>
    public List<string> Marks { get; } = [];

    public JsonObject Build()
    {
        var document = new JsonObject
        {
            [Name("definitionId")] = "random", [Name("name")] = "Random", ["variables"] = Variables(), ["inputs"] = new JsonArray(new JsonObject { ["name"] = "in", ["type"] = Type("Double", "System.Double, System.Private.CoreLib") }),
            ["outputs"] = Listed(new JsonObject { ["name"] = "out", ["type"] = "String" }),
        };
        if (Chance(3)) document["usableAsActivity"] = true;
        if (Chance(5)) document["$schema"] = "mine";
        document[Name("root")] = Activity(0);
        return Marked(document);
    }

    private JsonObject Activity(int depth)
    {
        var id = $"a{++ids}";
        var activity = (depth > 3 ? random.Next(6) : random.Next(11)) switch
        {
            0 => New(id, "Elsa.WriteLine", (Name("text"), Text())),
            1 => New(id, "Elsa.Event", ("eventName", Text()), ("result", new JsonObject { [Name("typeName")] = "System.Object, System.Private.CoreLib", ["memoryReference"] = new JsonObject { [Name("id")] = "v1" } })),
            2 => New(id, "Elsa.SetVariable", ("variable", new JsonObject { ["id"] = "v1" }), ("value", Any())),
            3 => New(id, "Acme.Thing", ("Inner", Marked(new JsonObject { ["Text"] = "x" }))),
            4 => Placeholder(id),
            5 => New(id, "Elsa.Delay", ("timeSpan", Input("TimeSpan", "00:01:00"))),
            6 => New(id, "Elsa.If", (Name("condition"), Any()), (Name("then"), Activity(depth + 1)), ("else", Activity(depth + 1))),
            7 => New(id, "Elsa.For", ("end", Input("Int32", Pick<JsonNode>(3, "3"))), (Name("body"), Activity(depth + 1))),
            8 => New(id, "Elsa.FlowSwitch", (Name("cases"), Listed(new JsonObject { [Name("label")] = "yes", ["condition"] = Expression() }))),
            9 => New(id, "Elsa.Sequence", (Name("activities"), Listed(Children(depth))), ("variables", Variables())),
            _ => Chart(id, depth),
        };
        return Marked(activity);
    }

    private JsonObject Chart(string id, int depth)
    {
        var children = Children(depth);
        var names = children.Select(child => child["id"]!.GetValue<string>()).ToList();
        var connections = Enumerable.Range(0, random.Next(4)).Select(_ => Connection(names)).ToArray();
        var chart = New(id, "Elsa.Flowchart", ("activities", Listed(children)));
        chart[Name("connections")] = connections.Length == 1 && Chance(2) ? connections[0] : Chance(4) ? new JsonObject { ["$values"] = new JsonArray(connections) } : Listed(connections);
        return chart;
    }

    private JsonObject Connection(List<string> names)
    {
        var (source, target) = (names[random.Next(names.Count)], names[random.Next(names.Count)]);
        return Marked(random.Next(4) switch
        {
            0 => new() { ["source"] = source, ["sourcePort"] = "Done", ["target"] = target, ["targetPort"] = "In" },
            1 => new() { [Name("source")] = source, [Name("target")] = target },
            2 => new() { ["source"] = new JsonObject { [Name("activity")] = source, ["port"] = Pick<JsonNode?>("Done", "True", "", null) }, ["target"] = new JsonObject { ["activity"] = target } },
            _ => new() { ["source"] = Marked(new() { ["activity"] = source }), ["target"] = target, ["vertices"] = new JsonArray() },
        });
    }

    private JsonObject[] Children(int depth) => [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Activity(depth + 1))];

    private JsonObject Placeholder(string id) => new()
    {
        ["id"] = id, ["type"] = "Elsa.NotFoundActivity", ["missingTypeName"] = "x",
        ["originalActivityJson"] = Marked(New(id, Pick("Elsa.WriteLine", "Acme.Other"), ("text", Text()))).ToJsonString(),
    };

    private JsonObject New(string id, string type, params (string Name, JsonNode? Value)[] members)
    {
        var activity = new JsonObject { ["id"] = id, [Name("type")] = Chance(4) ? type.ToLowerInvariant() : type };
        foreach (var (name, value) in members) activity[name] = value;
        if (Chance(4)) activity[Name("canStartWorkflow")] = true;
        return activity;
    }

    private JsonArray Variables()
    {
        var value = Pick<JsonNode?>("4", 4, "true", true, "[1, 2]", new JsonArray(1, 2), "text", null, new JsonObject { ["_type"] = "List", ["items"] = new JsonArray(1) }, 1.5e300);
        var type = Pick<JsonNode?>("Int32", "System.Boolean, System.Private.CoreLib", "string", "Object", "Int32[]", "Double", "Acme.Money, Acme", null);
        return [Marked(new() { ["id"] = "v1", ["name"] = "first", [Name("typeName")] = type, [Name("value")] = value }), Marked(new() { [Pick("id", "Name")] = "second", ["isArray"] = Chance(2) })];
    }

    private JsonNode? Text() => Input("String", Pick("hello", "世界", "{{ x }}"));

    private JsonNode? Any() => Input("Object", Pick<JsonNode?>(1, "x", true, new JsonArray(1, "a"), new JsonObject { ["a"] = 1 }, null));

    private JsonNode? Input(string type, JsonNode? value) => random.Next(7) switch
    {
        0 or 1 => value,
        2 => Marked(new() { [Name("typeName")] = type, ["expression"] = new JsonObject { [Name("type")] = Pick("Literal", "literal"), ["value"] = value } }),
        3 => new JsonObject { ["expression"] = new JsonObject { ["value"] = value } },
        4 => new JsonObject { ["expression"] = value?.DeepClone() ?? "x", ["memoryReference"] = new JsonObject { ["id"] = "m" } },
        _ => new JsonObject { ["typeName"] = type, ["expression"] = Expression() },
    };

    private JsonObject Expression() => random.Next(5) switch
    {
        0 => new() { ["type"] = "Variable", ["value"] = Pick<JsonNode>("v1", "second", "{ \"id\": \"v1\" }", new JsonObject { ["id"] = "v1", ["typeName"] = "String" }) },
        1 => new() { ["type"] = "input", ["value"] = Pick<JsonNode>("in", "{ \"name\": \"in\" }", new JsonObject { ["name"] = "in" }) },
        2 => new() { ["type"] = Pick("Json", "Object"), ["value"] = Pick<JsonNode>("[1, 2]", "{ \"a\": \"b\" }", new JsonArray(1), 4) },
        3 => Marked(new() { ["type"] = "Liquid", ["value"] = "{{ 1 }}" }),
        _ => new() { ["value"] = Pick<JsonNode>(1, "x", new JsonArray(1)) },
    };

    private JsonNode Listed(params JsonNode[] items) => Chance(4) ? new JsonObject { ["_type"] = "List", [Pick("items", "values")] = new JsonArray(items) } : new JsonArray(items);

    private JsonObject Marked(JsonObject json)
    {
        if (!Chance(4)) return json;
        Marks.Add($"mark-{++marks}-");
        json.Insert(random.Next(json.Count + 1), $"X{marks}", Chance(2) ? Marks[^1] : new JsonObject { ["Deep"] = new JsonArray(Marks[^1], null, 1.0) });
        return json;
    }

    private string Name(string name) => random.Next(5) switch { 0 => char.ToUpperInvariant(name[0]) + name[1..], 1 => name.ToUpperInvariant(), _ => name };

    private string Type(string alias, string older) => Chance(2) ? alias : older;

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;
}
