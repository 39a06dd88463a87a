namespace Workflow.Engine.Tests.Expressions.Scripting;

/// <summary>The language, row by row. What is expected was taken from Node 20 with TZ=UTC.</summary>
public class ScriptLanguageTests
{
    [Theory]
    [MemberData(nameof(SyntaxTable.Rows), MemberType = typeof(SyntaxTable))]
    public void Statements_and_scopes_mean_what_they_mean_in_node(string script, string expected) => Check(script, expected);

    [Theory]
    [MemberData(nameof(OperatorsTable.Rows), MemberType = typeof(OperatorsTable))]
    public void Operators_and_numbers_mean_what_they_mean_in_node(string script, string expected) => Check(script, expected);

    [Theory]
    [MemberData(nameof(TextsTable.Rows), MemberType = typeof(TextsTable))]
    public void Strings_and_regular_expressions_mean_what_they_mean_in_node(string script, string expected) => Check(script, expected);

    [Theory]
    [MemberData(nameof(ArraysTable.Rows), MemberType = typeof(ArraysTable))]
    public void Arrays_mean_what_they_mean_in_node(string script, string expected) => Check(script, expected);

    [Theory]
    [MemberData(nameof(ObjectsTable.Rows), MemberType = typeof(ObjectsTable))]
    public void Objects_and_collections_mean_what_they_mean_in_node(string script, string expected) => Check(script, expected);

    [Theory]
    [MemberData(nameof(DatesTable.Rows), MemberType = typeof(DatesTable))]
    public void Dates_mean_what_they_mean_in_node(string script, string expected) => Check(script, expected);

    /// <summary>An error is expected whole, or, where the words differ from Node's, by its kind.</summary>
    private static void Check(string script, string expected)
    {
        var found = ScriptOutcome.Of(script).Text;

        if (expected.StartsWith('!') && !expected.Contains(' ')) found.ShouldStartWith(expected + ":");
        else found.ShouldBe(expected);
    }
}
