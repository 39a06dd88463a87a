using System.Text.Json;
using Workflow.Engine.Definitions;

namespace Workflow.Server.Hosting;

/// <summary>The workflow documents of a folder, as the registry of workflows that its documents use. Read when the first of them is asked for.</summary>
internal sealed class DefinitionFolder(IEnumerable<string> files)
{
    private readonly Lazy<WorkflowDocuments> documents = new(() => new([.. files.Select(DefinitionFiles.TryReadDocument).OfType<JsonElement>()]));

    public static DefinitionFolder Read(string folder) => new(DefinitionFiles.In(folder));

    /// <summary>The documents beside a file, or those of a folder and of the folders in it.</summary>
    public static DefinitionFolder Around(string path) =>
        new(Directory.Exists(path) ? DefinitionFiles.In(path) : Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, "*.json"));

    public JsonElement? Find(WorkflowReference reference) => documents.Value.Find(reference);
}
