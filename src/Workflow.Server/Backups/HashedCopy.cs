using System.Security.Cryptography;

namespace Workflow.Server.Backups;

/// <summary>Copies bytes and says how many there were and what their hash is.</summary>
internal static class HashedCopy
{
    private const int BufferBytes = 1 << 17;

    public static async Task<BackupPart> CopyAsync(string name, Stream from, Stream to, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        long size = 0;
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0; size += read)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        return new(name, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
