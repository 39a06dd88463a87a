using System.Text.Json;
using Workflow.Engine.Definitions;
using static Workflow.Engine.Tests.Definitions.TestCatalog;

namespace Workflow.Engine.Tests.Definitions;

public class DefinitionDifferenceTests
{
    private const string Before = """
        { "definitionId": "test", "version": 1, "name": "Old", "inputs": [ { "name": "a", "type": "String" }, { "name": "b", "type": "String" } ],
          "variables": [ { "id": "v1", "name": "level", "typeName": "Int32" } ],
          "root": { "id": "chart", "type": "Test.Chart", "activities": [
              { "id": "one", "type": "Test.Leaf", "text": "hello" }, { "id": "two", "type": "Test.Leaf", "text": "stay" }, { "id": "list", "type": "Test.List", "activities": [ { "id": "moved", "type": "Test.Leaf", "text": "m" } ] } ],
            "connections": [ { "source": { "activity": "one", "port": "Done" }, "target": { "activity": "two" } } ] } }
        """;

    [Fact]
    public void Two_versions_of_the_same_content_do_not_differ()
    {
        var later = Before.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal);

        DefinitionDifference.Between(Of(Before), Of(later)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_part_that_was_added_removed_changed_or_moved_is_named_with_its_place()
    {
        var after = Of("""
            { "definitionId": "test", "version": 2, "name": "New", "inputs": [ { "name": "b", "type": "Int32" }, { "name": "c", "type": "String" } ],
              "variables": [ { "id": "v1", "name": "height", "typeName": "Int32" }, { "id": "v2", "name": "width", "typeName": "Int32" } ],
              "root": { "id": "chart", "type": "Test.Chart", "activities": [
                  { "id": "moved", "type": "Test.Leaf", "text": "m" }, { "id": "one", "type": "Test.Leaf", "text": "goodbye", "count": 2 }, { "id": "list", "type": "Test.List" }, { "id": "three", "type": "Test.Leaf", "text": "new" } ],
                "connections": [ { "source": { "activity": "one", "port": "Done" }, "target": { "activity": "three" } } ] } }
            """);

        DefinitionDifference.Between(Of(Before), after).Select(one => $"{one.Kind} {one.Part} {one.Id} at {one.Pointer} in {one.Container}: {string.Join(", ", one.Members)}").ShouldBe(
        [
            "Changed Document name at /name in : value",
            "Changed Input b at /inputs/0 in : type",
            "Added Input c at /inputs/1 in : ",
            "Removed Input a at /inputs/0 in : ",
            "Changed Variable v1 at /variables/0 in : name",
            "Added Variable v2 at /variables/1 in : ",
            "Changed Activity moved at /root/activities/0 in chart: container",
            "Changed Activity one at /root/activities/1 in chart: count, text",
            "Added Activity three at /root/activities/3 in chart: ",
            "Removed Activity two at /root/activities/1 in chart: ",
            "Added Connection one:Done → three at /root/connections/0 in chart: ",
            "Removed Connection one:Done → two at /root/connections/0 in chart: ",
        ]);
    }

    [Fact]
    public void A_container_has_not_changed_when_what_is_in_it_has()
    {
        var after = Of(Before.Replace("\"text\": \"m\"", "\"text\": \"n\"", StringComparison.Ordinal));

        var difference = DefinitionDifference.Between(Of(Before), after).ShouldHaveSingleItem();

        (difference.Id, difference.From!.Value.GetProperty("text").GetString(), difference.To!.Value.GetProperty("text").GetString()).ShouldBe(("moved", "m", "n"));
    }

    [Fact]
    public void The_way_back_is_the_same_difference_the_other_way_round()
    {
        var (before, after) = (Of(Before), Definition("{ 'id': 'chart', 'type': 'Test.Chart', 'activities': [ { 'id': 'x', 'type': 'Test.Leaf', 'text': 't' } ] }"));

        var there = DefinitionDifference.Between(before, after);
        var back = DefinitionDifference.Between(after, before);

        Key(back, DifferenceKind.Added).ShouldBe(Key(there, DifferenceKind.Removed));
        Key(back, DifferenceKind.Removed).ShouldBe(Key(there, DifferenceKind.Added));

        static IEnumerable<string> Key(IEnumerable<Difference> of, DifferenceKind kind) => of.Where(one => one.Kind == kind).Select(one => $"{one.Part} {one.Id} {one.Pointer}");
    }

    [Fact]
    public void A_version_says_its_number_and_a_draft_does_not()
    {
        var document = JsonElement.Parse("""{ "id": "v-17", "definitionId": "test", "name": "名", "isLatest": true, "version": 3, "root": { "id": "a", "type": "Test.Leaf", "text": "1e2", "count": 1.50 } }""");

        DocumentVersion.With(document, 4).GetRawText().ShouldBe("""{"definitionId":"test","version":4,"name":"名","root":{"id":"a","type":"Test.Leaf","text":"1e2","count":1.50}}""");
        DocumentVersion.Without(document).GetRawText().ShouldBe("""{"definitionId":"test","name":"名","root":{"id":"a","type":"Test.Leaf","text":"1e2","count":1.50}}""");
        DocumentVersion.With(JsonElement.Parse("""{"id":"test"}"""), 2).GetRawText().ShouldBe("""{"id":"test","version":2}""");
    }

    private static WorkflowDefinition Of(string document)
    {
        var (definition, problems) = Read(document);
        return definition.ShouldNotBeNull(string.Join('\n', problems.All));
    }
}
