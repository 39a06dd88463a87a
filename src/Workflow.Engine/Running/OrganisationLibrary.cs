using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>The team directory, read again only when the organisation's revision has moved.</summary>
public sealed class OrganisationLibrary
{
    private (long Revision, TeamDirectory Directory) cached = (-1, TeamDirectory.Empty);

    /// <param name="db">The context of the burst, so that the directory is as its transaction sees it.</param>
    public async Task<TeamDirectory> LoadAsync(WorkflowDb db, CancellationToken cancel)
    {
        var revision = await db.Sequences.AsNoTracking().Where(row => row.Name == OrganisationStore.RevisionName).Select(row => row.Value).FirstOrDefaultAsync(cancel);
        if (revision == cached.Revision) return cached.Directory;
        var teams = await db.Teams.AsNoTracking().ToListAsync(cancel);
        var coverage = await db.TeamAreas.AsNoTracking().ToListAsync(cancel);
        var directory = new TeamDirectory(
            teams.Select(team => new Team(team.Id, team.Name, team.Kind)), coverage.Select(cover => (cover.AreaCode, cover.TeamId)).ToList());
        cached = (revision, directory);
        return directory;
    }
}
