using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;

namespace Workflow.Engine.WorkItems;

/// <summary>Whom a rung tells, by membership, roster and absence.</summary>
internal static class NoticePeople
{
    /// <summary>Teams whose duty leader is told where the item's own team has none on duty, in this order.</summary>
    private static readonly TeamKind[] Leading = [TeamKind.TechGrid, TeamKind.Inspection];

    /// <summary>保密: the item is offered to people of the area that its task is still hidden from.</summary>
    public static bool HiddenFromAll(Burst burst, WorkItem item) => IsHidden(burst)
        && (item.State is WorkItemState.Offered { To: { } only } ? !MayKnow(burst, only) : burst.World.Teams.IsInspected(item.Team, burst.Draft.Task!.Place));

    /// <returns>Each once, with whom they stand in for; and where there is nobody, why.</returns>
    public static (IReadOnlyList<(Person To, Person? For)> People, string? Nobody) Of(Burst burst, WorkItem item, NoticeTarget target)
    {
        var (teams, at) = (burst.World.Teams, burst.Stimulus.At);
        var found = target switch
        {
            NoticeTarget.Candidates => Candidates(burst, item),
            NoticeTarget.NextOnDuty => Next(burst, item),
            _ => Leaders(burst, item),
        };
        var people = found.Select(person => teams.Standing(person, at)).DistinctBy(one => one.To.UserId).ToList();
        if (people.Count > 0) return (people, null);
        if (IsHidden(burst)) return (people, $"nobody who may know of it before {burst.Draft.Task!.HiddenUntil:u}");
        return (people, target switch
        {
            NoticeTarget.Candidates => $"nobody of {item.Team.Name} may claim it",
            NoticeTarget.NextOnDuty => $"nobody else of {item.Team.Name} is or comes on duty",
            _ => $"no duty leader for {item.Team.Name}",
        });
    }

    private static List<Person> Candidates(Burst burst, WorkItem item)
    {
        if (item.State is WorkItemState.Offered { To: { } only }) return MayKnow(burst, only) ? [only] : [];
        var (staff, at) = (burst.World.Teams.StaffOf(item.Team.Id), burst.Stimulus.At);
        var hands = item.Stage == StageName.PostEvaluation ? Avoidance.WhoHandled(burst.Draft.WorkItems).ToList() : [];
        var able = staff.People.Select(person => person.Member).Where(member => member.AbsenceAt(at) is not { Substitute: null }
            && !hands.Exists(hand => hand.IsOne(member.Person, member.Teams))
            && WorkItemRights.Uncertified(item, member.Person.Name, kind => member.Holds(kind, at)) is null).Select(member => member.Person).Where(person => MayKnow(burst, person)).ToList();
        var duty = staff.Roster.At(at).Select(duty => duty.UserId).ToHashSet(StringComparer.Ordinal);
        return able.FindAll(person => duty.Contains(person.UserId)) is { Count: > 0 } present ? present : able;
    }

    private static List<Person> Next(Burst burst, WorkItem item)
    {
        var (roster, at) = (burst.World.Teams.StaffOf(item.Team.Id).Roster, burst.Stimulus.At);
        var told = Candidates(burst, item).Concat(item.Ladder!.Steps.SelectMany(step => step.Notices).Select(notice => notice.To).OfType<Person>()).Select(person => person.UserId).ToHashSet(StringComparer.Ordinal);
        // Who leads is told by a rung of their own.
        return [.. People(burst, roster.At(at).Concat(roster.Next(at)).Where(duty => !duty.IsLeader && !told.Contains(duty.UserId))).Take(1)];
    }

    private static List<Person> Leaders(Burst burst, WorkItem item)
    {
        var (teams, at) = (burst.World.Teams, burst.Stimulus.At);
        var owners = Leading.Select(kind => teams.OwnerOf(burst.Draft.Task!.Place, kind, at)).OfType<Team>();
        foreach (var team in owners.Prepend(item.Team))
            if (People(burst, teams.StaffOf(team.Id).Roster.At(at).Where(duty => duty.IsLeader)).ToList() is { Count: > 0 } leading) return leading;
        return [.. teams.StaffOf(item.Team.Id).People.Where(person => person.Roles.Contains(TeamRole.DutyLeader) || person.Roles.Contains(TeamRole.Leader))
            .Select(person => person.Member.Person).Where(person => MayKnow(burst, person))];
    }

    private static IEnumerable<Person> People(Burst burst, IEnumerable<OnDuty> duties) =>
        duties.Select(duty => burst.World.Teams.Members.GetValueOrDefault(duty.UserId)?.Person).OfType<Person>().DistinctBy(person => person.UserId)
            .Where(person => MayKnow(burst, person));

    private static bool IsHidden(Burst burst) => burst.Draft.Task!.HiddenUntil > burst.Stimulus.At;

    /// <summary>Whoever would be told, they or their substitute, may see the task at this moment: the rule that every list follows.</summary>
    private static bool MayKnow(Burst burst, Person person) =>
        !IsHidden(burst) || !burst.World.Teams.IsInspected(burst.World.Teams.Standing(person, burst.Stimulus.At).To, burst.Draft.Task!.Place);
}
