using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Places;
using Workflow.Engine.Storage;

namespace Workflow.Server.Hosting;

/// <summary>What lies under <c>definitions/organisation/</c> about areas: the divisions, who runs them, and the outlines of the districts.</summary>
internal static class AreaFiles
{
    public static IReadOnlyList<AreaRow> ReadAreas(string folder)
    {
        var problems = new List<ValueProblem>();
        var rows = AreaTree.Build(Read<AreaDivisions>(folder, "areas.json"), Read<ManagementAreas>(folder, "management.json"), problems);
        return problems.Count == 0 ? rows : throw Unusable(folder, problems);
    }

    public static IReadOnlyList<Outline> ReadOutlines(string folder)
    {
        var path = Path.Combine(folder, "districts.geojson");
        var outlines = OutlineReader.Read(DefinitionFiles.ReadJson(path), null, out var problems);
        return problems.Count == 0 ? outlines : throw Unusable(path, problems);
    }

    private static T Read<T>(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            return DefinitionFiles.ReadJson(path).Deserialize<T>(InstanceJson.Options) ?? throw new UnusableFileException($"{path}: expected an object, found null");
        }
        catch (JsonException problem)
        {
            throw new UnusableFileException($"{path}: expected {typeof(T).Name}, found: {problem.Message}");
        }
    }

    private static UnusableFileException Unusable(string path, IReadOnlyList<ValueProblem> problems) =>
        new(string.Join('\n', problems.Select(problem => $"{path}: {problem.Pointer}: expected {problem.Expected}, found {problem.Found}")));
}
