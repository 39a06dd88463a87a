using System.Net;
using System.Text.Json;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Places;

/// <summary>The areas, the overlay and the outlines of the project, on a real server.</summary>
public sealed class PlaceApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>The seats of the districts' governments, as Chinese maps show them.</summary>
    [Theory]
    [InlineData(104.117022, 30.598158, "510104")]
    [InlineData(104.043235, 30.641907, "510107")]
    [InlineData(103.923566, 30.574449, "510116")]
    [InlineData(104.54722, 30.411264, "510185")]
    [InlineData(103.506498, 30.196788, "510131")]
    [InlineData(103.957983, 30.990212, "510182")]
    public async Task A_position_leads_to_its_district_and_to_the_owners_in_both_grids(double longitude, double latitude, string district)
    {
        using var tech = await SignInAsync("tech");

        var place = await tech.GetAsync(FormattableString.Invariant($"places?longitude={longitude}&latitude={latitude}&datum=GCJ-02"));

        place.Text("areaCode").ShouldBe(district);
        (place.Body.GetProperty("precision").GetProperty("level").GetString(), place.Body.GetProperty("precision").GetProperty("by").GetString()).ShouldBe(("jurisdiction", "outline"));
        Owner(place, "techGrid").ShouldBe(("technical", "tech-city"));
        Owner(place, "inspection").ShouldBe(("management", "inspection-city"));
        place.Body.GetProperty("wgs84").GetProperty("datum").GetString().ShouldBe("WGS-84");
    }

    [Fact]
    public async Task The_same_degrees_are_another_place_in_another_datum()
    {
        using var tech = await SignInAsync("tech");

        var (shifted, plain) = (await tech.GetAsync("places?longitude=104.1&latitude=30.65&datum=BD-09"), await tech.GetAsync("places?longitude=104.1&latitude=30.65&datum=CGCS2000"));

        (shifted.Body.GetProperty("wgs84").GetProperty("longitude").GetDouble() - 104.1).ShouldBeInRange(-0.012, -0.008);
        plain.Body.GetProperty("wgs84").GetProperty("longitude").GetDouble().ShouldBe(104.1);
    }

    [Fact]
    public async Task Every_street_and_community_is_there_and_a_zone_runs_its_streets()
    {
        using var tech = await SignInAsync("tech");

        var street = await tech.GetAsync("places?areaCode=510116003");
        var community = await tech.GetAsync("places?areaCode=510104017001");
        var district = await tech.GetAsync("places?areaCode=510107");

        (street.Text("jurisdictionName"), street.Text("districtName"), street.Text("areaPath")).ShouldBe(("天府新区", "双流区", "5101/tianfu/510116003/"));
        Owner(street, "communityGrid").ShouldBe(("management", "grid-tianfu"));
        community.Text("areaPath").ShouldBe("5101/510104/510104017/510104017001/");
        district.Body.GetProperty("mayBeRunBy").EnumerateArray().Select(zone => zone.GetProperty("code").GetString()).ShouldBe(["gaoxin"]);
    }

    [Fact]
    public async Task A_task_with_a_position_and_no_area_goes_to_whoever_owns_the_place()
    {
        using var tech = await SignInAsync("tech");

        var raised = await tech.PostAsync("tasks", new { definitionId = "air-station-alarm", subject = "seen on the road", position = new { longitude = 104.0008, latitude = 30.6309, datum = "WGS-84" }, inputs = new { pm25 = 180.5 } });
        var task = await tech.GetAsync($"tasks/{raised.Text("id")}");

        raised.Status.ShouldBe(HttpStatusCode.Created);
        (task.Text("areaCode"), task.Text("jurisdictionName"), task.Text("placeBy")).ShouldBe(("510107", "武侯区", "outline"));
        task.Body.GetProperty("position").GetProperty("datum").GetString().ShouldBe("WGS-84");
        task.Body.GetProperty("workItems")[0].GetProperty("teamName").GetString().ShouldBe("武侯区网格中心");
    }

    [Theory]
    [InlineData("places?longitude=104", "/latitude")]
    [InlineData("places?longitude=west&latitude=30", "/longitude")]
    [InlineData("places?longitude=181&latitude=30", "/longitude")]
    [InlineData("places?longitude=NaN&latitude=30", "/longitude")]
    [InlineData("places?longitude=104&latitude=-91", "/latitude")]
    [InlineData("places?longitude=104&latitude=30&datum=moon", "/datum")]
    [InlineData("places", "/longitude")]
    public async Task A_place_that_cannot_be_asked_for_is_refused(string path, string pointer)
    {
        using var tech = await SignInAsync("tech");

        var refused = await tech.GetAsync(path);

        refused.Text("reason").ShouldBe("input-invalid");
        refused.Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
    }

    [Theory]
    [InlineData("places?longitude=116.4&latitude=39.9", "place-unknown")]
    [InlineData("places?areaCode=9", "area-unknown")]
    [InlineData("places?subjectKey=none", "subject-unknown")]
    public async Task What_is_nowhere_is_refused_with_the_reason(string path, string reason)
    {
        using var tech = await SignInAsync("tech");

        (await tech.GetAsync(path)).Text("reason").ShouldBe(reason);
    }

    [Theory]
    [InlineData("", "input-invalid")]
    [InlineData(""","areaCode":"5101" """, "area-unknown")]
    [InlineData(""","subjectKey":"none" """, "subject-unknown")]
    [InlineData(""","position":{"longitude":0,"latitude":0}""", "place-unknown")]
    [InlineData(""","position":{"longitude":104,"latitude":130}""", "input-invalid")]
    [InlineData(""","position":{"longitude":104,"latitude":30,"datum":"moon"}""", "input-invalid")]
    [InlineData(""","position":{"longitude":104}""", "input-invalid")]
    public async Task A_task_without_a_place_is_refused(string more, string reason)
    {
        using var tech = await SignInAsync("tech");

        (await tech.PostRawAsync("tasks", $$"""{"definitionId":"air-station-alarm","subject":"nowhere"{{more}}}""")).Text("reason").ShouldBe(reason);
    }

    [Fact]
    public async Task An_imported_outline_of_a_street_makes_the_answer_closer_and_a_bad_one_changes_nothing()
    {
        using var @operator = await SignInAsync("operator");
        using var tech = await SignInAsync("tech");
        const string Street = """{"type":"Feature","properties":{"code":"510131101"},"geometry":{"type":"Polygon","coordinates":[[[103.50,30.19],[103.52,30.19],[103.52,30.21],[103.50,30.21],[103.50,30.19]]]}}""";
        var code = (await tech.GetAsync("areas?search=%E8%92%B2%E6%B1%9F&limit=10")).Body.EnumerateArray().First(area => area.GetProperty("kind").GetString() == "street").GetProperty("code").GetString()!;
        var street = Street.Replace("510131101", code, StringComparison.Ordinal);

        var bad = await @operator.PostRawAsync("areas/outlines/import", $$$"""{"type":"FeatureCollection","features":[{{{street}}},{"type":"Feature","properties":{"code":"none"},"geometry":{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,1]]]}}]}""");
        var before = await tech.GetAsync("places?longitude=103.51&latitude=30.2");
        var imported = await @operator.PostRawAsync("areas/outlines/import?datum=WGS-84", $$"""{"type":"FeatureCollection","features":[{{street}}]}""");
        var after = await tech.GetAsync("places?longitude=103.51&latitude=30.2");

        (bad.Text("reason"), bad.Text("total")).ShouldBe(("input-invalid", "1"));
        before.Text("areaCode").ShouldBe("510131");
        (imported.Text("outlines"), imported.Text("added"), imported.Text("repaired")).ShouldBe(("1", "1", "0"));
        (after.Text("areaCode"), after.Body.GetProperty("precision").GetProperty("level").GetString()).ShouldBe((code, "street"));
        (await tech.PostRawAsync("areas/outlines/import", "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Every_area_of_the_demo_city_has_one_owner_in_both_grids()
    {
        using var @operator = await SignInAsync("operator");

        var proof = await @operator.GetAsync("operations/ownership");

        proof.Body.GetProperty("holds").GetBoolean().ShouldBeTrue();
        var kinds = proof.Body.GetProperty("kinds").EnumerateArray().ToDictionary(kind => kind.GetProperty("kind").GetString()!);
        kinds["techGrid"].GetProperty("areas").GetInt32().ShouldBe(3331);
        kinds["techGrid"].GetProperty("owned").GetInt32().ShouldBe(3331);
        kinds["communityGrid"].GetProperty("owned").GetInt32().ShouldBe(3331);
        (proof.Text("gapCount"), proof.Text("overlapCount")).ShouldBe(("0", "0"));
        proof.Body.GetProperty("withoutOutline").EnumerateArray().Select(zone => zone.GetString()).ShouldBe(["dongbu", "gaoxin", "tianfu"]);
    }

    private static (string? Grid, string? Team) Owner(ApiAnswer place, string kind)
    {
        var owner = place.Body.GetProperty("owners").EnumerateArray().Single(owner => owner.GetProperty("kind").GetString() == kind);
        return (owner.GetProperty("grid").GetString(), owner.TryGetProperty("teamId", out var team) && team.ValueKind == JsonValueKind.String ? team.GetString() : null);
    }

    private Task<ApiClient> SignInAsync(string userName) => ApiClient.SignInAsync(fixture.Address, userName);
}
