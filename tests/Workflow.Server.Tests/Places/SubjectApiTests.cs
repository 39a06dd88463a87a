using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Places;

/// <summary>The registry of subjects, on a real server.</summary>
public sealed class SubjectApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Header = "key,name,category,longitude,latitude,datum,areaCode";

    [Fact]
    public async Task Subjects_come_in_as_CSV_and_as_JSON_and_go_out_as_they_came()
    {
        using var @operator = await SignInAsync("operator");

        var csv = await ImportAsync($""""
            {Header}
            rt-1,"桂溪站, ""国控""",air-station,104.07,30.58,GCJ-02,510107064
            rt-2,玉林工地,rt-site,,,,510107005
            """");
        var json = await @operator.PostRawAsync("subjects/import", """{"subjects":[{"key":"rt-2","name":"玉林二期","category":"rt-site","areaCode":"510107005"},{"key":"rt-3","name":"路上\\u0000","category":"rt-site","position":{"longitude":103.51,"latitude":30.2}}]}""");

        (csv.Text("added"), csv.Text("updated")).ShouldBe(("2", "0"));
        (json.Text("added"), json.Text("updated")).ShouldBe(("1", "1"));
        var subject = await @operator.GetAsync("subjects/rt-1");
        (subject.Text("name"), subject.Text("areaName"), subject.Text("jurisdictionName")).ShouldBe(("桂溪站, \"国控\"", "桂溪街道", "高新区"));
        subject.Body.GetProperty("position").GetProperty("datum").GetString().ShouldBe("GCJ-02");
        var found = await @operator.GetAsync("subjects/rt-3");
        (found.Text("areaCode"), found.Text("name")).ShouldBe(("510131", "路上\\u0000"), "found by its position; a backslash is no U+0000");
        foreach (var (format, type) in new[] { ("json", "application/json"), ("csv", "text/csv") })
        {
            var file = await ExportAsync($"format={format}&category=rt-site");
            var again = await ImportAsync(file, type);
            (again.Text("added"), again.Text("updated")).ShouldBe(("0", "2"), format);
            (await ExportAsync($"format={format}&category=rt-site")).ShouldBe(file);
        }
    }

    [Fact]
    public async Task Every_bad_row_is_named_and_nothing_is_imported()
    {
        using var @operator = await SignInAsync("operator");

        var refused = await ImportAsync($"""
            {Header}
            bad-1,good,site,,,,510107005
            bad 2,name,site,,,,510107005
            bad-3,=cmd(),site,,,,510107005
            bad-4,name,site,181,30,WGS-84,
            bad-5,name,site,104,north,WGS-84,510107005
            bad-6,name,site,104,30,moon,510107005
            bad-7,name,site,104,,,510107005
            bad-8,name,site,,,,nowhere
            bad-9,name,site,,,,
            bad-1,again,site,,,,510107005
            bad-11,short
            bad-12,in the sea,site,122,30,WGS-84,
            """);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text("total").ShouldBe("11");
        refused.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldBe(
        [
            "/rows/3/key", "/rows/4/name", "/rows/5/longitude", "/rows/6/latitude", "/rows/7/datum", "/rows/8/latitude", "/rows/9/areaCode", "/rows/10/areaCode", "/rows/11/key", "/rows/12",
            "/rows/13/areaCode",
        ]);
        (await @operator.GetAsync("subjects/bad-1")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("text/csv", "", "")]
    [InlineData("text/csv", "key,name\nx,y", "/rows/1")]
    [InlineData("text/csv", "key,name,category,colour\nx,y,z,red", "/rows/1/colour")]
    [InlineData("text/csv", "key,name,category,key\nx,y,z,x", "/rows/1/key")]
    [InlineData("text/csv", "key,name,category,areaCode\nx,y\"y,z,510107", "/rows/2")]
    [InlineData("application/json", "{", "")]
    [InlineData("application/json", "[]", "")]
    [InlineData("application/json", """{"subjects":null}""", "/subjects")]
    [InlineData("application/json", """{"subjects":[null]}""", "/subjects/0")]
    [InlineData("application/json", """{"subjects":[{"key":"x","name":"y"}]}""", "/subjects/0/category")]
    [InlineData("application/json", """{"subjects":[{"key":"x","name":"y","category":"z","position":{"longitude":"1","latitude":2}}]}""", "/subjects/0/position/longitude")]
    [InlineData("application/json", """{"subjects":[{"key":"x","name":"y","category":"z","colour":"red"}]}""", "/subjects/0/colour")]
    public async Task Rubbish_is_refused_with_its_place(string type, string body, string pointer)
    {
        var refused = await ImportAsync(body, type);

        refused.Text("reason").ShouldBe("input-invalid");
        refused.Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
    }

    [Fact]
    public async Task A_file_in_another_encoding_is_told_from_one_in_UTF_8()
    {
        var refused = await ImportAsync([.. Encoding.ASCII.GetBytes(Header + "\ngbk,"), 0xB9, 0xF0, 0xCF, 0xAA, .. ",site,,,,510107005"u8], "text/csv");

        refused.Body.GetProperty("errors")[0].GetProperty("expected").GetString().ShouldBe("text in UTF-8");
    }

    [Fact]
    public async Task Of_many_mistakes_the_first_are_listed_and_all_are_counted()
    {
        var sheet = new StringBuilder(Header);
        for (var row = 0; row < 250; row++) sheet.Append(CultureInfo.InvariantCulture, $"\nmany-{row},name,site,,,,nowhere");

        var refused = await ImportAsync(sheet.ToString());

        (refused.Text("total"), refused.Body.GetProperty("errors").GetArrayLength()).ShouldBe(("250", 100));
    }

    [Fact]
    public async Task A_dry_run_stores_nothing_a_key_does_it_once_and_only_who_may_imports()
    {
        using var @operator = await SignInAsync("operator");
        using var tech = await SignInAsync("tech");
        const string Sheet = """{"subjects":[{"key":"dry-1","name":"dry","category":"dry","areaCode":"510107005"}]}""";

        (await @operator.PostRawAsync("subjects/import?dryRun=true", Sheet)).Text("added").ShouldBe("1");
        (await @operator.GetAsync("subjects/dry-1")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await @operator.RequestAsync(HttpMethod.Post, "subjects/import", Sheet, key: "dry")).Text("added").ShouldBe("1");
        (await @operator.RequestAsync(HttpMethod.Post, "subjects/import", Sheet, key: "dry")).Text("added").ShouldBe("1", "the remembered answer");
        (await tech.PostRawAsync("subjects/import", Sheet)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_list_is_paged_filtered_and_shows_the_areas_of_the_callers_teams()
    {
        using var @operator = await SignInAsync("operator");
        using var grid = await SignInAsync("grid");
        await ImportAsync($"{Header}\nls-1,一号,list,,,,510107064\nls-2,二号,list,,,,510107064001\nls-3,三号,list,,,,510104017\nls-4,四号,other,,,,510107064");

        var keys = new List<string?>();
        for (string? next = ""; next is not null;)
        {
            var page = await @operator.GetAsync($"subjects?category=list&limit=2{(next.Length > 0 ? $"&cursor={Uri.EscapeDataString(next)}" : "")}");
            keys.AddRange(Keys(page));
            next = page.Text("next");
        }

        keys.ShouldBe(["ls-1", "ls-2", "ls-3"]);
        Keys(await @operator.GetAsync("subjects?areaCode=gaoxin&category=list")).ShouldBe(["ls-1", "ls-2"]);
        Keys(await @operator.GetAsync($"subjects?search={Uri.EscapeDataString("三号")}")).ShouldBe(["ls-3"]);
        Keys(await @operator.GetAsync("subjects?search=ls-4")).ShouldBe(["ls-4"]);
        Keys(await grid.GetAsync("subjects?category=list")).ShouldBe(["ls-1", "ls-2"], "桂溪街道 and below");
        (await grid.GetAsync("subjects/ls-3")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await @operator.GetAsync("subjects?areaCode=nowhere")).Text("reason").ShouldBe("area-unknown");
        (await @operator.GetAsync("subjects?limit=0")).Text("reason").ShouldBe("input-invalid");
        (await @operator.GetAsync("subjects/export?format=xls")).Text("reason").ShouldBe("input-invalid");
    }

    [Fact]
    public async Task A_subject_gives_its_tasks_their_area_and_keeps_their_history()
    {
        using var @operator = await SignInAsync("operator");
        using var tech = await SignInAsync("tech");
        using var grid = await SignInAsync("grid");
        await ImportAsync($"{Header}\nhi-1,桂溪工地,history,104.0008,30.6309,WGS-84,510107064");

        var first = await tech.PostAsync("tasks", new { definitionId = "air-station-alarm", subject = "dust", subjectKey = "hi-1", inputs = new { pm25 = 180.5 } });
        var second = await tech.PostAsync("tasks", new { definitionId = "street-type-case", subject = "dust again", subjectKey = "hi-1" });
        var task = await grid.GetAsync($"tasks/{first.Text("id")}");

        (task.Text("areaCode"), task.Text("placeBy"), task.Text("subjectKey")).ShouldBe(("510107064", "subject", "hi-1"), "the street is closer than the district of its position");
        Ids(await tech.GetAsync("subjects/hi-1/tasks")).ShouldBe([second.Text("id"), first.Text("id")]);
        await ImportAsync($"{Header}\nhi-2,other,history,,,,510107005", query: "?replace=true");
        (await @operator.GetAsync("subjects/hi-1")).Status.ShouldBe(HttpStatusCode.NotFound);
        Ids(await tech.GetAsync("subjects/hi-1/tasks?limit=1")).ShouldBe([second.Text("id")]);
    }

    private static List<string?> Keys(ApiAnswer page) => [.. page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("key").GetString())];

    private static List<string?> Ids(ApiAnswer page) => [.. page.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString())];

    private Task<ApiClient> SignInAsync(string userName) => ApiClient.SignInAsync(fixture.Address, userName);

    private Task<ApiAnswer> ImportAsync(string body, string type = "text/csv", string query = "") => ImportAsync(Encoding.UTF8.GetBytes(body), type, query);

    private async Task<ApiAnswer> ImportAsync(byte[] body, string type, string query = "")
    {
        using var http = await OperatorAsync();
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(type);
        using var answer = await http.PostAsync(new Uri($"subjects/import{query}", UriKind.Relative), content);
        return new(answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    private async Task<string> ExportAsync(string query)
    {
        using var http = await OperatorAsync();
        return await http.GetStringAsync(new Uri($"subjects/export?{query}", UriKind.Relative));
    }

    private async Task<HttpClient> OperatorAsync()
    {
        var http = new HttpClient { BaseAddress = new(fixture.Address, "/api/v1/") };
        using var session = new StringContent("""{"userName":"operator","password":"Workflow-2026"}""", Encoding.UTF8, "application/json");
        (await http.PostAsync(new Uri("session", UriKind.Relative), session)).EnsureSuccessStatusCode();
        return http;
    }
}
