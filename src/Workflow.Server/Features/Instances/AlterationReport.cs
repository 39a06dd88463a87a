using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Instances;

namespace Workflow.Server.Features.Instances;

/// <param name="ActivityId">The container that declares it; null for a variable of the workflow.</param>
internal sealed record VariableChange(string Name, string? ActivityId, JsonElement? From, JsonElement? To);

/// <param name="Key">What is waited for; null where it is a number of the instance.</param>
internal sealed record WaitChange(string ActivityId, string Kind, string? Key);

internal sealed record WorkItemChange(string ActivityId, string Title, string TeamName);

internal sealed record IncidentChange(string ActivityId, string Message);

/// <summary>
/// What an alteration does, or would do: the same list from the same step, so that a dry run promises what the real run records as long as nothing
/// else happens to the instance between them.
/// </summary>
/// <param name="Revision">Of the instance after it, or as it is when this is a dry run.</param>
/// <param name="Started">Ids of activities that begin, in order.</param>
/// <param name="Ended">Those that complete.</param>
/// <param name="Cancelled">Those that end without an outcome.</param>
/// <param name="Effects">Kinds of what is asked for outside.</param>
internal sealed record AlterationReport(
    bool DryRun, int Revision, InstanceStatus Status, int DefinitionVersion,
    IReadOnlyList<string> Started, IReadOnlyList<string> Ended, IReadOnlyList<string> Cancelled,
    IReadOnlyList<WaitChange> WaitsAdded, IReadOnlyList<WaitChange> WaitsRemoved,
    IReadOnlyList<WorkItemChange> WorkItemsOffered, IReadOnlyList<WorkItemChange> WorkItemsWithdrawn,
    IReadOnlyList<VariableChange> Variables, IReadOnlyList<IncidentChange> IncidentsRaised, IReadOnlyList<IncidentChange> IncidentsClosed, IReadOnlyList<string> Effects)
{
    public static AlterationReport Of(WorkflowInstance before, Step.Advanced step, bool isDryRun)
    {
        var (after, facts) = (step.After, step.Facts);
        var nodes = before.Tokens.Select(token => (token.Id, token.Node)).Concat(facts.OfType<Fact.TokenCreated>().Select(created => (Id: created.Token, created.Node)))
            .ToDictionary(token => token.Id, token => token.Node);
        var ended = facts.OfType<Fact.TokenEnded>().ToLookup(end => end.Outcomes is null, end => nodes[end.Token]);
        return new(
            isDryRun, isDryRun ? before.Revision : after.Revision, after.Status, after.Definition.Version,
            [.. facts.OfType<Fact.TokenCreated>().Select(created => created.Node)], [.. ended[false]], [.. ended[true]],
            [.. after.Bookmarks.ExceptBy(before.Bookmarks.Select(wait => wait.Id), wait => wait.Id).Select(Of)],
            [.. before.Bookmarks.ExceptBy(after.Bookmarks.Select(wait => wait.Id), wait => wait.Id).Select(Of)],
            Items(after, before), Items(before, after),
            [.. ChangesOf(before, after, nodes)],
            Incidents(after, before), Incidents(before, after),
            [.. facts.OfType<Fact.EffectRequested>().Select(requested => requested.Effect.Kind)]);
    }

    private static WaitChange Of(Bookmark wait) => new(wait.Node, wait.Kind, wait.Kind is BookmarkKind.Effect or BookmarkKind.Child or BookmarkKind.RunTask || wait.DueAt is not null ? null : wait.Key);

    /// <summary>Items that are open in the one and not in the other.</summary>
    private static IReadOnlyList<WorkItemChange> Items(WorkflowInstance one, WorkflowInstance other) =>
    [
        .. one.WorkItems.Where(item => item.IsOpen).ExceptBy(other.WorkItems.Where(item => item.IsOpen).Select(item => item.Number), item => item.Number)
            .Select(item => new WorkItemChange(item.Node, item.Content.Title, item.Team.Name)),
    ];

    private static IReadOnlyList<IncidentChange> Incidents(WorkflowInstance one, WorkflowInstance other) =>
    [
        .. one.Incidents.Where(incident => incident.IsOpen).ExceptBy(other.Incidents.Where(incident => incident.IsOpen).Select(incident => incident.Id), incident => incident.Id)
            .Select(incident => new IncidentChange(incident.Node, incident.Message)),
    ];

    private static IEnumerable<VariableChange> ChangesOf(WorkflowInstance before, WorkflowInstance after, Dictionary<int, string> nodes)
    {
        foreach (var change in Differences(before.Variables, after.Variables)) yield return change;
        foreach (var token in after.Tokens)
            if (before.Tokens.FirstOrDefault(known => known.Id == token.Id) is { } was)
                foreach (var change in Differences(was.Variables, token.Variables)) yield return change with { ActivityId = nodes[token.Id] };
    }

    private static IEnumerable<VariableChange> Differences(ImmutableDictionary<string, JsonElement> before, ImmutableDictionary<string, JsonElement> after)
    {
        foreach (var name in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            var (had, has) = (before.TryGetValue(name, out var from), after.TryGetValue(name, out var to));
            if (!had || !has || !JsonElement.DeepEquals(from, to)) yield return new(name, null, had ? from : null, has ? to : null);
        }
    }
}
