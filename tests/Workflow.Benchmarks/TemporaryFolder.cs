using Microsoft.Data.Sqlite;

namespace Workflow.Benchmarks;

/// <summary>A folder of one run's own, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string path;

    public TemporaryFolder(string parent) =>
        path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"workflow-bench-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}")).FullName;

    public string File(string name) => System.IO.Path.Combine(path, name);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(path, recursive: true);
    }
}
