using Microsoft.EntityFrameworkCore;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Storage;

/// <summary>The whole organisation as it is imported: areas as managed, teams, what they cover, and who belongs to them.</summary>
public sealed record Organisation(
    IReadOnlyList<AreaRow> Areas, IReadOnlyList<TeamRow> Teams, IReadOnlyList<TeamAreaRow> Coverage,
    IReadOnlyList<MemberRow> Members, IReadOnlyList<TeamMemberRow> Memberships);

/// <summary>Replaces the organisation in one transaction.</summary>
public sealed class OrganisationStore(IDbContextFactory<WorkflowDb> databases)
{
    /// <summary>Counts the changes of the organisation, so that nodes know when to read it again.</summary>
    public const string RevisionName = "organisation";

    public async Task<bool> IsEmptyAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return !await db.Areas.AnyAsync(cancel);
    }

    public async Task ReplaceAsync(Organisation organisation, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.TeamMembers.ExecuteDeleteAsync(cancel);
        await db.TeamAreas.ExecuteDeleteAsync(cancel);
        await db.Members.ExecuteDeleteAsync(cancel);
        await db.Teams.ExecuteDeleteAsync(cancel);
        await db.Areas.ExecuteDeleteAsync(cancel);
        db.AddRange(organisation.Areas);
        db.AddRange(organisation.Teams);
        db.AddRange(organisation.Coverage);
        db.AddRange(organisation.Members);
        db.AddRange(organisation.Memberships);
        await Revision.RaiseAsync(db, RevisionName, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Has later tasks follow a ruling; an older one than is known changes nothing.</summary>
    public async Task LearnAsync(RoutingKey key, RoutingRule rule, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(rule);
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var lookup = RoutingRuleRow.KeyOf(key.Node, key.AreaCode);
        if (await db.RoutingRules.AnyAsync(row => row.DefinitionId == key.DefinitionId && row.LookupKey == lookup && row.RuledAt >= rule.RuledAt, cancel)) return;
        await db.RoutingRules.Where(row => row.DefinitionId == key.DefinitionId && row.LookupKey == lookup).ExecuteDeleteAsync(cancel);
        db.Add(new RoutingRuleRow
        {
            DefinitionId = key.DefinitionId, LookupKey = lookup, Node = key.Node, AreaCode = key.AreaCode, TeamId = rule.TeamId, TaskNumber = rule.TaskNumber, RuledAt = rule.RuledAt,
        });
        await Revision.RaiseAsync(db, RevisionName, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
