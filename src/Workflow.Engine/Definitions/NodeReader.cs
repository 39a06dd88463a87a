using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>Reads the tree of activities of one document. Whatever can be built is built, so that one mistake does not hide the next.</summary>
/// <param name="scope">Put before every id: the usage of a workflow as an activity; empty for the document itself.</param>
internal sealed class NodeReader(ActivityCatalog catalog, WorkflowUsages usages, ProblemList problems, DefinitionLimits limits, string scope = "")
{
    private readonly ExpressionReader expressions = new(problems);
    private int count;

    private const string SoundWorkflow = "a workflow without errors";
    private const string NoCircle = "workflows that do not use one another in a circle";
    private const string PlaceholderType = "Elsa.NotFoundActivity";

    public Dictionary<string, Node> ById { get; } = new(StringComparer.Ordinal);

    public Node? Read(JsonElement json, string pointer, int depth)
    {
        if (depth > limits.Depth)
        {
            problems.Error(pointer, $"at most {limits.Depth} levels of activities", "a deeper level");
            return null;
        }
        if (++count > limits.Activities)
        {
            if (count == limits.Activities + 1) problems.Error(pointer, $"at most {limits.Activities} activities", "one more");
            return null;
        }
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Error(pointer, "an activity", json.Describe());
            return null;
        }
        json = WithoutPlaceholder(json);
        if (json.Text("type") is not { } typeName)
        {
            problems.Error($"{pointer}/type", "the type of an activity", json.Member("type")?.Describe() ?? "nothing");
            return null;
        }
        if (string.IsNullOrWhiteSpace(json.Text("id"))) problems.Error($"{pointer}/id", "an id, unique in its container", json.Member("id")?.Describe() ?? "nothing");
        var node = Build(json, pointer, depth, TypeOf(json, typeName, pointer));
        ById[node.Id] = node;
        return node;
    }

    private ActivityType TypeOf(JsonElement json, string typeName, string pointer)
    {
        if (catalog.Find(typeName) is { } known) return known;
        if (usages.Find(json, typeName, pointer, problems) is { } used) return catalog.Composite(typeName, used);
        var reason = ForeignActivities.Reason(typeName);
        problems.Error($"{pointer}/type", reason is null ? "the type of an activity that this engine runs" : $"an activity that this engine runs ({reason})", $"'{typeName}'");
        return catalog.Unknown(typeName);
    }

    /// <summary>Where Elsa did not know a type it wrote a placeholder around the activity; what it stands for is inside, as text.</summary>
    public static JsonElement WithoutPlaceholder(JsonElement json) =>
        string.Equals(json.Text("type"), PlaceholderType, StringComparison.OrdinalIgnoreCase) && json.Member("originalActivityJson") is { } original
        && Values.ToJson(original) is { ValueKind: JsonValueKind.Object } activity && activity.IsWellFormed() ? activity : json;

    private Node Build(JsonElement json, string pointer, int depth, ActivityType type)
    {
        var shape = type.Descriptor;
        var activityId = json.Text("id") is { Length: > 0 } given ? given : pointer;
        var id = UniqueId(activityId, pointer);
        ById[id] = null!; // Reserved, so that a child cannot take it.
        var children = shape.ListMember is { } list ? ReadActivities(json, list, pointer, depth) : [];
        var ports = ReadPorts(json, pointer, depth, shape);
        var inputs = new NodeInputReader(expressions, problems);
        var node = new Node
        {
            Id = id,
            ActivityId = activityId,
            Name = json.Text("name") ?? activityId,
            Type = type,
            Pointer = pointer,
            Json = json.Clone(),
            CanStart = json.IsTrue("canStartWorkflow") || json.Member("customProperties")?.IsTrue("canStartWorkflow") == true,
            Activities = children,
            Cases = shape.HasCases ? ReadCases(json, pointer, depth, ports) : [],
            Ports = ports.ToImmutable(),
            Flows = shape.HasConnections ? ConnectionReader.Read(json, pointer, children, problems, limits) : [],
            Inputs = inputs.Read(json, pointer, shape),
            Outputs = NodeInputReader.ReadOutputs(json, shape),
            Variables = type.UsedWorkflow is { } used ? VariableReader.Read(used.Document, pointer, new()) : VariableReader.Read(json, pointer, problems),
        };
        Adopt(node, id, children);
        if (type.UsedWorkflow is { } workflow) ReadUsed(node, workflow.Document, depth);
        NodeInputReader.ReportUnknownMembers(json, pointer, shape, problems);
        return node;
    }

    private void Adopt(Node node, string id, ImmutableArray<Node> children)
    {
        foreach (var (index, child) in children.Index()) (child.Parent, child.Position) = (node, index);
        foreach (var (port, child) in node.Ports) (child.Parent, child.ParentPort) = (node, port);
        foreach (var twice in children.GroupBy(child => child.ActivityId).Where(group => group.Count() > 1))
            problems.Error($"{twice.Last().Pointer}/id", "an id that no other activity of its container has", $"'{twice.Key}', also at {twice.First().Pointer}");
        ById[id] = node;
    }

    /// <summary>A workflow used as an activity runs inside the same instance: its activities become nodes of this definition.</summary>
    private void ReadUsed(Node node, JsonElement document, int depth)
    {
        var used = new DefinitionVersion(document.Text("definitionId") ?? document.Text("id") ?? document.Text("name") ?? "", WorkflowDocuments.VersionOf(document));
        if (usages.Circle(used) is { } circle)
        {
            problems.Error(node.Pointer, NoCircle, circle);
            return;
        }
        if (usages.Depth == limits.UsedWorkflows)
        {
            problems.Error(node.Pointer, $"at most {limits.UsedWorkflows} workflows inside one another", "a deeper one");
            return;
        }
        if (document.Member("root") is not { } root) return;
        var found = new ProblemList();
        var inner = new NodeReader(catalog, usages.Inside(used), found, limits, $"{node.Id}:") { count = count };
        if (inner.Read(root, $"{node.Pointer}#/root", depth + 1) is { } read)
        {
            (read.Parent, read.ParentPort) = (node, UsedWorkflow.RootPort);
            node.Ports = node.Ports.Add(UsedWorkflow.RootPort, read);
            foreach (var (id, child) in inner.ById) ById[id] = child;
        }
        count = inner.count;
        if (found.All.FirstOrDefault(problem => problem.Severity == Severity.Error) is not { } wrong) return;
        // What a workflow inside this one has reported so is passed on as it is: one sentence, however deep.
        if (wrong.Expected is SoundWorkflow or NoCircle) problems.Error(node.Pointer, wrong.Expected, wrong.Found);
        else problems.Error(node.Pointer, SoundWorkflow, $"one with: {wrong}");
    }

    private string UniqueId(string activityId, string pointer)
    {
        var id = scope + activityId;
        return ById.ContainsKey(id) ? $"{id}@{pointer}" : id;
    }

    private ImmutableArray<Node> ReadActivities(JsonElement json, string member, string pointer, int depth)
    {
        var children = ImmutableArray.CreateBuilder<Node>();
        foreach (var (child, at) in json.ItemsAt(member, pointer, problems))
            if (Read(child, at, depth + 1) is { } read) children.Add(read);
        return children.ToImmutable();
    }

    private ImmutableDictionary<string, Node>.Builder ReadPorts(JsonElement json, string pointer, int depth, ActivityDescriptor shape)
    {
        var ports = ImmutableDictionary.CreateBuilder<string, Node>();
        foreach (var port in shape.ChildPorts)
            if (json.Member(port) is { } child)
            {
                if (Read(child, $"{pointer}/{port}", depth + 1) is { } read) ports[port] = read;
            }
            else if (shape.RequiredPorts.Contains(port)) problems.Error($"{pointer}/{port}", "an activity", "nothing");
        if (shape.PortList is { } list)
            foreach (var (index, (one, at)) in json.ItemsAt(list, pointer, problems).Index())
                if (one.Member("activity") is { } child && Read(child, $"{at}/activity", depth + 1) is { } read) ports[$"{list}/{index}"] = read;
        return ports;
    }

    private ImmutableArray<NodeCase> ReadCases(JsonElement json, string pointer, int depth, ImmutableDictionary<string, Node>.Builder ports)
    {
        var cases = ImmutableArray.CreateBuilder<NodeCase>();
        foreach (var (index, (one, at)) in json.ItemsAt("cases", pointer, problems).Index())
        {
            string? port = null;
            if (one.Member("activity") is { } child && Read(child, $"{at}/activity", depth + 1) is { } read) ports[port = $"cases/{index}"] = read;
            if (one.Text("label") is not { } label) problems.Error($"{at}/label", "the name of the case", one.Member("label")?.Describe() ?? "nothing");
            else if (expressions.Read(one.Member("condition") ?? default, $"{at}/condition") is { } condition) cases.Add(new(label, condition, port));
        }
        return cases.ToImmutable();
    }
}
