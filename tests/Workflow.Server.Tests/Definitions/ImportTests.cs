using System.Net;
using Workflow.Reliability.Processes;
using Workflow.Server.Tests.Instances;

namespace Workflow.Server.Tests.Definitions;

public sealed class ImportTests(WorkflowServer server) : IClassFixture<WorkflowServer>
{
    [Fact]
    public async Task Documents_are_imported_as_drafts_all_or_none_and_a_dry_run_stores_nothing()
    {
        using var client = await server.SignInAsync("designer");
        var documents = $"[{Documents.Waiting("in-a", "one")},{Documents.Waiting("in-b", "one")}]";

        var dry = await ImportAsync(client, documents, "\"dryRun\":true");
        var before = await client.GetAsync("definitions/in-a");
        var real = await ImportAsync(client, documents);
        var again = await ImportAsync(client, documents);
        var other = await ImportAsync(client, $"[{Documents.Waiting("in-c", "one")},{Documents.Waiting("in-a", "two")}]");
        var missing = await client.GetAsync("definitions/in-c");
        var over = await ImportAsync(client, $"[{Documents.Waiting("in-a", "two")}]", "\"overwriteDrafts\":true");

        Outcomes(dry).ShouldBe(["in-a savedAsDraft", "in-b savedAsDraft"]);
        before.Status.ShouldBe(HttpStatusCode.NotFound);
        dry.Body.GetProperty("items").GetRawText().ShouldBe(real.Body.GetProperty("items").GetRawText());
        Outcomes(again).ShouldBe(["in-a unchanged", "in-b unchanged"]);
        (other.Text("reason"), Pointers(other).ShouldHaveSingleItem()).ShouldBe(("definition-invalid", "/documents/1/definitionId"));
        missing.Status.ShouldBe(HttpStatusCode.NotFound);
        Outcomes(over).ShouldBe(["in-a savedAsDraft"]);
        (await client.GetAsync("definitions/in-a/draft")).Body.GetRawText().ShouldContain("\"two\"");
    }

    [Fact]
    public async Task What_was_exported_is_published_elsewhere_under_its_version()
    {
        using var client = await server.SignInAsync();
        var moved = Documents.Waiting("moved", "one").Insert(1, "\"version\":7,");

        var published = await ImportAsync(client, $"[{moved}]", "\"publish\":true");
        var again = await ImportAsync(client, $"[{moved}]", "\"publish\":true");
        var changed = await ImportAsync(client, $"[{moved.Replace("\"one\"", "\"two\"", StringComparison.Ordinal)}]", "\"publish\":true");
        var lower = await ImportAsync(client, $"[{Documents.Waiting("moved", "one")}]", "\"publish\":true");
        var started = await client.PostAsync("instances", new { definitionId = "moved" });

        Outcomes(published).ShouldBe(["moved published"]);
        Outcomes(again).ShouldBe(["moved unchanged"]);
        Pointers(changed).ShouldBe(["/documents/0/version"]);
        lower.Body.GetProperty("errors")[0].GetProperty("expected").GetString().ShouldBe("a version above 7, the newest");
        (await client.GetAsync($"instances/{started.Text("id")}")).Text("definitionVersion").ShouldBe("7");
    }

    [Fact]
    public async Task Documents_that_use_one_another_are_published_together()
    {
        using var client = await server.SignInAsync("designer");
        const string used = """{ "definitionId": "used", "name": "Used thing", "options": { "usableAsActivity": true }, "root": { "id": "r", "type": "Elsa.WriteLine", "text": "inside" } }""";
        const string user = """{ "definitionId": "user", "root": { "id": "u", "type": "UsedThing", "version": 1, "workflowDefinitionId": "used" } }""";

        var alone = await ImportAsync(client, $"[{user}]", "\"publish\":true");
        var together = await ImportAsync(client, $"[{user},{used}]", "\"publish\":true");

        Pointers(alone).ShouldContain("/documents/0/root/workflowDefinitionId");
        Outcomes(together).ShouldBe(["user published", "used published"]);
    }

    [Theory]
    [InlineData("""{"documents":[]}""", "/documents")]
    [InlineData("""{"documents":[5]}""", "/documents/0")]
    [InlineData("""{"documents":[{"definitionId":"x"},{}]}""", "/documents/1/definitionId")]
    [InlineData("""{"documents":[{"definitionId":"x"},{"definitionId":"x"}]}""", "/documents/1/definitionId")]
    [InlineData("""{"documents":{}}""", "/documents")]
    [InlineData("""{}""", "/documents")]
    public async Task What_cannot_be_imported_is_told_with_its_place(string body, string pointer)
    {
        using var client = await server.SignInAsync("designer");

        var refused = await client.PostRawAsync("definitions/import", body);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, refused.Body.ToString());
        Pointers(refused).ShouldBe([pointer]);
        (await client.GetAsync("definitions/x")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<ApiAnswer> ImportAsync(ApiClient client, string documents, string? with = null) =>
        client.PostRawAsync("definitions/import", $$"""{"documents":{{documents}}{{(with is null ? "" : "," + with)}}}""");

    private static IEnumerable<string> Outcomes(ApiAnswer report)
    {
        report.Status.ShouldBe(HttpStatusCode.OK, report.Body.ToString());
        return report.Body.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("definitionId")} {item.GetProperty("outcome")}");
    }

    private static IEnumerable<string?> Pointers(ApiAnswer refused) => refused.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString());
}
