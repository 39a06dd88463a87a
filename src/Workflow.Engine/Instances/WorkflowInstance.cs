using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>One execution of a definition: the aggregate. Tokens, waits, work items and clocks are parts of it.</summary>
public sealed record WorkflowInstance(InstanceId Id, DefinitionVersion Definition)
{
    public InstanceStatus Status { get; init; }

    /// <summary>Counts bursts. 0: not yet stored.</summary>
    public int Revision { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The last number given to a token, bookmark, work item, clock or incident.</summary>
    public int LastNumber { get; init; }

    public ImmutableDictionary<string, JsonElement> Input { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    /// <summary>What the workflow gives back.</summary>
    public ImmutableDictionary<string, JsonElement> Output { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    /// <summary>What joins this instance to something outside, such as the number of a report.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Who waits for the end of this instance; null when nobody does.</summary>
    public ParentLink? Parent { get; init; }

    /// <summary>A name that the workflow gave to this instance.</summary>
    public string? Name { get; init; }

    public ImmutableDictionary<string, JsonElement> Variables { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    public ImmutableArray<Token> Tokens { get; init; } = [];

    public ImmutableArray<Bookmark> Bookmarks { get; init; } = [];

    public ImmutableArray<WorkItem> WorkItems { get; init; } = [];

    public ImmutableArray<SlaClock> Clocks { get; init; } = [];

    public ImmutableArray<Incident> Incidents { get; init; } = [];

    public TaskState? Task { get; init; }

    /// <summary>Running, but nothing will ever move it: in Elsa's token-based flowcharts a merge may wait for a path that nobody took.</summary>
    [JsonIgnore]
    public bool IsStalled => Status == InstanceStatus.Running && Revision > 0 && FirstStalled(Tokens.AsSpan(), Bookmarks.AsSpan(), WorkItems.AsSpan()) is not null;

    /// <summary>Takes no stimulus until a person has decided.</summary>
    [JsonIgnore]
    public bool IsStopped => Status == InstanceStatus.Faulted || Incidents.Any(incident => incident is { IsOpen: true, Token: null });

    /// <summary>When a timer of this instance is due next; null while it takes no stimulus.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDue => IsStopped ? null : Clocks.Select(clock => clock.NextDue).Concat(Bookmarks.Select(wait => wait.DueAt)).Concat(WorkItems.Select(item => item.Ladder?.Next?.DueAt)).Min();

    internal Bookmark? FindBookmark(int id) => Parts.IndexOf(Bookmarks.AsSpan(), id) is var index and >= 0 ? Bookmarks[index] : null;

    /// <summary>An activity that neither waits nor has failed nor contains one that runs.</summary>
    internal static Token? FirstStalled(ReadOnlySpan<Token> tokens, ReadOnlySpan<Bookmark> bookmarks, ReadOnlySpan<WorkItem> items)
    {
        var isHeld = new bool[tokens.Length];
        var at = -1;
        foreach (var token in tokens)
            if (token.Parent is { } parent && (at = Parts.IndexOf(tokens, parent, at)) >= 0) isHeld[at] = true;
        at = -1;
        foreach (var bookmark in bookmarks)
            if ((at = Parts.IndexOf(tokens, bookmark.Token, at)) >= 0) isHeld[at] = true;
        foreach (var item in items)
            if (item.IsOpen && Parts.IndexOf(tokens, item.Token) is var owner and >= 0) isHeld[owner] = true;
        for (var index = 0; index < tokens.Length; index++)
            if (!isHeld[index] && !tokens[index].IsFaulted) return tokens[index];
        return null;
    }
}

/// <summary>A point of control: one running activity. A parent waits for its children; a token is removed when it ends.</summary>
public sealed record Token(int Id, string Node, int? Parent) : IPart
{
    public bool IsFaulted { get; init; }

    /// <summary>Runs on although the activity that it was queued under has ended; nobody hears of its end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsDetached { get; init; }

    /// <summary>What the activity remembers between bursts.</summary>
    public ImmutableDictionary<string, JsonElement> State { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    /// <summary>Counters of the activity that are not 0, such as a flowchart's visits.</summary>
    public ImmutableDictionary<string, int> Counts { get; init; } = ImmutableDictionary<string, int>.Empty;

    public ImmutableDictionary<string, JsonElement> Variables { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;

    internal Token WithCounts(ImmutableDictionary<string, int> changed)
    {
        var counts = Counts.ToBuilder();
        foreach (var (key, value) in changed)
            if (value == 0) counts.Remove(key);
            else counts[key] = value;
        return this with { Counts = counts.ToImmutable() };
    }
}

/// <summary>A durable wait of a token. A stimulus finds it by kind and key, or by its due time.</summary>
public sealed record Bookmark(int Id, int Token, string Node, string Kind, string Key, DateTimeOffset CreatedAt, DateTimeOffset? DueAt = null) : IPart
{
    /// <summary>That of the burst that began to wait, see <see cref="Stimulus.Generation"/>: the result of an effect does not come from outside.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Generation { get; init; }
}

/// <summary>Work that stopped and needs a person.</summary>
/// <param name="Token">Null for an incident of the whole instance: a burst that was rolled back.</param>
public sealed record Incident(int Id, int? Token, string Node, string Message, DateTimeOffset At)
{
    /// <summary>Null while nobody has decided.</summary>
    public IncidentResolution? Resolution { get; init; }

    [JsonIgnore]
    public bool IsOpen => Resolution is null;
}

public enum IncidentDecision
{
    /// <summary>Run the activity again.</summary>
    Retry,

    /// <summary>Go on as if the activity had completed, with an outcome that the person names.</summary>
    Skip,

    /// <summary>Give the activity up; nothing follows from it.</summary>
    Cancel,
}

public sealed record IncidentResolution(IncidentDecision Decision, Person? By, DateTimeOffset At, string? Reason);
