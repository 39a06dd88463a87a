using System.Buffers;
using System.Security.Cryptography;

namespace Workflow.Engine.Storage;

/// <summary>A file that lies in the store: named by its content, so the same bytes are kept once.</summary>
public sealed record StoredFile(string Sha256, long SizeBytes, byte[] Head);

/// <summary>
/// Keeps evidence in a folder, by hash. Promise: a file that a fact refers to is on disk. It is written beside its place, synced,
/// renamed and the folder is synced, all before the transaction that refers to it begins; a crash leaves at most a file nobody refers to.
/// </summary>
public sealed class EvidenceStore(string folder)
{
    private const int HeadBytes = 512;

    /// <returns>Null when there are more than <paramref name="maxBytes"/>; nothing is kept then.</returns>
    public async Task<StoredFile?> SaveAsync(Stream content, string uploadName, long maxBytes, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $"{uploadName}.part");
        try
        {
            if (await WriteAsync(content, temporary, maxBytes, cancel) is not { } stored) return null;
            var path = PathOf(stored.Sha256);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(temporary, path, overwrite: true);
            DirectorySync.Flush(Path.GetDirectoryName(path)!);
            DirectorySync.Flush(folder);
            return stored;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Stream? Open(string sha256) => File.Exists(PathOf(sha256)) ? File.OpenRead(PathOf(sha256)) : null;

    private string PathOf(string sha256) => Path.Combine(folder, sha256[..2], sha256);

    private static async Task<StoredFile?> WriteAsync(Stream content, string path, long maxBytes, CancellationToken cancel)
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
            return new(Convert.ToHexStringLower(hash.GetHashAndReset()), size, head.ToArray());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
