using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflow.Engine.Tracing;

/// <summary>What a definition did from its start until it came to rest, in one flowchart mode.</summary>
public sealed record TraceRow(string File, string Mode)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary><c>Running</c> or <c>Finished</c>; null when the file cannot be run.</summary>
    public string? Status { get; init; }

    /// <summary><c>Suspended</c>, <c>Finished</c>, <c>Faulted</c> or <c>Cancelled</c>.</summary>
    public string? SubStatus { get; init; }

    public IReadOnlyList<string> OutputLines { get; init; } = [];

    /// <summary><c>name:Event</c> in order, with the activity's name or else its id.</summary>
    public IReadOnlyList<string> ActivityEvents { get; init; } = [];

    public IReadOnlyList<TraceBookmark> Bookmarks { get; init; } = [];

    public IReadOnlyList<TraceIncident> Incidents { get; init; } = [];

    public IReadOnlyList<TraceRound>? Rounds { get; init; }

    /// <summary>Why the file cannot be run.</summary>
    public IReadOnlyList<string>? Problems { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, Options);
}

/// <param name="Name">The activity's type.</param>
public sealed record TraceBookmark(string Name, string ActivityId);

public sealed record TraceIncident(string ActivityId, string Message);

/// <summary>What resuming the waits of one moment did, one after another: what is new, and the state after it.</summary>
/// <param name="Resumed">Activity ids of the waits that were resumed.</param>
/// <param name="Gone">Activity ids of those that had vanished before their turn.</param>
public sealed record TraceRound(
    IReadOnlyList<string> Resumed, IReadOnlyList<string>? Gone, string Status, string SubStatus, IReadOnlyList<string> OutputLines,
    IReadOnlyList<string> ActivityEvents, IReadOnlyList<TraceBookmark> Bookmarks, IReadOnlyList<TraceIncident> Incidents);
