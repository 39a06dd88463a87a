using Workflow.Engine.Definitions;
using static Workflow.Engine.Tests.Definitions.TestCatalog;

namespace Workflow.Engine.Tests.Definitions;

public class FormSchemaTests
{
    private const string Form = """
        { 'type': 'object', 'title': '现场核实', 'required': ['finding', 'a/b'],
          'properties': {
            'finding': { 'type': 'string', 'minLength': 2, 'maxLength': 5, 'format': 'textarea' },
            'source': { 'type': 'string', 'enum': ['扬尘', '机动车'] },
            'score': { 'type': 'integer', 'minimum': 0, 'maximum': 100 },
            'level': { 'type': 'number', 'minimum': -0.5 },
            'stopped': { 'type': 'boolean' },
            'a/b': { 'type': 'number' } } }
        """;

    [Theory]
    [InlineData("{ 'finding': 'ok', 'a/b': 1 }")]
    [InlineData("{ 'finding': '五个字以内', 'a/b': -1e3, 'source': '扬尘', 'score': 100, 'level': -0.5, 'stopped': false }")]
    [InlineData("{ 'finding': 'ok', 'a/b': 1, 'source': null, 'score': null }")]
    public void Values_that_fit_have_no_problem(string values)
    {
        Schema(Form).Check(Json(values)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{ }", "/a~1b: a value|/finding: a value")]
    [InlineData("null", "/a~1b: a value|/finding: a value")]
    [InlineData("[]", ": an object with the fields of the form")]
    [InlineData("'text'", ": an object with the fields of the form")]
    [InlineData("{ 'finding': '  ', 'a/b': null }", "/a~1b: a value|/finding: a value")]
    [InlineData("{ 'finding': 'x', 'a/b': 1 }", "/finding: at least 2 characters")]
    [InlineData("{ 'finding': '一二三四五六', 'a/b': 1 }", "/finding: at most 5 characters")]
    [InlineData("{ 'finding': 12, 'a/b': '1' }", "/finding: a text|/a~1b: a number")]
    [InlineData("{ 'finding': 'ok', 'a/b': 1, 'source': '工业' }", "/source: one of ")]
    [InlineData("{ 'finding': 'ok', 'a/b': 1, 'score': 50.5, 'level': -0.6, 'stopped': 'true' }", "/score: a whole number|/level: at least -0.5|/stopped: true or false")]
    [InlineData("{ 'finding': 'ok', 'a/b': 1, 'score': 101 }", "/score: at most 100")]
    [InlineData("{ 'finding': 'ok', 'a/b': 1, 'score': 1e99 }", "/score: a whole number")]
    [InlineData("{ 'finding': 'ok', 'a/b': 1, 'score': { } }", "/score: a whole number")]
    [InlineData("{ 'finding': 'ok', 'a/b': 1, 'x~y/z': 1 }", "/x~0y~1z: a field of the form")]
    public void Each_value_that_does_not_fit_is_named_with_what_was_expected(string values, string problems)
    {
        var found = Schema(Form).Check(Json(values)).Select(problem => $"{problem.Pointer}: {problem.Expected}").ToList();

        found.Count.ShouldBe(problems.Split('|').Length, string.Join("|", found));
        foreach (var (expected, actual) in problems.Split('|').Zip(found)) actual.ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("[]", "/form")]
    [InlineData("{ 'type': 'array' }", "/form/type")]
    [InlineData("{ 'additionalProperties': false }", "/form/additionalProperties")]
    [InlineData("{ 'properties': [] }", "/form/properties")]
    [InlineData("{ 'properties': { 'a': 'string' } }", "/form/properties/a")]
    [InlineData("{ 'properties': { 'a/b': { } } }", "/form/properties/a~1b/type")]
    [InlineData("{ 'properties': { 'a': { 'type': 'array' } } }", "/form/properties/a/type")]
    [InlineData("{ 'properties': { 'a': { 'type': 'string', 'pattern': 'x' } } }", "/form/properties/a/pattern")]
    [InlineData("{ 'properties': { 'a': { 'type': 'string', 'maxLength': 'x' } } }", "/form/properties/a/maxLength")]
    [InlineData("{ 'properties': { 'a': { 'type': 'number', 'minimum': '0' } } }", "/form/properties/a/minimum")]
    [InlineData("{ 'properties': { 'a': { 'type': 'string', 'enum': 'x' } } }", "/form/properties/a/enum")]
    [InlineData("{ 'properties': { 'a': { 'type': 'string', 'enum': [] } } }", "/form/properties/a/enum")]
    [InlineData("{ 'required': 'a', 'properties': { 'a': { 'type': 'string' } } }", "/form/required")]
    [InlineData("{ 'required': [ 'a', 'b', 1 ], 'properties': { 'a': { 'type': 'string' } } }", "/form/required/1,/form/required/2")]
    public void A_form_outside_the_subset_is_refused_so_that_no_rule_is_silently_ignored(string form, string pointers)
    {
        var problems = new ProblemList();

        FormSchema.Read(Json(form), "/form", problems);

        string.Join(",", problems.All.Select(problem => problem.Pointer)).ShouldBe(pointers);
    }

    private static FormSchema Schema(string form)
    {
        var problems = new ProblemList();
        var schema = FormSchema.Read(Json(form), "/form", problems);
        problems.All.ShouldBeEmpty();
        return schema.ShouldNotBeNull();
    }
}
