using System.Runtime.InteropServices;

namespace Workflow.Engine.Storage;

/// <summary>
/// A rename is durable only when its folder is synced too, and .NET opens no folders. Windows syncs the entry with the file and has no such call.
/// </summary>
public static partial class DirectorySync
{
    private const int ReadOnly = 0;

    /// <summary>Syncs the entries of a folder.</summary>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(path, ReadOnly);
        if (handle < 0) throw new IOException($"{path} could not be opened to be synced: error {Marshal.GetLastPInvokeError()}");
        try
        {
            if (Sync(handle) != 0) throw new IOException($"{path} could not be synced: error {Marshal.GetLastPInvokeError()}");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
