using System.Diagnostics;
using System.Globalization;

namespace Workflow.Reliability.Faults;

/// <summary>A disk of limited size, in memory.</summary>
internal sealed class Tmpfs : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("workflow-disk-").FullName;

    public Tmpfs(int megabytes)
    {
        // PostgreSQL runs as another user.
        Run("chmod", "755", parent);
        Folder = Directory.CreateDirectory(Path.Combine(parent, "disk")).FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=0777"), "tmpfs", Folder))
        {
            Directory.Delete(parent, recursive: true);
            throw new NotSupportedException("a disk that can be filled: expected the right to mount a tmpfs, found none");
        }
    }

    public static bool IsAllowed { get; } = Try();

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Takes every byte that is free.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        foreach (var size in (int[])[1 << 20, 1 << 12])
            try
            {
                while (true) file.Write(new byte[size]);
            }
            catch (IOException)
            {
                // Full; the smaller pieces take the rest.
            }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        Run("umount", "--lazy", Folder);
        Directory.Delete(parent, recursive: true);
    }

    private static bool Try()
    {
        try
        {
            new Tmpfs(1).Dispose();
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        run.WaitForExit();
        return run.ExitCode == 0;
    }
}
