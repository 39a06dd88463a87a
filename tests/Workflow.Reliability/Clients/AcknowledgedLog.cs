using System.Text.Json;

namespace Workflow.Reliability.Clients;

/// <summary>A client's own file of what was answered: one JSON line each, written before the client asks for the next thing.</summary>
internal sealed class AcknowledgedLog(string folder, int client) : IDisposable
{
    private readonly StreamWriter file = new(Path.Combine(folder, $"client-{client:D3}.jsonl")) { AutoFlush = true };
    private int count;

    public int Count => Volatile.Read(ref count);

    public void Add(Acknowledged acknowledged)
    {
        file.WriteLine(JsonSerializer.Serialize(acknowledged));
        Interlocked.Increment(ref count);
    }

    public void Dispose() => file.Dispose();

    /// <summary>What all clients have written into a folder.</summary>
    public static IReadOnlyList<Acknowledged> ReadAll(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(line => JsonSerializer.Deserialize<Acknowledged>(line)!)];
}
