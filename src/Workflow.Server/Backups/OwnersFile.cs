namespace Workflow.Server.Backups;

/// <summary>Files that only their owner may read: a database, and so its backup, holds password hashes and keys.</summary>
internal static class OwnersFile
{
    public static FileStream Create(string path, FileMode mode = FileMode.Create)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }
}
