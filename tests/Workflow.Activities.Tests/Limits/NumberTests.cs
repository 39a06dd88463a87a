using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Tests.Limits;

public class NumberTests
{
    [Fact]
    public void An_id_that_was_given_out_is_never_given_again()
    {
        var reader = new DefinitionReader(BuiltInActivities.Catalog(new Naming()), new HashSet<string>());
        var definition = reader.Read("""{ "definitionId": "names", "root": { "id": "n", "type": "Test.Naming" } }""", new()).ShouldNotBeNull();
        var instance = new Scenario(definition).Start();

        instance.Send("first").Send("second");

        var given = instance.Journal.OfType<Fact.LineWritten>().Select(line => line.Text).ToList();
        given.Count.ShouldBe(2);
        given.ShouldBeUnique();
    }

    /// <summary>When one of its waits ends, draws an id that it tells somebody outside, and goes on waiting for the others.</summary>
    private sealed class Naming : Activity
    {
        public override ActivityDescriptor Descriptor { get; } = new("Test.Naming");

        public override void Execute(ActivityContext context)
        {
            foreach (var name in new[] { "first", "second", "third" }) context.Wait(BookmarkKind.Event, name);
        }

        public override void Resumed(ActivityContext context, Resumption resumption) => context.WriteLine(context.NewId());
    }
}
