using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Server.Features.Definitions;

internal enum DefinitionState
{
    /// <summary>No version is published yet.</summary>
    Draft,

    /// <summary>The newest version takes new starts.</summary>
    Published,

    /// <summary>The newest version takes no new starts.</summary>
    Retracted,
}

/// <param name="Etag">What a change has to name in <c>If-Match</c>, and publishing in its body.</param>
/// <param name="BasedOn">The version that it began from; null before the first version.</param>
internal sealed record DraftCard(string Etag, int Revision, int? BasedOn, DateTimeOffset SavedAt, Person SavedBy)
{
    public static DraftCard Of(DraftRow row) => new(DefinitionDesk.TagOf(row), row.Revision, row.BasedOn, row.SavedAt, new(row.SavedById, row.SavedByName));
}

/// <param name="Name">Of the newest version; of the draft before the first.</param>
/// <param name="IsTask">Its instances are tasks.</param>
/// <param name="Version">The newest version; null before the first.</param>
/// <param name="StartsVersion">The version that a start takes which names none; null when nothing can be started.</param>
/// <param name="PublishedBy">Who published the newest version; null when it came from a file.</param>
internal sealed record DefinitionCard(
    string DefinitionId, string Name, bool IsTask, DefinitionState State, int? Version, int? StartsVersion, DateTimeOffset? PublishedAt, Person? PublishedBy, DateTimeOffset? RetractedAt,
    DraftCard? Draft)
{
    /// <summary>The cards of these definitions, in the same order.</summary>
    public static async Task<IReadOnlyList<DefinitionCard>> ReadAsync(WorkflowDb db, IReadOnlyList<string> ids, CancellationToken cancel)
    {
        var versions = db.Definitions.AsNoTracking().Where(row => ids.Contains(row.DefinitionId));
        var newest = (await versions.Where(row => !db.Definitions.Any(later => later.DefinitionId == row.DefinitionId && later.Version > row.Version))
            .Select(row => new { row.DefinitionId, row.Name, row.IsTask, row.Version, row.PublishedAt, row.PublishedById, row.PublishedByName, row.RetractedAt }).ToListAsync(cancel)).ToDictionary(row => row.DefinitionId);
        var startable = (await versions.Where(row => row.RetractedAt == null).GroupBy(row => row.DefinitionId)
            .Select(group => new { Id = group.Key, Version = group.Max(row => row.Version) }).ToListAsync(cancel)).ToDictionary(row => row.Id, row => row.Version);
        var drafts = (await db.Drafts.AsNoTracking().Where(row => ids.Contains(row.DefinitionId)).ToListAsync(cancel)).ToDictionary(row => row.DefinitionId);
        return [.. ids.Where(id => newest.ContainsKey(id) || drafts.ContainsKey(id)).Select(Card)];

        DefinitionCard Card(string id)
        {
            var (version, draft) = (newest.GetValueOrDefault(id), drafts.GetValueOrDefault(id));
            return new(
                id, version?.Name ?? draft!.Name, version?.IsTask ?? draft!.IsTask,
                version is null ? DefinitionState.Draft : version.RetractedAt is null ? DefinitionState.Published : DefinitionState.Retracted,
                version?.Version, startable.TryGetValue(id, out var starts) ? starts : null, version?.PublishedAt,
                version?.PublishedById is { } by ? new Person(by, version.PublishedByName ?? by) : null, version?.RetractedAt, draft is null ? null : DraftCard.Of(draft));
        }
    }
}
