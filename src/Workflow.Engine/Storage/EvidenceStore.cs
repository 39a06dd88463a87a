using System.Buffers;
using System.Security.Cryptography;

namespace Workflow.Engine.Storage;

/// <summary>
/// Keeps evidence in a folder, by hash. Promise: a file that a fact refers to is on disk. It is written and synced beside its place
/// (<see cref="StageAsync"/>), then renamed and its folder synced (<see cref="StagedFile.Keep"/>), all before the transaction that refers to it begins.
/// A crash between, or a command that is refused after, leaves a file that nobody refers to.
/// </summary>
public sealed class EvidenceStore(string folder)
{
    private const int HeadBytes = 512;

    /// <param name="uploadName">Unique among the uploads of this moment.</param>
    /// <returns>The file, not yet kept; null when there are more than <paramref name="maxBytes"/>.</returns>
    public async Task<StagedFile?> StageAsync(Stream content, string uploadName, long maxBytes, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{uploadName}.part");
        try
        {
            if (await WriteAsync(content, path, maxBytes, cancel) is var (hash, size, head)) return new(path, PathOf(hash), hash, size, head);
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

    private string PathOf(string sha256) => Path.Combine(folder, sha256[..2], sha256);

    private static async Task<(string Hash, long Size, byte[] Head)?> WriteAsync(Stream content, string path, long maxBytes, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            var head = new MemoryStream(HeadBytes);
            long size = 0;
            for (int read; (read = await content.ReadAsync(buffer, cancel)) > 0;)
            {
                if ((size += read) > maxBytes) return null;
                hash.AppendData(buffer, 0, read);
                head.Write(buffer, 0, (int)Math.Min(read, HeadBytes - head.Length));
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
