using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests;

/// <summary>A request that does not fit: where, what was expected, what was found.</summary>
public sealed class RequestProblemTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("", "", "a JSON body", "nothing")]
    [InlineData("null", "", "an object", "null")]
    [InlineData("[]", "", "an object", "a list")]
    [InlineData("{", "", "the name of a member in double quotes, or '}'", "the end (line 1, column 2)")]
    [InlineData("{\"subject\":\"x\",\n\"subject\":\"y\"}", "", "each member of an object once", "'subject' again (line 2, column 1)")]
    [InlineData("{\"definitionId\":\"a\",\"areaCode\":\"1\"}", "/subject", "a text", "nothing")]
    [InlineData("{\"definitionId\":\"a\",\"areaCode\":\"1\",\"subject\":null}", "/subject", "a text", "null")]
    [InlineData("{\"definitionId\":\"a\",\"areaCode\":510107064,\"subject\":\"x\"}", "/areaCode", "a text", "510107064")]
    [InlineData("{\"definitionId\":\"a\",\"areaCode\":\"1\",\"subject\":\"x\",\"priority\":\"huge\"}", "/priority", "normal, urgent", "\"huge\"")]
    [InlineData("{\"definitionId\":\"a\",\"areaCode\":\"1\",\"subject\":\"x\",\"priority\":\"normal,urgent\"}", "/priority", "normal, urgent", "\"normal,urgent\"")]
    [InlineData("{\"definitionId\":\"a\",\"areaCode\":\"1\",\"subject\":\"x\",\"priority\":\"normal\\u002curgent\"}", "/priority", "normal, urgent", "\"normal\\u002curgent\"")]
    [InlineData("{\"definitionId\":\"a\",\"areaCode\":\"1\",\"subject\":\"x\",\"priority\":\"normal,\\turgent\"}", "/priority", "normal, urgent", "\"normal,\\turgent\"")]
    [InlineData("{\"definitionId\":\"a\",\"areaCode\":\"1\",\"subject\":\"x\",\"inputs\":[]}", "/inputs", "an object", "a list")]
    [InlineData("{\"definitionId\":\"a\",\"areaCode\":\"1\",\"subject\":\"x\",\"inputs\":{\"a/b\":[0,1e999]}}", "/inputs/a~1b/1", "a number that a Double can hold", "1e999")]
    [InlineData("{\"definitionId\":\"a\",\"areaCode\":\"1\",\"subject\":\"x\",\"inputs\":{\"a\":\"\\ud83d\"}}", "/inputs/a", "Unicode text", "half of a surrogate pair")]
    [InlineData("{\"definitionId\":\"a\",\"areaCode\":\"1\",\"subject\":\"x\",\"admin\":true}", "/admin", "a member of the API: definitionId, subject, areaCode, subjectKey, position, priority, inputs, origin, dueBy, reporter, hiddenUntil", "'admin'")]
    public async Task A_body_that_does_not_fit_says_where_what_was_expected_and_what_was_found(string body, string pointer, string expected, string found)
    {
        using var tech = await ApiClient.SignInAsync(fixture.Address, "tech");

        var answer = await tech.PostRawAsync("tasks", body);

        ((int)answer.Status, answer.Text("reason")).ShouldBe((422, "input-invalid"), answer.Body.ToString());
        var error = answer.Body.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        (error.GetProperty("pointer").GetString(), error.GetProperty("expected").GetString(), error.GetProperty("found").GetString()).ShouldBe((pointer, expected, found));
    }

    [Theory]
    [InlineData("work-items/x/copies", """{"to":["u-grid",null]}""", "/to/1", "a text")]
    [InlineData("work-items/bulk", """{"command":"urge","items":[{"id":"x","revision":1},null]}""", "/items/1", "an object")]
    [InlineData("work-items/x/suspension", """{"revision":1,"reason":"testing","evidence":[null]}""", "/evidence/0", "a text")]
    [InlineData("tasks/x/hand-down", """{"parts":[null]}""", "/parts/0", "an object")]
    [InlineData("members/u-grid/departure", """{"to":"u-tech","items":{"x":null}}""", "/items/x", "a text")]
    [InlineData("teams/x/handovers", """{"to":"u-grid","acknowledged":[null]}""", "/acknowledged/0", "a text")]
    [InlineData("orders", """{"text":"x","due":"2027-01-01T00:00:00Z","tasks":[null]}""", "/tasks/0", "a text")]
    [InlineData("subjects/import", """{"subjects":[null]}""", "/subjects/0", "an object")]
    public async Task Null_among_elements_is_named_by_its_place(string path, string body, string pointer, string expected)
    {
        using var caller = await ApiClient.SignInAsync(fixture.Address, path.StartsWith("members", StringComparison.Ordinal) || path.StartsWith("subjects", StringComparison.Ordinal) ? "operator" : "inspection");

        var answer = await caller.PostRawAsync(path, body);

        ((int)answer.Status, answer.Text("reason")).ShouldBe((422, "input-invalid"), answer.Body.ToString());
        answer.Body.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("pointer").GetString(), error.GetProperty("expected").GetString(), error.GetProperty("found").GetString()))
            .ShouldContain((pointer, expected, "null"));
    }

    [Fact]
    public async Task Everything_that_does_not_fit_is_said_at_once()
    {
        using var tech = await ApiClient.SignInAsync(fixture.Address, "tech");

        var answer = await tech.PostRawAsync("work-items/x/completion", """{"revision":1.5,"values":{},"extra":1}""");

        answer.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldBe(["/revision", "/extra", "/outcome"], ignoreOrder: true);
    }

    [Fact]
    public async Task Who_may_not_learns_which_permission_it_takes_and_who_has_it()
    {
        using var tech = await ApiClient.SignInAsync(fixture.Address, "tech");

        var refused = await tech.GetAsync("operations/status");

        refused.Text("reason").ShouldBe("not-allowed");
        refused.Text("detail").ShouldBe("Expected the permission operate (role operator), found the role duty-officer, staff.");
    }

    [Theory]
    [InlineData("tasks?limit=many", "/limit", "a whole number", "'many'")]
    [InlineData("incidents?open=perhaps", "/open", "true or false", "'perhaps'")]
    [InlineData("tasks?prioritty=urgent", "/prioritty", "a parameter of this route: area, cursor, definitionId, due, limit, list, priority, search, sort, stage, status, teamKind", "'prioritty'")]
    [InlineData("reports/tasks?count=raised&serach=x", "/serach", "a parameter of this route: area, by, category, count, cursor, definitionId, from, key, limit, pauseReason, person, priority, source, team, teamKind, to, workPerson, workTeam, workTeamKind", "'serach'")]
    [InlineData("work-items/x/receivers", "/command", "decline, rule, transfer, delegate, addSigner or copy", "nothing")]
    [InlineData("work-items/x/receivers?command=transfer,decline", "/command", "decline, rule, transfer, delegate, addSigner or copy", "'transfer,decline'")]
    [InlineData("clock?speed=2", "/speed", "no parameter", "'speed'")]
    [InlineData("tasks?search=%00", "/search", "a text without the character U+0000", "one with it")]
    public async Task A_query_parameter_that_cannot_be_read_is_named(string path, string pointer, string expected, string found)
    {
        using var caller = await ApiClient.SignInAsync(fixture.Address, "operator");

        var error = (await caller.GetAsync(path)).Body.GetProperty("errors")[0];

        (error.GetProperty("pointer").GetString(), error.GetProperty("expected").GetString(), error.GetProperty("found").GetString()).ShouldBe((pointer, expected, found));
    }
}
