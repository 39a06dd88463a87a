using System.Net;
using Workflow.Reliability.Processes;
using Workflow.Server.Tests.Instances;

namespace Workflow.Server.Tests.Definitions;

public sealed class DefinitionApiTests(WorkflowServer server) : IClassFixture<WorkflowServer>
{
    [Fact]
    public async Task A_draft_is_saved_checked_published_and_started()
    {
        using var designer = await server.SignInAsync("designer");
        using var @operator = await server.SignInAsync();
        var saved = await designer.SaveAsync("story", Documents.Waiting("story", "go", "Story 故事"));
        var read = await designer.GetAsync("definitions/story/draft");
        var before = await designer.GetAsync("definitions/story");
        var early = await @operator.PostAsync("instances", new { definitionId = "story" });

        var published = await designer.PostAsync("definitions/story/publish", new { etag = read.ETag }, "publish-story");
        var again = await designer.PostAsync("definitions/story/publish", new { etag = read.ETag }, "publish-story");
        var started = await @operator.PostAsync("instances", new { definitionId = "story" });

        (saved.Status, saved.Location, saved.ETag).ShouldBe((HttpStatusCode.Created, "/api/v1/definitions/story/draft", read.ETag));
        (before.Text("state"), before.Text("version"), before.Text("name")).ShouldBe(("draft", null, "Story 故事"));
        before.Body.GetProperty("draft").GetProperty("savedBy").GetProperty("name").GetString().ShouldBe("林岚");
        early.Text("reason").ShouldBe("definition-unknown");
        (published.Status, published.Text("version"), published.Location).ShouldBe((HttpStatusCode.Created, "1", "/api/v1/definitions/story/versions/1"));
        again.Body.GetRawText().ShouldBe(published.Body.GetRawText());
        started.Status.ShouldBe(HttpStatusCode.Created);
        var after = await designer.GetAsync("definitions/story");
        (after.Text("state"), after.Text("version"), after.Text("startsVersion"), after.Text("draft")).ShouldBe(("published", "1", "1", null));
        var version = await designer.GetAsync("definitions/story/versions/1");
        (version.Body.GetProperty("document").GetProperty("version").GetInt32(), version.Body.GetProperty("publishedBy").GetProperty("userId").GetString()).ShouldBe((1, "u-designer"));
    }

