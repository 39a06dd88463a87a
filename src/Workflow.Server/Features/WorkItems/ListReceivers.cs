using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
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
    private static readonly WorkItemCommand[] Commands = [WorkItemCommand.Decline, WorkItemCommand.Rule, WorkItemCommand.Transfer, WorkItemCommand.Delegate, WorkItemCommand.Copy];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("work-items/{id}/receivers", HandleAsync).Requires(Permission.ReadTasks).Produces<Receivers>()
            .WithSummary("Teams and people that a decline, ruling, transfer, delegation or copy of this item may name");

    /// <param name="command"><c>decline, rule, transfer, delegate</c> or <c>copy</c>.</param>
    /// <param name="search">Part of a name.</param>
    internal static async Task<IResult> HandleAsync(
        string id, string command, string? search, Caller caller, InstanceReader reader, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (!Enum.TryParse<WorkItemCommand>(command, ignoreCase: true, out var wanted) || !Commands.Contains(wanted))
            return ProblemResults.Invalid([new("/command", "decline, rule, transfer, delegate or copy", $"'{command}'")]);
        if (!WorkItemId.TryParse(id, out var key) || await reader.FindTaskAsync(key.Instance, caller, cancel) is not { } task
            || task.WorkItems.FirstOrDefault(candidate => candidate.Number == key.Number) is not { } item) return ProblemResults.NotFound("a work item");

        await using var db = reader.Open();
        var text = search?.Trim() ?? "";
        var (kind, own, most) = (item.Team.Kind, item.Team.Id, limits.Value.PageSize);
        var teams = wanted is WorkItemCommand.Delegate or WorkItemCommand.Copy
            ? []
            : await db.Teams.AsNoTracking().Where(team => team.Kind == kind && (wanted != WorkItemCommand.Decline || team.Id != own) && team.Name.Contains(text))
                .OrderBy(team => team.Id).Take(most).Select(team => new ReceiverTeam(team.Id, team.Name)).ToListAsync(cancel);
        var people = wanted is WorkItemCommand.Decline or WorkItemCommand.Rule ? [] : await PeopleAsync(db, wanted, item, text, most, cancel);
        return Results.Ok(new Receivers(teams, people));
    }

    private static async Task<IReadOnlyList<ReceiverPerson>> PeopleAsync(WorkflowDb db, WorkItemCommand wanted, WorkItem item, string search, int most, CancellationToken cancel)
    {
        var (kind, own, holder) = (item.Team.Kind, item.Team.Id, item.Holder?.UserId);
        var found = await db.TeamMembers.AsNoTracking()
            .Join(db.Teams, member => member.TeamId, team => team.Id, (member, team) => new { member.UserId, Team = team })
            .Where(member => wanted == WorkItemCommand.Copy || (member.UserId != holder && (wanted == WorkItemCommand.Delegate ? member.Team.Id == own : member.Team.Kind == kind)))
            .Join(db.Members, member => member.UserId, person => person.UserId, (member, person) => new { person.UserId, person.Name, member.Team.Id, TeamName = member.Team.Name })
            .Where(person => person.Name.Contains(search)).OrderBy(person => person.Id == own ? 0 : 1).ThenBy(person => person.Id).ThenBy(person => person.UserId)
            .Take(most).ToListAsync(cancel);
        return [.. found.DistinctBy(person => person.UserId).Select(person => new ReceiverPerson(person.UserId, person.Name, person.TeamName))];
    }
}
