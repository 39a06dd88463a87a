using System.Net;
using System.Text.Json;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.WorkItems;

/// <summary>A joint sign over HTTP: who is asked, what each has said, one signer more and one less.</summary>
public sealed class JointSignApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Signers_answer_one_is_added_and_removed_and_the_rest_decide()
    {
        var (tech, enforcement, inspection) = (await SignInAsync("tech"), await SignInAsync("enforcement"), await SignInAsync("inspection"));
        var task = await Collective.RaiseAsync(fixture.Address, "未批先建");
        var mine = await ClaimAsync(enforcement, task);
        (await tech.GetAsync($"work-items/{mine}")).Body.GetProperty("actions").EnumerateArray().Select(action => action.GetString()).ShouldNotContain("addSigner");

        var receivers = (await enforcement.GetAsync($"work-items/{mine}/receivers?command=addSigner")).Body;
        receivers.GetProperty("teams").EnumerateArray().Select(team => team.GetProperty("id").GetString()).ShouldSatisfyAllConditions(ids => ids.ShouldContain("enforcement-wuhou"), ids => ids.ShouldNotContain("tech-city", "signs already"), ids => ids.ShouldNotContain("grid-guixi"));
        (await AddAsync(enforcement, mine, new { team = "enforcement-wuhou" })).Status.ShouldBe(HttpStatusCode.OK);
        var sign = await SignAsync(enforcement, mine);
        (sign.GetProperty("needed").GetInt32(), sign.GetProperty("signers").GetArrayLength()).ShouldBe((3, 4), "60 % of four are three");
        var added = sign.GetProperty("signers")[3];
        (added.GetProperty("addedBy").GetProperty("userId").GetString(), added.GetProperty("mayRemove").GetBoolean()).ShouldBe(("u-enforcement", true));
        var removal = await inspection.PostAsync($"work-items/{added.GetProperty("item").GetString()}/signer-removal", new { revision = added.GetProperty("revision").GetInt32(), reason = "与本案无关" });
        removal.Status.ShouldBe(HttpStatusCode.OK);
        await AnswerAsync(tech, await ClaimAsync(tech, task));
        await AnswerAsync(enforcement, mine);

        var decided = await SignAsync(inspection, mine);
        (decided.GetProperty("decided").GetString(), decided.GetProperty("agreed").GetInt32()).ShouldBe(("Agree", 2));
        decided.GetProperty("signers").EnumerateArray().Select(signer => signer.GetProperty("state").GetString()).ShouldBe(["done", "done", "notNeeded", "removed"]);
        (await inspection.ItemOfAsync(task)).ShouldBeNull("who is not needed has nothing to do");
        var timeline = (await inspection.GetAsync($"tasks/{task}/timeline")).Body.GetRawText();
        foreach (var kind in (string[])["jointSignDecided", "workItemNotNeeded", "\"command\":\"addSigner\"", "\"command\":\"removeSigner\""]) timeline.ShouldContain(kind);
    }

    [Fact]
    public async Task A_part_that_asks_for_a_role_is_in_the_list_of_who_has_it()
    {
        var task = await Collective.RaiseAsync(fixture.Address, "角色");

        (await (await SignInAsync("inspection")).ItemOfAsync(task)).ShouldNotBeNull();
        (await (await SignInAsync("grid")).ItemOfAsync(task)).ShouldBeNull();
    }

    [Theory]
    [InlineData("signers", """{ "revision": 2, "signers": [], "reason": "x" }""", "/signers")]
    [InlineData("signers", """{ "revision": 2, "signers": [null], "reason": "x" }""", "/signers/0")]
    [InlineData("signers", """{ "revision": 2, "signers": [{}], "reason": "x" }""", "/signers/0")]
    [InlineData("signers", """{ "revision": 2, "signers": [{ "team": "nobody" }], "reason": "x" }""", "/signers/0/team")]
    [InlineData("signers", """{ "revision": 2, "signers": [{ "person": "u-tech", "team": "tech-city" }], "reason": "x" }""", "/signers/0")]
    [InlineData("signers", """{ "revision": 2, "signers": [{ "team": "grid-guixi" }], "reason": "x" }""", "/signers/0")]
    [InlineData("signers", """{ "revision": 2, "signers": [{ "team": "enforcement-wuhou" }], "reason": " " }""", "/reason")]
    [InlineData("signers", """{ "revision": 2, "reason": "x" }""", "/signers")]
    [InlineData("signers", """{ "revision": 2, "signers": "all", "reason": "x" }""", "/signers")]
    public async Task What_is_wrong_is_said_and_adds_nobody(string route, string body, string pointer)
    {
        var enforcement = await SignInAsync("enforcement");
        var mine = await ClaimAsync(enforcement, await Collective.RaiseAsync(fixture.Address, "垃圾输入"));

        var answer = await enforcement.PostRawAsync($"work-items/{mine}/{route}", body);

        ((int)answer.Status).ShouldBeOneOf([422, 404, 400], answer.Body.GetRawText());
        answer.Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
        (await SignAsync(enforcement, mine)).GetProperty("signers").GetArrayLength().ShouldBe(3);
    }

    private static async Task<string> ClaimAsync(ApiClient person, string task)
    {
        var id = (await person.ItemOfAsync(task))!.Value.GetProperty("id").GetString()!;
        (await person.PostAsync($"work-items/{id}/claim", new { revision = 1 })).Status.ShouldBe(HttpStatusCode.OK);
        return id;
    }

    private static Task<ApiAnswer> AddAsync(ApiClient person, string item, params object[] signers) =>
        person.PostAsync($"work-items/{item}/signers", new { revision = 2, signers, reason = "涉及两区" });

    private static async Task AnswerAsync(ApiClient person, string item) =>
        (await person.PostAsync($"work-items/{item}/completion", new { revision = 2, outcome = "Agree", values = new { } })).Status.ShouldBe(HttpStatusCode.OK);

    private static async Task<JsonElement> SignAsync(ApiClient person, string item) => (await person.GetAsync($"work-items/{item}")).Body.GetProperty("jointSign");

    private Task<ApiClient> SignInAsync(string userName) => ApiClient.SignInAsync(fixture.Address, userName);
}
