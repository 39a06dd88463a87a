using System.IO.Compression;
using System.Text.Json;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>
/// How states and facts lie in their columns, see <see cref="StoredShapes"/> for their shape: JSON in UTF-8, or, where that is shorter, a zero byte and the same compressed with Brotli.
/// </summary>
public static class StoredJson
{
    /// <summary>Values may lie deep in what is stored.</summary>
    internal static readonly JsonDocumentOptions Deep = new() { MaxDepth = InstanceJson.Options.MaxDepth };

    private const byte Compressed = 0;

    /// <summary>Below this many bytes nothing is won.</summary>
    private const int CompressFrom = 256;

    /// <summary>Low: most is won at once, and every burst pays for it.</summary>
    private const int Quality = 1;

    private const int Window = 16;

    public static byte[] Write<T>(T value)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, InstanceJson.Options);
        if (json.Length < CompressFrom) return json;
        var room = new byte[json.Length];
        room[0] = Compressed;
        return BrotliEncoder.TryCompress(json, room.AsSpan(1), out var written, Quality, Window) ? room[..(written + 1)] : json;
    }

    public static T Read<T>(byte[] stored) =>
        JsonSerializer.Deserialize<T>(ToJson(stored), InstanceJson.Options) ?? throw new JsonException($"expected a {typeof(T).Name}, found null");

    /// <summary>The JSON in UTF-8.</summary>
    public static ReadOnlySpan<byte> ToJson(byte[] stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (stored is not [Compressed, ..]) return stored;
        using var plain = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(stored, 1, stored.Length - 1), CompressionMode.Decompress)) brotli.CopyTo(plain);
        return plain.GetBuffer().AsSpan(0, (int)plain.Length);
    }
}
