using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Places;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>The place directory, made again only when the organisation or the outlines have changed.</summary>
public sealed class PlaceLibrary(OrganisationLibrary organisation, IOptions<PlaceOptions> options)
{
    // One reference, so that a reader never sees half of a change.
    private Cached cached = new(-1, -1, new([], TeamDirectory.Empty, [], new()));

    public async Task<PlaceDirectory> LoadAsync(WorkflowDb db, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        // Before the rows: what is read beside a change is kept under the older number and read again.
        var revisions = await db.Sequences.AsNoTracking().Where(row => row.Name == OrganisationStore.RevisionName || row.Name == OutlineStore.RevisionName)
            .ToDictionaryAsync(row => row.Name, row => row.Value, cancel);
        var (teams, outlines) = (revisions.GetValueOrDefault(OrganisationStore.RevisionName), revisions.GetValueOrDefault(OutlineStore.RevisionName));
        if (cached is var known && known.Organisation == teams && known.Outlines == outlines) return known.Directory;
        var directory = new PlaceDirectory(
            await db.Areas.AsNoTracking().ToListAsync(cancel), await organisation.LoadAsync(db, teams, cancel),
            (await db.Outlines.AsNoTracking().ToListAsync(cancel)).Select(row => Outline.Read(row.AreaCode, row.Shape, row.Change)), options.Value);
        cached = new(teams, outlines, directory);
        return directory;
    }

    private sealed record Cached(long Organisation, long Outlines, PlaceDirectory Directory);
}
