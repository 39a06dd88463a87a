using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Running;

/// <summary>The team directory, read again only when the organisation's revision has moved.</summary>
public sealed class OrganisationLibrary
{
    // One reference, so that who reads it beside the commit queue never sees half of a change.
    private Cached cached = new(-1, TeamDirectory.Empty);

    /// <param name="db">The context of the burst, so that the directory is as its transaction sees it.</param>
    /// <param name="revision">As the transaction has read it; null when it has not.</param>
    public async Task<TeamDirectory> LoadAsync(WorkflowDb db, long? revision, CancellationToken cancel)
    {
        revision ??= await db.Sequences.AsNoTracking().Where(row => row.Name == OrganisationStore.RevisionName).Select(row => row.Value).FirstOrDefaultAsync(cancel);
        if (cached is var known && revision == known.Revision) return known.Directory;
        var teams = await db.Teams.AsNoTracking().ToListAsync(cancel);
        var coverage = await db.TeamAreas.AsNoTracking().ToListAsync(cancel);
        var members = await db.Members.AsNoTracking().ToListAsync(cancel);
        var memberships = (await db.TeamMembers.AsNoTracking().ToListAsync(cancel)).ToLookup(member => member.UserId, member => member.TeamId);
        var rules = await db.RoutingRules.AsNoTracking().ToListAsync(cancel);
        var areas = await db.Areas.AsNoTracking().ToListAsync(cancel);
        var directory = new TeamDirectory(
            teams.Select(team => new Team(team.Id, team.Name, team.Kind)), coverage.Select(cover => (cover.AreaCode, cover.TeamId)).ToList())
        {
            Members = members.ToFrozenDictionary(
                member => member.UserId, member => new Member(new(member.UserId, member.Name), [.. memberships[member.UserId].Order(StringComparer.Ordinal)])),
            Areas = areas.ToFrozenDictionary(area => area.Code, area => new Place(area.Code, area.Name, area.Path, area.JurisdictionName)),
            Rules = rules.ToFrozenDictionary(
                rule => new RoutingKey(rule.DefinitionId, rule.Node, rule.AreaCode), rule => new RoutingRule(rule.TeamId, rule.TaskNumber, rule.RuledAt)),
        };
        cached = new(revision.Value, directory);
        return directory;
    }

    private sealed record Cached(long Revision, TeamDirectory Directory);
}
