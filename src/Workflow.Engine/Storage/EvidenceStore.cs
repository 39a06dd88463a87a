using System.Buffers;
using System.Security.Cryptography;

namespace Workflow.Engine.Storage;

/// <summary>
/// Keeps evidence in a folder, by hash. Promise: a file that a fact refers to is on disk. It is written and synced beside its place
/// (<see cref="StageAsync"/>), then renamed and its folder synced (<see cref="StagedFile.Keep"/>), all before the transaction that refers to it begins.
/// A crash between, or a command that is refused after, leaves a file that nobody refers to, which <c>EvidenceSweep</c> removes.
/// </summary>
public sealed class EvidenceStore(string folder)
{
    private const int HeadBytes = 512;
    private const string PartSuffix = ".part";
    private const string AsideSuffix = ".aside";

    /// <param name="uploadName">Unique among the uploads of this moment.</param>
    /// <param name="mostBytes">How many bytes there may be, by the first of them.</param>
    /// <returns>The file, not yet kept; null when there are more.</returns>
    public async Task<StagedFile?> StageAsync(Stream content, string uploadName, Func<byte[], long> mostBytes, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{uploadName}{PartSuffix}");
        try
        {
            if (await WriteAsync(content, path, mostBytes, cancel) is var (hash, size, head)) return new(path, PathOf(hash), hash, size, head);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        File.Delete(path);
        return null;
    }

    public Stream? Open(string sha256) => File.Exists(PathOf(sha256)) ? File.OpenRead(PathOf(sha256)) : null;

    /// <summary>The files that are kept, by hash, and those of uploads that were cut off.</summary>
    public IEnumerable<string> Enumerate() => Names().Where(name => IsHash(name) || name.EndsWith(PartSuffix, StringComparison.Ordinal));

    /// <summary>When the bytes of a file came last; null when it is not there.</summary>
    public DateTimeOffset? WrittenAt(string name) => File.Exists(PathOf(name)) ? File.GetLastWriteTimeUtc(PathOf(name)) : null;

    /// <summary>
    /// Removes a file unless its bytes came again since then. It is set aside first, so that an upload of the same bytes in this moment either is seen, and the file
    /// put back, or puts its own in place.
    /// </summary>
    public bool Remove(string name, DateTimeOffset before)
    {
        var (path, aside) = (PathOf(name), PathOf(name) + AsideSuffix);
        if (!File.Exists(path)) return false;
        File.Move(path, aside, overwrite: true);
        if (File.GetLastWriteTimeUtc(aside) < before)
        {
            File.Delete(aside);
            return true;
        }
        PutBack(aside, path);
        return false;
    }

    /// <summary>Puts back what a crash has left set aside; then it is judged like any other.</summary>
    public void PutBack()
    {
        foreach (var name in Names().Where(name => name.EndsWith(AsideSuffix, StringComparison.Ordinal)).ToList())
        {
            var path = PathOf(name[..^AsideSuffix.Length]);
            PutBack(path + AsideSuffix, path);
        }
    }

    private IEnumerable<string> Names() => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).OfType<string>() : [];

    private static bool IsHash(string name) => name.Length == 2 * SHA256.HashSizeInBytes && name.All(char.IsAsciiHexDigitLower);

    private static void PutBack(string aside, string path)
    {
        // Whoever has put the same bytes in place meanwhile has made this one needless.
        if (File.Exists(path)) File.Delete(aside);
        else File.Move(aside, path);
    }

    private string PathOf(string sha256) => sha256.EndsWith(PartSuffix, StringComparison.Ordinal) ? Path.Combine(folder, sha256) : Path.Combine(folder, sha256[..2], sha256);

    private static async Task<(string Hash, long Size, byte[] Head)?> WriteAsync(Stream content, string path, Func<byte[], long> mostBytes, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            var head = new MemoryStream(HeadBytes);
            long size = 0;
            var most = long.MaxValue;
            // The first bytes decide, so there have to be enough of them.
            for (int read; (read = size == 0 ? await content.ReadAtLeastAsync(buffer, HeadBytes, throwOnEndOfStream: false, cancel) : await content.ReadAsync(buffer, cancel)) > 0;)
            {
                if (size == 0)
                {
                    head.Write(buffer, 0, Math.Min(read, HeadBytes));
                    most = mostBytes(head.ToArray());
                }
                if ((size += read) > most) return null;
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
            file.Flush(flushToDisk: true);
            return (Convert.ToHexStringLower(hash.GetHashAndReset()), size, head.ToArray());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>A file that has been received and synced. Disposed without <see cref="Keep"/> it is gone.</summary>
public sealed class StagedFile(string path, string target, string sha256, long sizeBytes, byte[] head) : IDisposable
{
    public string Sha256 => sha256;

    public long SizeBytes => sizeBytes;

    public Stream OpenRead() => File.OpenRead(path);

    /// <summary>The first bytes, for telling its type.</summary>
    public ReadOnlySpan<byte> Head => head;

    /// <summary>Puts the file into its place, named by its content, so that the same bytes are kept once.</summary>
    public void Keep()
    {
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        File.Move(path, target, overwrite: true);
        DirectorySync.Flush(folder);
        DirectorySync.Flush(Path.GetDirectoryName(folder)!);
    }

    public void Dispose() => File.Delete(path);
}
