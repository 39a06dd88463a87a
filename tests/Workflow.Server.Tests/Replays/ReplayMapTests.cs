using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Server.Replays;

namespace Workflow.Server.Tests.Replays;

public class ReplayMapTests
{
    [Fact]
    public void The_map_of_the_project_is_read()
    {
        var map = ReplayMapReader.ReadFile(SmallLog.MapFile);

        map.Stages["T10 Determine necessity to stop indication"].ShouldBe(StageName.Analysis);
        map.Stages.Count.ShouldBe(27);
        map.ColumnNames.ShouldContain("case:enddate");
        File.Exists(map.Definition).ShouldBeTrue();
    }

    [Theory]
    [InlineData("/definition", "null", "/definition: expected a text, found nothing")]
    [InlineData("/columns/time", "3", "/columns/time: expected a text, found 3")]
    [InlineData("/columns/tiem", "'x'", "/columns/tiem: expected a member of case, activity, time, resource, group, start, deadline, end, found 'tiem'")]
    [InlineData("/columns", "[]", "/columns: expected an object, found a list")]
    [InlineData("/stages/response", "['Confirmation of receipt']", "/stages/response: expected each activity under one stage, once, found 'Confirmation of receipt' again")]
    [InlineData("/stages/handling", "'all'", "/stages/handling: expected a list of texts, found \"all\"")]
    [InlineData("/stages", "{}", "/stages: expected activities under initiation, response, analysis, handling, postEvaluation, found none")]
    [InlineData("/place/code", "'a/b'", "/place/code: expected 1 to 40 letters, digits and hyphens, found 'a/b'")]
    [InlineData("/timeZone", "'Mars/Base'", "/timeZone: expected the IANA name of a time zone, found 'Mars/Base'")]
    [InlineData("/separator", "'::'", "/separator: expected a comma, a semicolon, a tab or a bar, found '::'")]
    [InlineData("/colour", "1", "/colour: expected a member of $schema, name, source")]
    [InlineData("/inputs/channel", "[]", "/inputs/channel: expected a text, found a list")]
    [InlineData("/urgent", "{ 'column': 'case:channel', 'value': [] }", "/urgent/value: expected a member of column, values, found 'value'")]
    public void A_mistake_is_named_with_what_was_expected(string pointer, string value, string problem)
    {
        var json = JsonNode.Parse(File.ReadAllText(SmallLog.MapFile))!;
        var path = pointer.Split('/')[1..];
        var parent = path.Length == 1 ? json : json[path[0]]!;
        parent[path[^1]] = JsonNode.Parse(value.Replace('\'', '"'));
        var problems = new ProblemList();

        new ReplayMapReader(JsonElement.Parse(json.ToJsonString()), problems).Read().ShouldBeNull();

        problems.All.ShouldHaveSingleItem().ToString().ShouldStartWith(problem);
    }
}
