using System.Net;
using System.Text;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Staffing;

/// <summary>The organisation as files, and hand-overs between people, on a real server.</summary>
public sealed class OrganisationApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly string[] Parts = ["areas", "shifts", "teams", "coverage", "members", "memberships", "certificates", "contacts", "duties", "absences", "accounts"];

    [Fact]
    public async Task What_is_exported_can_be_imported_again_and_changes_nothing()
    {
        using var @operator = await SignInAsync("operator");

        var whole = await @operator.GetAsync("organisation/export");
        var again = await @operator.PostRawAsync("organisation/import?replace=true", whole.Body.GetRawText());

        again.Status.ShouldBe(HttpStatusCode.OK, again.Body.GetRawText());
        again.Body.GetProperty("changed").GetBoolean().ShouldBeFalse();
        again.Body.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("part").GetString()).ShouldBe(Parts, ignoreOrder: true);
        again.Body.GetProperty("parts").EnumerateArray().Sum(part => part.GetProperty("unchanged").GetInt32()).ShouldBeGreaterThan(4000);
        foreach (var part in Parts)
        {
            var csv = await ExportAsync(part);
            var imported = await @operator.PostRawAsync($"organisation/import?part={part}&replace=true", csv, "text/csv");
            imported.Body.GetProperty("changed").GetBoolean().ShouldBeFalse(part);
            (await ExportAsync(part)).ShouldBe(csv);
        }
    }

    [Fact]
    public async Task Who_leads_the_shift_of_the_city_has_a_demo_account_and_keeps_their_part_in_the_team()
    {
        using var leader = await SignInAsync("leader");

        (await leader.GetAsync("me")).Body.GetRawText().ShouldContain("p-0001");
        (await ExportAsync("memberships")).ShouldContain("tech-city,p-0001,\"member,leader,dutyLeader\"");
        (await ExportAsync("duties")).Split('\n').ShouldContain(line => line.StartsWith("tech-city,", StringComparison.Ordinal) && line.Contains(",p-0001,", StringComparison.Ordinal) && line.Contains("true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_bad_row_is_named_and_nothing_is_imported()
    {
        using var @operator = await SignInAsync("operator");
        const string Bad = """
            {
              "teams": [ { "id": "good", "name": "好", "kind": "techGrid" }, { "id": "bad id", "name": "=cmd", "kind": "police" }, { "id": "good", "name": "again", "kind": "techGrid" } ],
              "members": [ { "userId": "x", "name": 5 }, { "userId": "y", "name": "Y", "phone": "139" } ],
              "shifts": [ { "id": "s", "name": "s", "from": "25:00", "to": "08:00", "calendar": "mars" } ],
              "absences": [ { "member": "u-grid", "from": "2026-01-02T00:00:00", "until": "2026-01-01T00:00:00+08:00", "substitute": "u-grid" } ]
            }
            """;

        var read = await @operator.PostRawAsync("organisation/import", Bad);
        Pointers(read).ShouldBe(["/members/0/name", "/members/1/phone"]);
        var @checked = await @operator.PostRawAsync("organisation/import", Bad.Replace(", \"phone\": \"139\"", "", StringComparison.Ordinal).Replace("5 }", "\"X\" }", StringComparison.Ordinal));
        Pointers(@checked).ShouldBe(["/teams/1/id", "/teams/1/name", "/teams/1/kind", "/teams/2", "/shifts/0/calendar", "/shifts/0/from", "/absences/0/from"], ignoreOrder: true);
        var referring = await @operator.PostRawAsync("organisation/import?part=coverage", "team,area,shift\ntech-city,510107064,\nnobody,510107064,\ntech-city,9,\ntech-city,5101,dusk\n", "text/csv");
        Pointers(referring).ShouldBe(["/rows/3/team", "/rows/4/area", "/rows/5/shift"], ignoreOrder: true);
        Pointers(await @operator.PostRawAsync("organisation/import?part=teams", "id,name,kind,calendar\ntech-city,中心,techGrid,lunar\n", "text/csv")).ShouldBe(["/rows/2/calendar"]);
        Pointers(await @operator.PostRawAsync("organisation/import?part=teams&replace=true", "id,name,kind\ntech-city,中心,techGrid\n", "text/csv")).ShouldContain(pointer => pointer.StartsWith("/coverage/", StringComparison.Ordinal));
        Pointers(await @operator.PostRawAsync("organisation/import?part=people", "id\n1\n", "text/csv")).ShouldBe(["/part"]);
        Pointers(await @operator.PostRawAsync("organisation/import?part=teams", "id,title\n1,2\n", "text/csv")).ShouldBe(["/rows/1", "/rows/1", "/rows/1/title"]);
        foreach (var (form, body) in new[] { ("text", "no"), ("list", "[]"), ("nested", "{\"teams\":[[]]}"), ("other", "{\"cars\":[]}") })
            (await @operator.PostRawAsync("organisation/import", body)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, form);

        (await ExportAsync("teams")).ShouldNotContain("good");
        using var tech = await SignInAsync("tech");
        (await tech.PostRawAsync("organisation/import", "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await tech.GetAsync("organisation/export")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_imported_team_owns_its_area_its_people_are_on_duty_and_a_dry_run_only_tells()
    {
        using var @operator = await SignInAsync("operator");
        const string Team = """
            {
              "teams": [ { "id": "t-night", "name": "夜间执法", "kind": "enforcement" } ],
              "coverage": [ { "team": "t-night", "area": "510104017", "shift": "night" } ],
              "members": [ { "userId": "u-night", "name": "夜班员" }, { "userId": "u-off", "name": "休息" } ],
              "memberships": [ { "team": "t-night", "member": "u-night", "roles": "leader,dutyLeader" }, { "team": "t-night", "member": "u-off" } ],
              "duties": [ { "team": "t-night", "shift": "night", "member": "u-night", "from": "2026-01-01", "leads": "true" } ],
              "certificates": [ { "member": "u-night", "kind": "enforcement", "number": "川A-1", "from": "2026-01-01" } ],
              "absences": [ { "member": "u-off", "from": "2026-10-01T00:00:00+08:00", "until": "2026-10-08T00:00:00+08:00", "substitute": "u-night" } ],
              "accounts": [ { "member": "u-night", "userName": "night", "roles": "staff" } ]
            }
            """;

        var tried = await @operator.PostRawAsync("organisation/import?dryRun=true", Team);
        tried.Status.ShouldBe(HttpStatusCode.OK, tried.Body.GetRawText());
        (tried.Body.GetProperty("changed").GetBoolean(), (await @operator.GetAsync("teams/t-night/staff")).Status).ShouldBe((true, HttpStatusCode.NotFound));
        (await @operator.PostRawAsync("organisation/import", Team)).Status.ShouldBe(HttpStatusCode.OK);
        var again = await @operator.PostRawAsync("organisation/import", Team);
        again.Status.ShouldBe(HttpStatusCode.OK, again.Body.GetRawText());
        again.Body.GetProperty("changed").GetBoolean().ShouldBeFalse();

        // 2026-10-03 02:14, in the night that began on the second.
        var staff = (await @operator.GetAsync("teams/t-night/staff")).Body;
        var onDuty = staff.GetProperty("onDuty")[0];
        (onDuty.GetProperty("person").GetProperty("name").GetString(), onDuty.GetProperty("day").GetString(), onDuty.GetProperty("leads").GetBoolean()).ShouldBe(("夜班员", "2026-10-02", true));
        staff.GetProperty("people").EnumerateArray().Single(person => person.GetProperty("person").GetProperty("userId").GetString() == "u-off").GetProperty("away").GetProperty("substitute").GetProperty("name").GetString().ShouldBe("夜班员");
        var owners = (await @operator.GetAsync("places?areaCode=510104017")).Body.GetProperty("owners").EnumerateArray().Where(owner => owner.GetProperty("kind").GetString() == "enforcement").ToList();
        owners.Select(owner => owner.GetProperty("teamId").GetString()).ShouldBe(["t-night", "jurisdiction-enforcement-510104"]);
        (await @operator.GetAsync("operations/ownership")).Body.GetProperty("holds").GetBoolean().ShouldBeTrue("by shift too");
    }

    [Fact]
    public async Task A_shift_is_handed_over_when_every_open_item_is_acknowledged()
    {
        using var grid = await SignInAsync("grid");
        using var tech = await SignInAsync("tech");
        var task = (await tech.RaiseAsync("交接班")).Text("id")!;
        await Poll.UntilAsync("the item is offered", TimeSpan.FromSeconds(60), async () => await grid.ItemOfAsync(task) is not null);
        var open = (await grid.GetAsync("teams/grid-guixi/handover")).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!).ToList();
        using var @operator = await SignInAsync("operator");
        (await @operator.PostRawAsync("organisation/import?part=memberships", "team,member\ngrid-guixi,u-grid-gaoxin\n", "text/csv")).Status.ShouldBe(HttpStatusCode.OK);

        var missing = await grid.PostAsync("teams/grid-guixi/handovers", new { to = "u-grid-gaoxin", acknowledged = open.Skip(1) });
        var wrong = await grid.PostAsync("teams/grid-guixi/handovers", new { to = "u-tech", acknowledged = open });
        var done = await grid.PostAsync("teams/grid-guixi/handovers", new { to = "u-grid-gaoxin", acknowledged = open, note = "一件待核实" });

        missing.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        missing.Body.GetProperty("errors")[0].GetProperty("found").GetString()!.ShouldContain(open[0]);
        Pointers(wrong).ShouldBe(["/to"]);
        done.Status.ShouldBe(HttpStatusCode.Created);
        var kept = (await grid.GetAsync("teams/grid-guixi/handovers")).Body.GetProperty("items").EnumerateArray().Single();
        (kept.GetProperty("by").GetProperty("name").GetString(), kept.GetProperty("to").GetProperty("name").GetString(), kept.GetProperty("note").GetString(), kept.GetProperty("items").GetArrayLength())
            .ShouldBe(("李静", "周洋", "一件待核实", open.Count));
        (await tech.GetAsync("teams/grid-guixi/handover")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_substitute_finds_what_the_absent_person_has_marked_so_and_does_it_for_them()
    {
        using var tech = await SignInAsync("tech");
        using var grid = await SignInAsync("grid-shiyang");
        using var other = await SignInAsync("grid-gaoxin");
        var task = (await tech.RaiseAsync("代班", "510107063")).Text("id")!;
        await Poll.UntilAsync("the item is offered", TimeSpan.FromSeconds(60), async () => await grid.ItemOfAsync(task) is not null);
        var item = (await grid.ItemOfAsync(task))!.Value.GetProperty("id").GetString()!;
        (await grid.PostAsync($"work-items/{item}/claim", new { revision = 1 })).Status.ShouldBe(HttpStatusCode.OK);
        var now = (await grid.GetAsync("clock")).Body.GetProperty("now").GetDateTimeOffset();
        (await grid.PostAsync("absences", new { from = now.AddMinutes(-1), until = now.AddDays(1), substitute = "u-grid-gaoxin" })).IsSuccess.ShouldBeTrue();

        var card = (await other.GetAsync("work-items?list=mine&limit=200")).Body.GetProperty("items").EnumerateArray().Single(one => one.GetProperty("id").GetString() == item);
        (card.GetProperty("standingInFor").GetProperty("userId").GetString(), card.GetProperty("canComplete").GetBoolean()).ShouldBe(("u-grid-shiyang", true));
        (await other.PostAsync($"work-items/{item}/release", new { revision = card.GetProperty("revision").GetInt32() })).Status.ShouldBe(HttpStatusCode.OK);
        (await grid.ItemOfAsync(task))!.Value.TryGetProperty("standingInFor", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_leaves_gives_everything_away_and_cannot_come_back()
    {
        using var @operator = await SignInAsync("operator");
        using var enforcement = await SignInAsync("enforcement");
        using var supervisor = await SignInAsync("inspection");
        using var tech = await SignInAsync("tech");
        var task = (await tech.RaiseAsync("离岗", "510104017")).Text("id")!;
        string item = "";
        await Poll.UntilAsync("the item is offered", TimeSpan.FromSeconds(60), async () =>
            (await supervisor.GetAsync($"tasks/{task}")).Body.GetProperty("workItems") is { } items && items.GetArrayLength() > 0 && (item = items[0].GetProperty("id").GetString()!).Length > 0);
        (await @operator.PostRawAsync("organisation/import?part=memberships", "team,member\nstreet-510104017,u-enforcement\n", "text/csv")).Status.ShouldBe(HttpStatusCode.OK);
        (await supervisor.PostAsync($"work-items/{item}/transfer", new { revision = 1, person = "u-enforcement", team = "street-510104017" })).Status.ShouldBe(HttpStatusCode.OK);
        (await enforcement.PostAsync($"work-items/{item}/claim", new { revision = 2 })).Status.ShouldBe(HttpStatusCode.OK);
        var other = await OtherOfAsync(@operator, "street-510104017", "u-enforcement");

        Pointers(await @operator.PostAsync("members/u-enforcement/departure", new { to = "u-enforcement" })).ShouldBe(["/to"]);
        var left = await @operator.PostAsync("members/u-enforcement/departure", new { to = other, note = "调离" });

        left.Status.ShouldBe(HttpStatusCode.OK, left.Body.GetRawText());
        var given = left.Body.GetProperty("items").EnumerateArray().Single(given => given.GetProperty("id").GetString() == item);
        given.TryGetProperty("refused", out var refused).ShouldBeFalse(refused.ToString());
        (await supervisor.GetAsync($"work-items/{item}")).Body.GetProperty("card").GetProperty("claimedBy").GetProperty("userId").GetString().ShouldBe(other);
        (await @operator.PostAsync("members/u-enforcement/departure", new { to = other })).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await enforcement.GetAsync("me")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        using var anonymous = ApiClient.Anonymous(fixture.Address);
        (await anonymous.PostAsync("session", new { userName = "enforcement", password = "Workflow-2026" })).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await tech.PostAsync("members/u-grid/departure", new { to = other })).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static IEnumerable<string> Pointers(ApiAnswer answer)
    {
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Body.GetRawText());
        return answer.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!);
    }

    private static async Task<string> OtherOfAsync(ApiClient client, string team, string not) =>
        (await client.GetAsync($"teams/{team}/staff")).Body.GetProperty("people").EnumerateArray().Select(person => person.GetProperty("person").GetProperty("userId").GetString()!).First(id => id != not);

    private async Task<string> ExportAsync(string part)
    {
        using var http = new HttpClient { BaseAddress = new(fixture.Address, "/api/v1/") };
        using var session = new StringContent("""{"userName":"operator","password":"Workflow-2026"}""", Encoding.UTF8, "application/json");
        (await http.PostAsync(new Uri("session", UriKind.Relative), session)).EnsureSuccessStatusCode();
        return await http.GetStringAsync(new Uri($"organisation/export?format=csv&part={part}", UriKind.Relative));
    }

    private Task<ApiClient> SignInAsync(string userName) => ApiClient.SignInAsync(fixture.Address, userName);
}
