namespace Workflow.Reliability;

/// <summary>What the server has answered with success, as a client knows it.</summary>
public abstract record Acknowledged
{
    private Acknowledged()
    {
    }

    /// <param name="Subject">Names the request: each is sent with a subject of its own.</param>
    public sealed record Raised(string Subject, string Id, string Number) : Acknowledged;

    public sealed record Claimed(string TaskId, int Item, string UserId) : Acknowledged;

    public sealed record Completed(string TaskId, int Item, string Outcome) : Acknowledged;
}
