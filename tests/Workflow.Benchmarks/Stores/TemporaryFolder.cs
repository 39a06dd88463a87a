namespace Workflow.Benchmarks.Stores;

/// <summary>A folder of one run's own, gone afterwards.</summary>
internal sealed class TemporaryFolder(string parent) : IDisposable
{
    private readonly string path =
        Directory.CreateDirectory(Path.Combine(parent, $"workflow-bench-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}")).FullName;

    public string File(string name) => Path.Combine(path, name);

    public string Sub(string name) => Directory.CreateDirectory(File(name)).FullName;

    public void Dispose() => Directory.Delete(path, recursive: true);
}
