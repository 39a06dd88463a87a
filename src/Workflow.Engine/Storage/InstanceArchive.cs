using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>One line of the archive.</summary>
/// <param name="Schema">The shape of this line.</param>
/// <param name="State">For people: what <see cref="Rows"/> hold of the state, readable.</param>
/// <param name="Facts">For people: the facts of each burst, in order.</param>
/// <param name="Rows">As they were stored, so that the chain of hashes can be checked.</param>
public sealed record ArchivedInstance(int Schema, InstanceId Id, JsonElement State, IReadOnlyList<JsonElement> Facts, EndedInstance Rows)
{
    public const int CurrentSchema = 1;

    public static ArchivedInstance Of(EndedInstance ended)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return new(CurrentSchema, ended.Instance.Id, Read(ended.Instance.State), [.. ended.Journal.Select(row => Read(row.Facts))], ended);
    }

    private static JsonElement Read(byte[] stored)
    {
        var reader = new Utf8JsonReader(StoredJson.ToJson(stored));
        return JsonElement.ParseValue(ref reader);
    }
}

/// <summary>
/// Files of instances that have left the database: one for each batch, in a folder for each day, one JSON line for each instance, compressed with gzip.
/// Promise: when <see cref="WriteAsync"/> has returned, the batch is on disk.
/// </summary>
public sealed class InstanceArchive(string folder)
{
    /// <summary>With every column, also those that hold nothing.</summary>
    public static readonly JsonSerializerOptions Json = new(InstanceJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <returns>The file.</returns>
    public async Task<string> WriteAsync(IReadOnlyList<EndedInstance> batch, DateTimeOffset now, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var day = Directory.CreateDirectory(Path.Combine(folder, now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))).FullName;
        // A batch that is written again after a crash replaces nothing: whoever reads the archive takes the last line of an instance.
        var path = Path.Combine(day, string.Create(CultureInfo.InvariantCulture, $"{now:HHmmssfff}-{batch[0].Instance.Id}.jsonl.gz"));
        await using (var file = new FileStream(path + ".part", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await using (var zip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
                foreach (var instance in batch)
                {
                    await JsonSerializer.SerializeAsync(zip, ArchivedInstance.Of(instance), Json, cancel);
                    await zip.WriteAsync(NewLine, cancel);
                }
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".part", path, overwrite: true);
        foreach (var changed in (string[])[day, folder, Path.GetDirectoryName(Path.GetFullPath(folder))!]) DirectorySync.Flush(changed);
        return path;
    }
}
