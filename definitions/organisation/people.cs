// Makes city.json, the people of the demo city, out of areas.json, management.json and demo.json. To repeat it, from the root of the repository:
//
//   dotnet run definitions/organisation/people.cs -- definitions/organisation
//
// Demo data: nobody in it is real. Names are put together from common surnames and given names, always the same ones: a person's name follows from
// the number of the person and nothing else. Teams and people of demo.json stay what they are.
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

if (args.Length != 1)
{
    Console.Error.WriteLine("expected FOLDER");
    return 2;
}

const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈";
string[] given =
[
    "伟", "芳", "娜", "秀英", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀兰", "霞", "平", "刚", "桂英", "文博", "雨桐", "子轩", "欣怡", "浩然", "思远", "佳琪", "俊杰", "晓东", "建国", "丽华", "志强", "雪梅", "海燕", "国庆", "春兰", "玉梅", "天宇",
];
var (areas, zones, demo) = (Items("areas.json", "areas"), Items("management.json", "jurisdictions"), JsonNode.Parse(File.ReadAllText(Path.Combine(args[0], "demo.json")))!);
var (teams, coverage, members, memberships) = (new List<JsonObject>(), new List<JsonObject>(), new List<JsonObject>(), new List<JsonObject>());
var (certificates, duties, absences) = (new List<JsonObject>(), new List<JsonObject>(), new List<JsonObject>());
var count = 0;

// Two shifts, which the teams of the city and of the jurisdictions keep round the clock; the grids of the streets keep none.
List<JsonObject> shifts =
[
    Row(("id", "day"), ("name", "白班"), ("from", "08:30"), ("to", "20:30"), ("calendar", "cn-gov")),
    Row(("id", "night"), ("name", "夜班"), ("from", "20:30"), ("to", "08:30"), ("calendar", "cn-gov")),
];
Staff("tech-city", "techGrid", 12);
Staff("inspection-city", "inspection", 14);
// Beside the enforcement and grid centre of each jurisdiction; demo.json has those of four.
foreach (var jurisdiction in areas.Where(area => (string)area["kind"]! == "jurisdiction").Concat(zones))
{
    var (code, name) = ((string)jurisdiction["code"]!, (string)jurisdiction["name"]!);
    Staff(Team($"jurisdiction-enforcement-{code}", $"{name}生态环境执法大队", "enforcement", code), "enforcement", 4);
    Staff(Team($"jurisdiction-grid-{code}", $"{name}网格中心", "communityGrid", code), "communityGrid", 1);
}
foreach (var street in areas.Where(area => (string)area["kind"]! == "street"))
    Staff(OfDemo("communityGrid", RunBy(street)) ?? Team($"street-{street["code"]}", $"{street["name"]}网格", "communityGrid", (string)street["code"]!), "communityGrid", 1);
// Two officers of demo.json are on duty round the clock, so that what asks for two certified officers comes to somebody with an account.
foreach (var (officer, shift) in (ReadOnlySpan<(string, string)>)[("u-enforcement", "day"), ("u-enforcement", "night"), ("u-both", "day"), ("u-both", "night")])
    duties.Add(Row(("team", "enforcement-gaoxin"), ("shift", shift), ("member", officer), ("from", "2026-01-01"), ("days", "every")));
foreach (var officer in (ReadOnlySpan<string>)["u-both", "u-enforcement", "u-enforcement-city", "u-enforcement-wuhou"])
    certificates.Add(Row(("member", officer), ("kind", "enforcement"), ("number", $"川A-DEMO-{officer}"), ("from", "2026-01-01"), ("until", "2028-12-31")));

