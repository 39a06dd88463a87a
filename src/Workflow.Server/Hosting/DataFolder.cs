namespace Workflow.Server.Hosting;

/// <summary>Where this server keeps its files.</summary>
internal sealed record DataFolder(string Path)
{
    /// <summary>What this process may still write there.</summary>
    public long FreeBytes => new DriveInfo(Path).AvailableFreeSpace;
}
