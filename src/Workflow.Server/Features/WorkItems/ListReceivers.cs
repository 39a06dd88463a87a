using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.WorkItems;

internal sealed record ReceiverTeam(string Id, string Name);

internal sealed record ReceiverPerson(string UserId, string Name, string TeamName);

/// <summary>Teams and people that an item can be given to, at most a page of each.</summary>
internal sealed record Receivers(IReadOnlyList<ReceiverTeam> Teams, IReadOnlyList<ReceiverPerson> People);

internal static class ListReceivers
{
    private static readonly WorkItemCommand[] Commands = [WorkItemCommand.Decline, WorkItemCommand.Rule, WorkItemCommand.Transfer, WorkItemCommand.Delegate, WorkItemCommand.AddSigner, WorkItemCommand.Copy];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("work-items/{id}/receivers", HandleAsync).Requires(Permission.ReadTasks).Produces<Receivers>()
            .WithSummary("Teams and people that a decline, ruling, transfer, delegation, added signer or copy of this item may name");

    /// <param name="command"><c>decline, rule, transfer, delegate, addSigner</c> or <c>copy</c>.</param>
    /// <param name="search">Part of a name.</param>
    internal static async Task<IResult> HandleAsync(
        string id, string? command, string? search, Caller caller, InstanceReader reader, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Values.ToEnum<WorkItemCommand>(command) is not { } wanted || !Commands.Contains(wanted))
            return ProblemResults.Invalid([new("/command", "decline, rule, transfer, delegate, addSigner or copy", command is null ? "nothing" : RowText.Quote(command))]);
        if (!WorkItemId.TryParse(id, out var key) || await reader.FindTaskAsync(key.Instance, caller, cancel) is not { } task
            || task.WorkItems.FirstOrDefault(candidate => candidate.Number == key.Number) is not { } item) return ProblemResults.NotFound("a work item", Reason.WorkItemUnknown);

        await using var db = reader.Open();
        var text = search?.Trim() ?? "";
        var (kind, own, most, isSigner) = (item.Team.Kind, item.Team.Id, limits.Value.PageSize, wanted == WorkItemCommand.AddSigner);
        var signing = isSigner ? JointSigns.Counting(task.WorkItems, item.Token) : [];
        var signers = signing.Select(JointSigns.SignerOf).OfType<Person>().Select(person => person.UserId).ToList();
        var signingTeams = signing.Where(part => part.Signing is { Person: null, Role: null }).Select(part => part.Team.Id).ToList();
        var teams = wanted is WorkItemCommand.Delegate or WorkItemCommand.Copy
            ? []
            : await db.Teams.AsNoTracking().Where(team => (team.Kind == kind || (isSigner && team.Kind != TeamKind.CommunityGrid)) && (wanted != WorkItemCommand.Decline || team.Id != own) && !signingTeams.Contains(team.Id) && team.Name.Contains(text))
                .OrderBy(team => team.Id).Take(most).Select(team => new ReceiverTeam(team.Id, team.Name)).ToListAsync(cancel);
        var people = wanted is WorkItemCommand.Decline or WorkItemCommand.Rule ? [] : await PeopleAsync(db, wanted, item, signers, text, most, cancel);
        return Results.Ok(new Receivers(teams, people));
    }

    private static async Task<IReadOnlyList<ReceiverPerson>> PeopleAsync(WorkflowDb db, WorkItemCommand wanted, WorkItem item, IReadOnlyList<string> signers, string search, int most, CancellationToken cancel)
    {
        var (kind, own, holder) = (item.Team.Kind, item.Team.Id, item.Holder?.UserId);
        var found = await db.TeamMembers.AsNoTracking()
            .Join(db.Teams, member => member.TeamId, team => team.Id, (member, team) => new { member.UserId, Team = team })
            .Where(member => wanted == WorkItemCommand.Copy || (wanted == WorkItemCommand.AddSigner && (member.Team.Kind == kind || member.Team.Kind != TeamKind.CommunityGrid)) || (member.UserId != holder && (wanted == WorkItemCommand.Delegate ? member.Team.Id == own : member.Team.Kind == kind)))
            .Join(db.Members, member => member.UserId, person => person.UserId, (member, person) => new { person.UserId, person.Name, member.Team.Id, TeamName = member.Team.Name })
            .Where(person => person.Name.Contains(search) && !signers.Contains(person.UserId)).OrderBy(person => person.Id == own ? 0 : 1).ThenBy(person => person.Id).ThenBy(person => person.UserId)
            .Take(most).ToListAsync(cancel);
        return [.. found.DistinctBy(person => person.UserId).Select(person => new ReceiverPerson(person.UserId, person.Name, person.TeamName))];
    }
}