    [Fact]
    public async Task Who_has_not_seen_the_draft_that_is_there_cannot_replace_publish_or_delete_it()
    {
        using var designer = await server.SignInAsync("designer");
        using var other = await server.SignInAsync();
        var first = await designer.SaveAsync("two-people", Documents.Waiting("two-people", "one"));

        var blind = await other.SaveAsync("two-people", Documents.Waiting("two-people", "two"));
        var second = await other.SaveAsync("two-people", Documents.Waiting("two-people", "two"), first.ETag);
        var late = await designer.SaveAsync("two-people", Documents.Waiting("two-people", "three"), first.ETag);
        var published = await designer.PostAsync("definitions/two-people/publish", new { etag = first.ETag });
        var deleted = await designer.RequestAsync(HttpMethod.Delete, "definitions/two-people/draft", ifMatch: first.ETag);

        (blind.Status, blind.Text("reason")).ShouldBe((HttpStatusCode.PreconditionRequired, "precondition-required"));
        second.Status.ShouldBe(HttpStatusCode.OK);
        foreach (var refused in new[] { late, published, deleted })
        {
            (refused.Status, refused.Text("reason")).ShouldBe((HttpStatusCode.PreconditionFailed, "precondition-failed"));
            refused.Text("detail")!.ShouldContain($"found draft {second.ETag!.Trim('"')}, saved by 何敏 at ");
        }
        (await designer.GetAsync("definitions/two-people/draft")).Body.GetRawText().ShouldContain("\"two\"");
        (await designer.RequestAsync(HttpMethod.Delete, "definitions/two-people/draft", ifMatch: second.ETag)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await designer.GetAsync("definitions/two-people")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await designer.SaveAsync("two-people", Documents.Waiting("two-people", "three"), second.ETag)).Text("detail")!.ShouldEndWith("found no draft.");
    }

    [Fact]
    public async Task Of_many_who_save_over_the_same_draft_one_wins_and_of_many_who_publish_it_one_does()
    {
        using var designer = await server.SignInAsync("designer");
        var first = await designer.SaveAsync("crowd", Documents.Waiting("crowd", "start"));

        var saved = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => designer.SaveAsync("crowd", Documents.Waiting("crowd", $"event-{number}"), first.ETag)));
        var winner = saved.Where(answer => answer.Status == HttpStatusCode.OK).ShouldHaveSingleItem();
        var published = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => designer.PostAsync("definitions/crowd/publish", new { etag = winner.ETag })));

        saved.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed).ShouldBe(11);
        published.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        published.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed).ShouldBe(11, string.Join(' ', published.Select(answer => answer.Text("reason"))));
        (await designer.GetAsync("definitions/crowd/versions")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_first_saves_one_makes_the_draft()
    {
        using var designer = await server.SignInAsync("designer");

        var saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => designer.SaveAsync("first", Documents.Waiting("first", $"event-{number}"))));

        saved.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        saved.Count(answer => answer.Status == HttpStatusCode.PreconditionRequired).ShouldBe(7);
    }

    [Fact]
    public async Task A_draft_may_have_errors_and_cannot_be_published_with_them()
    {
        using var designer = await server.SignInAsync("designer");
        const string wrong = """{ "definitionId": "wrong", "root": { "id": "s", "type": "Elsa.Sequence", "activities": [ { "id": "x", "type": "Elsa.Nothing" } ] } }""";

        var checkedDocument = await designer.PostRawAsync("definitions/validate", wrong);
        var saved = await designer.SaveAsync("wrong", wrong);
        var published = await designer.PostAsync("definitions/wrong/publish", new { etag = saved.ETag });

        checkedDocument.Text("isValid").ShouldBe("False");
        var problem = checkedDocument.Body.GetProperty("problems")[0];
        (problem.GetProperty("pointer").GetString(), problem.GetProperty("severity").GetString(), problem.GetProperty("found").GetString()).ShouldBe(("/root/activities/0/type", "error", "'Elsa.Nothing'"));
        saved.Body.GetProperty("problems").GetRawText().ShouldBe(checkedDocument.Body.GetProperty("problems").GetRawText());
        (published.Status, published.Text("reason")).ShouldBe((HttpStatusCode.UnprocessableEntity, "definition-invalid"));
        published.Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/root/activities/0/type");
        (await designer.GetAsync("definitions/wrong")).Text("state").ShouldBe("draft");
    }

    [Fact]
    public async Task A_retracted_version_starts_nothing_and_what_runs_goes_on()
    {
        using var client = await server.SignInAsync();
        await client.PublishAsync("old-new", Documents.Waiting("old-new", "one"));
        var running = (await client.PostAsync("instances", new { definitionId = "old-new" })).Text("id");
        await client.PublishAsync("old-new", Documents.Waiting("old-new", "two"));

        var retracted = await client.RequestAsync(HttpMethod.Post, "definitions/old-new/versions/2/retract");
        var again = await client.RequestAsync(HttpMethod.Post, "definitions/old-new/versions/2/retract");
        var newest = await client.PostAsync("instances", new { definitionId = "old-new" });
        var named = await client.PostAsync("instances", new { definitionId = "old-new", version = 2 });
        var dispatched = await client.PostAsync("instances/dispatch", new { definitionId = "old-new", version = 2 });
        await client.RequestAsync(HttpMethod.Post, "definitions/old-new/versions/1/retract");
        var none = await client.PostAsync("instances", new { definitionId = "old-new" });
        var finished = await client.PostAsync($"instances/{running}/events", new { name = "one" });

        again.Text("retractedAt").ShouldBe(retracted.Text("retractedAt"));
        (await client.GetAsync($"instances/{newest.Text("id")}")).Text("definitionVersion").ShouldBe("1");
        foreach (var refused in new[] { named, dispatched, none }) (refused.Status, refused.Text("reason")).ShouldBe((HttpStatusCode.UnprocessableEntity, "definition-retracted"));
        finished.Text("status").ShouldBe("finished");
        var card = await client.GetAsync("definitions/old-new");
        (card.Text("state"), card.Text("version"), card.Text("startsVersion")).ShouldBe(("retracted", "2", null));
        (await client.RequestAsync(HttpMethod.Post, "definitions/old-new/versions/3/retract")).Text("reason").ShouldBe("version-unknown");
    }

    [Fact]
    public async Task A_start_that_was_answered_is_answered_again_under_its_key_after_its_version_was_retracted()
    {
        using var client = await server.SignInAsync();
        await client.PublishAsync("kept", Documents.Waiting("kept", "one"));
        var first = await client.PostAsync("instances", new { definitionId = "kept" }, "kept-1");
        await client.RequestAsync(HttpMethod.Post, "definitions/kept/versions/1/retract");

        var again = await client.PostAsync("instances", new { definitionId = "kept" }, "kept-1");
        var other = await client.PostAsync("instances", new { definitionId = "kept" }, "kept-2");

        (again.Status, again.Text("id")).ShouldBe((HttpStatusCode.Created, first.Text("id")));
        other.Text("reason").ShouldBe("definition-retracted");
    }

    [Fact]
    public async Task An_event_starts_no_retracted_version()
    {
        using var client = await server.SignInAsync();
        const string document = """{ "definitionId": "by-event", "root": { "id": "s", "type": "Elsa.Sequence", "activities": [ { "id": "e", "type": "Elsa.Event", "eventName": "retract-me", "canStartWorkflow": true } ] } }""";
        await client.PublishAsync("by-event", document);

        var before = await client.PostAsync("events", new { name = "retract-me" });
        await client.RequestAsync(HttpMethod.Post, "definitions/by-event/versions/1/retract");
        var after = await client.PostAsync("events", new { name = "retract-me" });

        before.Body.GetProperty("started").GetArrayLength().ShouldBe(1);
        after.Body.GetProperty("started").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task An_older_version_becomes_the_next_draft()
    {
        using var client = await server.SignInAsync();
        await client.PublishAsync("back", Documents.Waiting("back", "one"));
        await client.PublishAsync("back", Documents.Waiting("back", "two"));

        var reverted = await client.RequestAsync(HttpMethod.Post, "definitions/back/versions/1/revert");
        var blind = await client.RequestAsync(HttpMethod.Post, "definitions/back/versions/2/revert");
        var published = await client.PostAsync("definitions/back/publish", new { etag = reverted.ETag });

        (reverted.Status, reverted.Body.GetProperty("draft").GetProperty("basedOn").GetInt32()).ShouldBe((HttpStatusCode.Created, 1));
        blind.Status.ShouldBe(HttpStatusCode.PreconditionRequired);
        published.Text("version").ShouldBe("3");
        (await client.GetAsync("definitions/back/difference?from=1&to=3")).Body.GetProperty("differences").GetArrayLength().ShouldBe(0);
        (await client.RequestAsync(HttpMethod.Post, "definitions/back/versions/9/revert")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Versions_are_listed_page_by_page_and_exported_as_they_were_published()
    {
        using var client = await server.SignInAsync();
        foreach (var name in new[] { "one", "two", "three" }) await client.PublishAsync("many", Documents.Waiting("many", name));

        var first = await client.GetAsync("definitions/many/versions?limit=2");
        var second = await client.GetAsync($"definitions/many/versions?limit=2&cursor={first.Text("next")}");
        var exported = await client.GetAsync("definitions/many/versions/2/document");

        Versions(first).ShouldBe([3, 2]);
        (Versions(second).ShouldHaveSingleItem(), second.Text("next")).ShouldBe((1, null));
        exported.Body.GetRawText().ShouldBe((await client.GetAsync("definitions/many/versions/2")).Body.GetProperty("document").GetRawText());
        exported.Body.GetProperty("root").GetProperty("activities")[0].GetProperty("eventName").GetString().ShouldBe("two");
        (await client.GetAsync("definitions/many/versions/4/document")).Text("reason").ShouldBe("version-unknown");
        (await client.GetAsync("definitions/nobody/versions")).Status.ShouldBe(HttpStatusCode.NotFound);

        static IEnumerable<int> Versions(ApiAnswer page) => page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task The_difference_of_a_draft_names_what_was_added_removed_and_changed()
    {
        using var client = await server.SignInAsync();
        await client.PublishAsync("differs", Documents.Waiting("differs", "one"));
        await client.SaveAsync("differs", """
            { "definitionId": "differs", "name": "differs", "variables": [ { "id": "v", "name": "v", "typeName": "Int32" } ],
              "root": { "id": "s", "type": "Elsa.Sequence", "activities": [ { "id": "e", "type": "Elsa.Event", "eventName": "two" }, { "id": "f", "type": "Elsa.Event", "eventName": "three" } ] } }
            """);

        var difference = await client.GetAsync("definitions/differs/difference?from=1&to=draft");
        var wrong = await client.GetAsync("definitions/differs/difference?to=-2");
        var unknown = await client.GetAsync("definitions/differs/difference?from=1&to=2");

        difference.Body.GetProperty("differences").EnumerateArray().Select(one => $"{one.GetProperty("kind")} {one.GetProperty("part")} {one.GetProperty("id")} {one.GetProperty("pointer")}")
            .ShouldBe(["added variable v /variables/0", "changed activity e /root/activities/0", "added activity f /root/activities/1"]);
        wrong.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldBe(["/from", "/to"]);
        unknown.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Definitions_are_found_by_name_state_and_part_of_the_name_page_by_page()
    {
        using var client = await server.SignInAsync();
        await client.SaveAsync("found-a", Documents.Waiting("found-a", "one", "Needle One"));
        await client.PublishAsync("found-b", Documents.Waiting("found-b", "one", "needle Two"));
        await client.PublishAsync("found-c", Documents.Waiting("found-c", "one", "Needle Three"));
        await client.RequestAsync(HttpMethod.Post, "definitions/found-c/versions/1/retract");

        (await Ids("search=NEEDLE")).ShouldBe(["found-a", "found-b", "found-c"]);
        (await Ids("search=found-&state=draft")).ShouldBe(["found-a"]);
        (await Ids("search=found-&state=published")).ShouldBe(["found-b"]);
        (await Ids("search=found-&state=retracted")).ShouldBe(["found-c"]);
        (await Ids("search=found-&hasDraft=true")).ShouldBe(["found-a"]);
        (await Ids("name=needle%20Two")).ShouldBe(["found-b"]);
        var page = await client.GetAsync("definitions?search=found-&limit=2");
        (await Ids($"search=found-&limit=2&cursor={Uri.EscapeDataString(page.Text("next")!)}")).ShouldBe(["found-c"]);
        (await client.GetAsync("definitions?state=odd")).Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/state");
        (await client.GetAsync("definitions?limit=201")).Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/limit");
        (await client.GetAsync("definitions?cursor=%25%25")).Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/cursor");

        async Task<IEnumerable<string?>> Ids(string query) =>
            [.. (await client.GetAsync($"definitions?{query}")).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("definitionId").GetString())];
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("5", "")]
    [InlineData("{", "")]
    [InlineData("{}", "/definitionId")]
    [InlineData("""{ "definitionId": "somebody-else" }""", "/definitionId")]
    [InlineData("""{ "definitionId": "a b" }""", "/definitionId")]
    [InlineData("""{ "definitionId": "rubbish", "version": 1e999 }""", "/version")]
    public async Task What_is_no_document_of_this_definition_is_no_draft(string body, string pointer)
    {
        using var designer = await server.SignInAsync("designer");

        var refused = await designer.SaveAsync("rubbish", body);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, refused.Body.ToString());
        refused.Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
        (await designer.GetAsync("definitions/rubbish")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("W/\"1\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("")]
    public async Task An_If_Match_that_names_nothing_is_refused_not_ignored(string ifMatch)
    {
        using var designer = await server.SignInAsync("designer");
        await designer.SaveAsync("careful", Documents.Waiting("careful", "one"));

        var refused = await designer.SaveAsync("careful", Documents.Waiting("careful", "two"), ifMatch);

        refused.IsSuccess.ShouldBeFalse();
        (await designer.GetAsync("definitions/careful/draft")).Body.GetRawText().ShouldContain("\"one\"");
    }

    [Fact]
    public async Task A_document_beyond_the_size_is_refused()
    {
        using var designer = await server.SignInAsync("designer");

        var refused = await designer.PostRawAsync("definitions/validate", Documents.Waiting("huge", new string('x', 4 * 1024 * 1024)));
        var large = await designer.PostRawAsync("definitions/validate", Documents.Waiting("large", new string('x', 2 * 1024 * 1024)));

        refused.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        large.Status.ShouldBe(HttpStatusCode.OK);
    }
}
