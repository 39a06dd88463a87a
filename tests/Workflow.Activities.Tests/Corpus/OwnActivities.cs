using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Tests.Corpus;

/// <summary>Activities of others, for what those that are built in never do.</summary>
internal static class OwnActivities
{
    private static readonly DefinitionReader Reader = new(BuiltInActivities.Catalog(new TellsAnId()), new HashSet<string> { "24x7", "cn-gov" });

    public static WorkflowDefinition Read(string document)
    {
        var problems = new ProblemList();
        return Reader.Compile(document, problems) is { } definition && !problems.HasErrors ? definition : throw new FormatException(string.Join("\n", problems.All));
    }

    public static WorkflowDefinition Read(string root, string members) => Read($$"""{ "definitionId": "test", {{members}} "root": {{root}} }""".Replace('\'', '"'));

    /// <summary>When one of its waits ends, draws an id that it tells somebody outside, and goes on waiting for the other.</summary>
    private sealed class TellsAnId : Activity
    {
        public override ActivityDescriptor Descriptor { get; } = new("Test.TellsAnId");

        public override void Execute(ActivityContext context)
        {
            foreach (var name in new[] { "first", "second" }) context.Wait(BookmarkKind.Event, name);
        }

        public override void Resumed(ActivityContext context, Resumption resumption)
        {
            context.WriteLine(context.NewId());
            if (!context.HasWaits) context.Complete();
        }
    }
}
