using Workflow.Engine.Definitions;

namespace Workflow.Engine.Tests.Definitions;

public class JsonTextTests
{
    [Theory]
    [InlineData("", "a JSON document", "the end", 1, 1)]
    [InlineData("{", "the name of a member in double quotes, or '}'", "the end", 1, 2)]
    [InlineData("{\"a\"", "':' after the name of a member", "the end", 1, 5)]
    [InlineData("{\"a\":", "a value", "the end", 1, 6)]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2 }", "',' or '}'", "'\"b\"'", 3, 3)]
    [InlineData("{\"a\": 1,}", "the name of a member in double quotes", "'}'", 1, 9)]
    [InlineData("{'a': 1}", "the name of a member in double quotes, or '}'", "''a''", 1, 2)]
    [InlineData("{\"a\": yes}", "a value", "'yes'", 1, 7)]
    [InlineData("{\"世界\": yes}", "a value", "'yes'", 1, 8)]
    [InlineData("[1 2]", "',' or ']'", "'2'", 1, 4)]
    [InlineData("[1,]", "a value", "']'", 1, 4)]
    [InlineData("[", "a value or ']'", "the end", 1, 2)]
    [InlineData("[\"a", "the rest of a text in quotes", "the end", 1, 4)]
    [InlineData("{\"a\": \"x\ny\"}", "the rest of a text in quotes", "a line break", 1, 9)]
    [InlineData("{} {}", "nothing after the document", "'{'", 1, 4)]
    [InlineData("{\"a\": 1, \"b\": { \"c\": 1,\n\"c\": 2 } }", "each member of an object once", "'c' again", 2, 1)]
    public void What_is_no_JSON_is_said_with_place_what_was_expected_and_what_was_found(string text, string expected, string found, int line, int column)
    {
        JsonText.Parse(text, out var problem).ShouldBeNull();

        problem.ShouldBe(new(line, column, expected, found));
    }

    [Fact]
    public void Too_many_levels_are_said_to_be_too_many() =>
        JsonText.Explain(new string('[', 100)).Expected.ShouldBe("at most 64 levels of objects and lists");

    [Fact]
    public void A_document_is_read() => JsonText.Parse("""{ "a": [ { "x": 1 }, { "x": 2 } ] }""", out _).ShouldNotBeNull();
}