var text = new StringBuilder("{\n");
text.Append("  \"description\": \"Demo data, made by people.cs: teams, people, certificates, rosters and absences of a whole city. Nobody in it is real.\",\n");
var parts = new (string Name, List<JsonObject> Rows)[]
{
    ("shifts", shifts), ("teams", teams), ("coverage", coverage), ("members", members), ("memberships", memberships), ("certificates", certificates), ("duties", duties), ("absences", absences),
};
var compact = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
// One row a line: a change of one is one line of a difference.
text.AppendJoin(",\n", parts.Select(part => $"  \"{part.Name}\": [\n{string.Join(",\n", part.Rows.Select(row => "    " + row.ToJsonString(compact)))}\n  ]")).Append("\n}\n");
File.WriteAllText(Path.Combine(args[0], "city.json"), text.ToString());
Console.WriteLine(string.Join(", ", parts.Select(part => $"{part.Name}: {part.Rows.Count}")));
return 0;

List<JsonNode> Items(string file, string list) => [.. JsonNode.Parse(File.ReadAllText(Path.Combine(args[0], file)))![list]!.AsArray().Select(item => item!)];

// Who runs a street: the functional zone that is said to, else the district under which it is coded.
string RunBy(JsonNode street) =>
    (string?)zones.FirstOrDefault(zone => zone["runs"]!.AsArray().Any(run => (string)run!["code"]! == (string)street["code"]!))?["code"] ?? (string)street["parent"]!;

// A team of demo.json that covers the area already is the team meant: where demo.json has a grid centre, the streets are its own.
string? OfDemo(string kind, string area) =>
    (string?)demo["teams"]!.AsArray().FirstOrDefault(team => (string)team!["kind"]! == kind && team["areas"]!.AsArray().Any(code => (string)code! == area))?["id"];

string Team(string id, string name, string kind, string area)
{
    if (OfDemo(kind, area) is { } known) return known;
    teams.Add(Row(("id", id), ("name", name), ("kind", kind)));
    coverage.Add(Row(("team", id), ("area", area)));
    return id;
}

void Staff(string team, string kind, int people)
{
    var first = count + 1;
    for (var number = 0; number < people; number++)
    {
        count++;
        var id = string.Create(CultureInfo.InvariantCulture, $"p-{count:D4}");
        // Steps that share no factor with the lengths of the lists: names repeat as seldom as they can.
        var name = $"{Surnames[count * 7 % Surnames.Length]}{given[count * 11 % given.Length]}";
        members.Add(Row(("userId", id), ("name", name)));
        var roles = number switch { 0 when people > 1 => "member,leader,dutyLeader", 1 when people > 2 => "member,dispatcher", 2 when kind == "inspection" => "member,arbiter", _ => "member" };
        memberships.Add(Row(("team", team), ("member", id), ("roles", roles)));
        if (kind == "enforcement") certificates.Add(Row(("member", id), ("kind", "enforcement"), ("number", string.Create(CultureInfo.InvariantCulture, $"川A-DEMO-{count:D5}")), ("from", "2026-01-01"), ("until", number == 3 ? "2026-06-30" : "2028-12-31")));
    }
    if (people < 12) return;
    // The leader leads by day and the next one by night; the others share the shifts, and two have the holidays.
    for (var number = 0; number < people; number++)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"p-{first + number:D4}");
        duties.Add(Row(("team", team), ("shift", number % 2 == 0 ? "day" : "night"), ("member", id), ("from", "2026-01-01"), ("days", number < 2 || number % 2 == 1 ? "every" : "workdays"), ("leads", number < 2 ? "true" : null)));
        if (number is 2 or 4) duties.Add(Row(("team", team), ("shift", "day"), ("member", id), ("from", "2026-01-01"), ("days", number == 2 ? "restDays" : "holidays")));
    }
    var (away, substitute) = (first + people - 1, first + people - 2);
    absences.Add(Row(
        ("member", string.Create(CultureInfo.InvariantCulture, $"p-{away:D4}")), ("from", "2026-11-20T00:00:00+08:00"), ("until", "2026-12-01T00:00:00+08:00"),
        ("substitute", string.Create(CultureInfo.InvariantCulture, $"p-{substitute:D4}"))));
}

static JsonObject Row(params (string Name, string? Value)[] fields)
{
    var row = new JsonObject();
    foreach (var (name, value) in fields)
        if (value is not null) row[name] = value;
    return row;
}
