using System.Text.Json;
using Workflow.Engine.Definitions;

namespace Workflow.Engine.Tests.Definitions;

/// <summary>The smallest catalogue that has every shape: a leaf with inputs, a list, a chart, a choice with ports.</summary>
internal static class TestCatalog
{
    public static ActivityCatalog Catalog { get; } = new Shapes(
    [
        new Shape(new("Test.Leaf")
        {
            Inputs =
            [
                new("text", "String", IsRequired: true), new("count", "Int32"), new("flag", "Boolean"), new("span", "TimeSpan"), new("names", "String[]"),
                new("colour", "String", Check: value => value.GetString() is "red" or "green" ? null : "red or green"),
            ],
            Outputs = ["result"],
            PlainMembers = ["sla"],
        }),
        new Shape(new("Test.Fork"), "Left", "Right"),
        new Shape(new("Test.List") { ListMember = "activities" }),
        new Shape(new("Test.Chart") { ListMember = "activities", HasConnections = true }),
        new Shape(new("Test.Choice") { ChildPorts = ["then", "else"], RequiredPorts = ["then"] }),
    ]);

    public static DefinitionReader Reader { get; } = new(Catalog, new HashSet<string> { "24x7" });

    public static (WorkflowDefinition? Definition, ProblemList Problems) Read(string json)
    {
        var problems = new ProblemList();
        return (Reader.Read(json, problems), problems);
    }

    /// <summary>A document with this root; names may stand in single quotes.</summary>
    public static (WorkflowDefinition? Definition, ProblemList Problems) ReadRoot(string root) =>
        Read($$"""{ "definitionId": "test", "root": {{root.Replace('\'', '"')}} }""");

    public static WorkflowDefinition Definition(string root)
    {
        var (definition, problems) = ReadRoot(root);
        problems.All.Where(problem => problem.Severity == Severity.Error).ShouldBeEmpty();
        return definition.ShouldNotBeNull();
    }

    public static JsonElement Json(string text) => JsonElement.Parse(text.Replace('\'', '"'));

    internal sealed class Shapes(IEnumerable<ActivityType> types) : ActivityCatalog(types)
    {
        public override ActivityType Unknown(string typeName) => new Shape(new(typeName) { IsOpen = true });

        public override ActivityType Composite(string typeName, JsonElement workflow) => new Shape(new(typeName));
    }

    private sealed class Shape(ActivityDescriptor descriptor, params string[] outcomes) : ActivityType
    {
        public override ActivityDescriptor Descriptor => descriptor;

        public override IReadOnlyList<string> Outcomes(Node node) => outcomes.Length == 0 ? ["Done"] : outcomes;

        public override void Check(Node node, DefinitionCheck check) => SlaDeclaration.Check(node, check);
    }
}
