using System.Text.Json.Serialization;

namespace Workflow.Reliability.Clients;

/// <summary>What the server has answered with success, as a client knows it.</summary>
[JsonDerivedType(typeof(Raised), "raised")]
[JsonDerivedType(typeof(Claimed), "claimed")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Told), "told")]
[JsonDerivedType(typeof(Published), "published")]
public abstract record Acknowledged
{
    private Acknowledged()
    {
    }

    /// <param name="Subject">Names the request: each is sent with a subject of its own.</param>
    public sealed record Raised(string Subject, string Id, string Number) : Acknowledged;

    public sealed record Claimed(string TaskId, int Item, string UserId) : Acknowledged;

    public sealed record Completed(string TaskId, int Item, string Outcome) : Acknowledged;

    /// <summary>A workflow that is no task was started.</summary>
    /// <param name="CorrelationId">Names the request.</param>
    public sealed record Started(string Id, string CorrelationId) : Acknowledged;

    /// <summary>An event reached one instance.</summary>
    /// <param name="Payload">Names the request.</param>
    public sealed record Told(string Id, string Payload) : Acknowledged;

    /// <summary>An event was sent to all, and started an instance.</summary>
    /// <param name="CorrelationId">Names the request.</param>
    public sealed record Published(string CorrelationId, string StartedId) : Acknowledged;
}
