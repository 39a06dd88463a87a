using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>Whom an added signer's part is offered to.</summary>
/// <param name="Team">Id of a team, of which a member signs; null for the person's.</param>
/// <param name="Person">User id of the one who signs; null for a member of the team.</param>
public sealed record SignerName(string? Team = null, string? Person = null);

/// <summary>加签: who can be added. A person signs for one of their teams, a team lets one of its members sign; nobody and no team twice.</summary>
internal static class AddedSigners
{
    public static Rejection? Find(Burst burst, WorkItem item, SignerName name, string pointer, out Team team, out Person? person)
    {
        (team, person) = (null!, null);
        var kind = KindOf(burst, item);
        var place = new ItemInTask(item, burst.Draft.Task!, burst.Draft.WorkItems);
        if ((name.Team is null) == (name.Person is null)) return Handovers.Invalid(pointer, "a team or a person", name.Team is null ? "neither" : "both");
        if (name.Person is { } userId)
        {
            if (Handovers.FindPerson(burst, userId, $"{pointer}/person", out var member) is { } nobody) return nobody;
            if (burst.World.Teams.TeamOf(member, kind ?? item.Team.Kind) is not { } own) return Handovers.Invalid($"{pointer}/person", "a member of a team", member.Person.Name);
            if (WorkItemRights.Barred(Bar.HandledIt, place, member.Person, member.Teams) is { } barred) return barred;
            if (JointSigns.Counting(place.Items, item.Token).Any(part => JointSigns.SignerOf(part)?.UserId == userId)) return Twice($"{pointer}/person", member.Person.Name);
            (team, person) = (own, member.Person);
        }
        else
        {
            if (burst.World.Teams.Find(name.Team!) is not { } found) return new(Reason.TeamUnknown, "a team", $"'{name.Team}'", [new($"{pointer}/team", "the id of a team", $"'{name.Team}'")]);
            if (Handovers.Barred(burst, item, found) is { } barred) return barred;
            if (JointSigns.Counting(place.Items, item.Token).Any(part => part.Team.Id == found.Id && part.Signing is { Person: null, Role: null })) return Twice($"{pointer}/team", found.Name);
            team = found;
        }
        return team.MaySignFor(kind) ? null : Handovers.Invalid(pointer, $"somebody else than a {TeamKind.CommunityGrid}, which signs nothing but its own steps", team.Name);
    }

    /// <summary>The kind of team that the step is of, whoever signs it.</summary>
    private static TeamKind? KindOf(Burst burst, WorkItem item) => Enum.TryParse<TeamKind>(burst.Definition.Nodes[item.Node].Type.Descriptor.Type.Split('.')[^1], out var kind) ? kind : null;

    private static Rejection Twice(string pointer, string found) => Handovers.Invalid(pointer, "somebody who does not sign yet", found);
}
