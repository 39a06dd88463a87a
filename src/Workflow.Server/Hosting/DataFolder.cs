using Workflow.Engine.Running;
using Workflow.Engine.Storage;

namespace Workflow.Server.Hosting;

/// <summary>Where this server keeps its files.</summary>
internal sealed record DataFolder(string Path)
{
    public string Evidence => System.IO.Path.Combine(Path, "evidence");

    /// <summary>Keys of reporters' records. No backup takes it: what is erased here is erased in every backup too.</summary>
    public string ReporterKeys => System.IO.Path.Combine(Path, "reporter-keys");

    /// <summary>What is written to: the folder, its evidence and a database that is a file. Each may lie on another disk; the fullest counts.</summary>
    public Disk Disk(Database database)
    {
        string[] folders = database.File is { } file ? [Path, Evidence, System.IO.Path.GetDirectoryName(file)!] : [Path, Evidence];
        return new(() => folders.Where(Directory.Exists).Min(folder => new DriveInfo(folder).AvailableFreeSpace));
    }
}
