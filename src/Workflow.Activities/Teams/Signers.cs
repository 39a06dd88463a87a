using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Teams;

/// <summary>The signers of a joint sign, as the organisation has them when the step begins. One who cannot sign is an incident: nobody is left out in silence.</summary>
internal static class Signers
{
    /// <param name="findTeam">The step's own team.</param>
    public static IReadOnlyList<(Team Team, SignerPart Part)> Of(ActivityContext context, SignDeclaration sign, TeamKind kind, SignRule rule, Func<Team> findTeam) =>
        [.. sign.Signers.Select(signer => Find(context, signer, kind, new(rule), findTeam))];

    private static (Team Team, SignerPart Part) Find(ActivityContext context, SignerDeclaration signer, TeamKind kind, SignerPart part, Func<Team> findTeam)
    {
        if (signer.Person is not { } userId)
        {
            var team = signer.Team is { } id ? context.World.Teams.Find(id) ?? throw ActivityContext.Fault($"sign: expected a team, found '{id}'") : findTeam();
            return (Fitting(context, team, kind), part with { Role = signer.Role });
        }
        if (!context.World.Teams.Members.TryGetValue(userId, out var member)) throw ActivityContext.Fault($"sign: expected a member of the organisation, found '{userId}'");
        if (context.World.Teams.TeamOf(member, kind) is not { } own) throw ActivityContext.Fault($"sign: expected a member of a team, found {member.Person.Name}");
        if (context.Task.IsBarred(member)) throw Barred(member.Person.Name);
        return (Fitting(context, own, kind), part with { Person = member.Person });
    }

    private static Team Fitting(ActivityContext context, Team team, TeamKind kind)
    {
        if (!team.MaySignFor(kind)) throw ActivityContext.Fault($"sign: expected somebody else than a {TeamKind.CommunityGrid}, which signs nothing but its own steps, found {team.Name}");
        return context.Task.IsBarred(team) ? throw Barred(team.Name) : team;
    }

    private static ActivityFaultException Barred(string who) => ActivityContext.Fault($"{who} handled this task, and nobody evaluates what they or their team handled");
}
