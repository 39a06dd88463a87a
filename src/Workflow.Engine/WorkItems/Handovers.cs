using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;

namespace Workflow.Engine.WorkItems;

/// <summary>转办 gives an item away for good, and the receiver has to claim it; 委派 has somebody else of the team work on it, and it comes back.</summary>
internal static class Handovers
{
    public static Rejection? Transfer(Burst burst, WorkItem item, Stimulus.WorkItemTransferred command, Actor by)
    {
        (Person? person, Person? absent) = (null, null);
        var team = item.Team;
        if (command.Team is null && command.Person is null) return Invalid("/team", "a team, a person, or both", "nothing");
        if (command.Team is { } id && FindTeam(burst, item, id, "/team", out team) is { } unknown) return unknown;
        if (command.Person is { } userId)
        {
            if (FindPerson(burst, userId, "/person", out var member) is { } nobody) return nobody;
            // Who belongs to the item's team stays in it; another person brings their own.
            if (command.Team is null && !member.Teams.Contains(team.Id))
                team = member.Teams.Select(burst.World.Teams.Find).FirstOrDefault(own => own?.Kind == item.Team.Kind) ?? team;
            if (!member.Teams.Contains(team.Id)) return Invalid("/person", $"a member of a team of kind {item.Team.Kind}", member.Person.Name);
            // Who is away does not get it, but their substitute, for them.
            (person, absent) = burst.World.Teams.Standing(member.Person, burst.Stimulus.At);
            var standing = burst.World.Teams.Members[person.UserId];
            if (Barred(burst, item, standing) is { } barred) return barred;
            if (WorkItemRights.Barred(Bar.SignsAlready, new(item, burst.Draft.Task!, burst.Draft.WorkItems), standing.Person, standing.Teams) is { } twice) return twice;
        }
        else if (Barred(burst, item, team) is { } barred) return barred;
        if (person?.UserId == item.Holder?.UserId && person is not null) return Invalid("/person", "another person than the one who has it", person.Name);
        if (person is null && team.Id == item.Team.Id && item.State is WorkItemState.Offered { To: null }) return Invalid("/team", "another team than the one that has it", team.Name);
        return WorkItemTransition.Move(burst, item, command.Command, by, new(team, person is null ? WorkItemState.Offered.Instance : new WorkItemState.Offered(person)) { For = absent }, command.Reason);
    }

    public static Rejection? Delegate(Burst burst, WorkItem item, Stimulus.WorkItemDelegated command, Actor by)
    {
        if (FindPerson(burst, command.Person, "/person", out var member) is { } nobody) return nobody;
        if (!member.Teams.Contains(item.Team.Id)) return Invalid("/person", $"a member of {item.Team.Name}", member.Person.Name);
        if (member.Person.UserId == by.UserId) return Invalid("/person", "another person than the one who has it", member.Person.Name);
        if (Barred(burst, item, member) is { } barred) return barred;
        return WorkItemTransition.Move(burst, item, command.Command, by, new(item.Team, new WorkItemState.Delegated(member.Person, by.Person, burst.Stimulus.At)), command.Note);
    }

    public static Rejection? GiveBack(Burst burst, WorkItem item, Stimulus.WorkItemGivenBack command, Actor by) =>
        WorkItemTransition.Move(burst, item, command.Command, by, new(item.Team, new WorkItemState.Claimed(item.Holder!, burst.Stimulus.At)), command.Result);

    /// <summary>A team of the kind that the item's step asks for.</summary>
    public static Rejection? FindTeam(Burst burst, WorkItem item, string id, string pointer, out Team team)
    {
        team = burst.World.Teams.Find(id)!;
        if (team?.Kind == item.Team.Kind) return null;
        return new(Reason.TeamUnknown, $"a team of kind {item.Team.Kind}", team?.Name ?? $"'{id}'", [new(pointer, $"the id of a team of kind {item.Team.Kind}", $"'{id}'")]);
    }

    public static Rejection? FindPerson(Burst burst, string userId, string pointer, out Member member) =>
        burst.World.Teams.Members.TryGetValue(userId, out member!)
            ? null
            : new(Reason.PersonUnknown, "a member of the organisation", $"'{userId}'", [new(pointer, "the user id of a member", $"'{userId}'")]);

    public static Rejection Invalid(string pointer, string expected, string found) => new(Reason.InputInvalid, expected, found, [new(pointer, expected, found)]);

    private static Rejection? Barred(Burst burst, WorkItem item, Member member) =>
        WorkItemRights.Barred(Bar.HandledIt, new(item, burst.Draft.Task!, burst.Draft.WorkItems), member.Person, member.Teams)
        ?? WorkItemRights.Uncertified(item, member.Person.Name, kind => member.Holds(kind, burst.Stimulus.At));

    public static Rejection? Barred(Burst burst, WorkItem item, Team team) =>
        item.Stage == StageName.PostEvaluation && Avoidance.WhoHandled(burst.Draft.WorkItems).Any(hand => hand.Team.Id == team.Id) ? Avoidance.Refusal($"{team.Name} handled it") : null;
}
