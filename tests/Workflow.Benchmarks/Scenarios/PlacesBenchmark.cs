using System.Diagnostics;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Places;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Reliability.Processes;

namespace Workflow.Benchmarks.Scenarios;

/// <summary>Positions all over Chengdu to their area and their owners in both grids, by one thread, with the project's own areas and outlines.</summary>
internal static class PlacesBenchmark
{
    private const int Checked = 2000;

    private static readonly string Folder = Path.Combine(ServerProcess.RepositoryRoot, "definitions", "organisation");

    public static void Run(int lookups, int seed)
    {
        var begin = Stopwatch.GetTimestamp();
        var problems = new List<ValueProblem>();
        var areas = AreaTree.Build(Read<AreaDivisions>("areas.json"), Read<ManagementAreas>("management.json"), problems);
        var outlines = OutlineReader.Read(JsonElement.Parse(File.ReadAllText(Path.Combine(Folder, "districts.geojson"))), null, out var drawn);
        if (problems.Count + drawn.Count > 0) throw new WrongResultException("areas and outlines without a problem", $"{problems.Count + drawn.Count}");
        // One team of each kind for each jurisdiction.
        var teams = Enum.GetValues<TeamKind>().SelectMany(kind => areas.Where(area => area.Kind == AreaKind.Jurisdiction).Select(area => (Team: new Team($"{kind}-{area.Code}", area.Name, kind), area.Code))).ToList();
        var directory = new PlaceDirectory(areas, new(teams.Select(team => team.Team), [.. teams.Select(team => new TeamCover(team.Code, team.Team.Id))]), outlines, new());
        var built = Stopwatch.GetElapsedTime(begin);

        var random = new Random(seed);
        var positions = Enumerable.Range(0, Math.Min(lookups, 100_000)).Select(_ => new Position(102.98 + random.NextDouble() * 1.92, 30.09 + random.NextDouble() * 1.35, Datum.Gcj02)).ToArray();
        var wrong = positions.Take(Checked).Count(position => !IsRight(directory.ByPosition(position), position, outlines));
        if (wrong > 0) throw new WrongResultException($"what the outlines say one by one (seed {seed})", $"{wrong} of {Checked} otherwise");
        Look(directory, positions, Math.Min(lookups, 50_000));

        begin = Stopwatch.GetTimestamp();
        var found = Look(directory, positions, lookups);
        var took = Stopwatch.GetElapsedTime(begin);
        begin = Stopwatch.GetTimestamp();
        Look(directory, [.. positions.Select(position => DatumConversion.Convert(position, Datum.Wgs84))], lookups);
        var plain = Stopwatch.GetElapsedTime(begin);
        Report.Print(new
        {
            n = lookups,
            seed,
            areas = areas.Count,
            outlines = outlines.Count,
            repaired = outlines.Count(outline => outline.Change is not null),
            build_ms = Report.Round(built.TotalMilliseconds),
            found_share = Report.Round((double)found / lookups),
            lookups_per_s = Report.Round(lookups / took.TotalSeconds),
            wgs84_lookups_per_s = Report.Round(lookups / plain.TotalSeconds),
        });
    }

    private static int Look(PlaceDirectory directory, Position[] positions, int lookups)
    {
        var found = 0;
        for (var lookup = 0; lookup < lookups; lookup++)
            if (directory.ByPosition(positions[lookup % positions.Length]) is { Area.Owners.Length: > 0 }) found++;
        return found;
    }

    /// <summary>Asked of every outline without an index.</summary>
    private static bool IsRight(FoundPlace? found, Position position, IReadOnlyList<Outline> outlines)
    {
        var at = DatumConversion.Convert(position, Datum.Wgs84);
        var point = new NetTopologySuite.Geometries.Point(at.Longitude, at.Latitude);
        var holding = outlines.Where(outline => outline.Shape.Covers(point)).Select(outline => outline.AreaCode).ToList();
        return holding.Count == 0 ? found is null or { By: PlaceBasis.NearOutline } : found is { By: PlaceBasis.Outline } && holding.Contains(found.Area.Area.Code);
    }

    private static T Read<T>(string name) => JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(Folder, name)), InstanceJson.Options)!;
}
