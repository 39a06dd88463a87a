using Workflow.Engine.Definitions;

namespace Workflow.Activities.Tests.Definitions;

/// <summary>What the checker says of the smallest document. JSON may be written with single quotes.</summary>
internal static class Checked
{
    public static IReadOnlyList<string> Root(string root, string members = "", WorkflowLookup? lookup = null) =>
        Document($"{{ 'definitionId': 'test', {members} 'root': {root} }}", lookup);

    public static IReadOnlyList<string> Document(string document, WorkflowLookup? lookup = null)
    {
        var problems = new ProblemList();
        var reader = new DefinitionReader(BuiltInActivities.Catalog(), new HashSet<string> { "24x7" }, lookup);
        var definition = reader.Read(document.Replace('\'', '"'), problems);
        (definition is null).ShouldBe(problems.HasErrors, "a document is refused for an error and for nothing else");
        return [.. problems.All.Select(problem => $"{problem.Severity} {problem}")];
    }

    /// <summary>One problem that begins so and says that; nothing beside it.</summary>
    public static void ShouldSay(this IReadOnlyList<string> problems, string begin, string words)
    {
        var problem = problems.ShouldHaveSingleItem();
        problem.ShouldStartWith(begin + ": ");
        problem.ShouldContain(words);
    }
}
