using System.Collections.Immutable;
using System.Globalization;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Staffing;

/// <summary>How much somebody has: what a choice weighs.</summary>
public readonly record struct MemberLoad(int Open, long LastTurn);

/// <summary>
/// Chooses who of a team gets an item. Pure: the same staff, loads and time choose the same people. Nobody is chosen who is off duty, away, without a
/// certificate that is asked for, or barred; where somebody is away, their substitute comes in their place.
/// </summary>
/// <param name="isBarred">回避: whoever may not have this item whatever else they are.</param>
public sealed class Choice(TeamStaff staff, IReadOnlyDictionary<string, MemberLoad> loads, DateTimeOffset at, Func<Member, bool> isBarred, Func<string, Member?> find)
{
    private readonly List<Candidate> suitable = [];
    private readonly List<PassedOver> passed = [];

    /// <param name="most">How many of those who were passed over are listed.</param>
    public Assignment Of(AssignmentDemand demand, int most)
    {
        ArgumentNullException.ThrowIfNull(demand);
        foreach (var candidate in People()) Weigh(candidate, demand);
        var order = demand.Rule == AssignmentRule.LeastLoaded
            ? suitable.OrderBy(candidate => candidate.Open).ThenBy(candidate => candidate.LastTurn)
            : suitable.OrderBy(candidate => candidate.LastTurn).ThenBy(candidate => candidate.Open);
        var ranked = order.ThenBy(candidate => candidate.Person.UserId, StringComparer.Ordinal).ToList();
        if (ranked.Count < demand.People) return Passing(new(demand.Rule, AssignmentReason.TooFew, ranked.Count), most);

        var first = ranked[0];
        passed.AddRange(ranked.Skip(demand.People).Select(other => demand.Rule == AssignmentRule.LeastLoaded && other.Open > first.Open
            ? new PassedOver(other.Person, PassedBecause.HasMoreOpen, other.Open.ToString(CultureInfo.InvariantCulture))
            : new PassedOver(other.Person, PassedBecause.HadTurnLater)));
        var why = ranked.Count == demand.People ? AssignmentReason.OnlyOne : demand.Rule == AssignmentRule.LeastLoaded ? AssignmentReason.FewestOpen : AssignmentReason.LongestWithout;
        return Passing(new(demand.Rule, why, ranked.Count)
        {
            To = first.Person,
            For = first.For,
            With = [.. ranked.Skip(1).Take(demand.People - 1).Select(other => other.Person)],
            Open = first.Open,
            // Later than every turn that is known, also when several are given at one instant.
            Turn = Math.Max(at.UtcTicks, ranked.Max(candidate => candidate.LastTurn) + 1),
        }, most);
    }

    private Assignment Passing(Assignment assignment, int most) => assignment with { Passed = [.. passed.Take(most)], PassedCount = passed.Count };

    /// <summary>Who is there to choose from: those on duty, and for those who are away their substitutes, each person once.</summary>
    private List<(Member Member, Person? For)> People()
    {
        var onDuty = staff.Roster.At(at).Select(duty => duty.UserId).ToHashSet(StringComparer.Ordinal);
        var (there, substitutes) = (new List<(Member, Person?)>(), new List<(Member, Person?)>());
        foreach (var (member, _) in staff.People)
            if (staff.Roster.IsKept && !onDuty.Contains(member.Person.UserId)) passed.Add(new(member.Person, PassedBecause.OffDuty));
            else if (member.AbsenceAt(at) is not { } absence) there.Add((member, null));
            else
            {
                passed.Add(new(member.Person, PassedBecause.Absent, absence.Substitute?.Name));
                if (absence.Substitute is { } substitute && find(substitute.UserId) is { } other) substitutes.Add((other, member.Person));
            }
        foreach (var (substitute, absent) in substitutes.OrderBy(pair => pair.Item2!.UserId, StringComparer.Ordinal))
            if (!there.Exists(known => known.Item1.Person.UserId == substitute.Person.UserId)) there.Add((substitute, absent));
        return there;
    }

    private void Weigh((Member Member, Person? For) candidate, AssignmentDemand demand)
    {
        var (member, absent) = candidate;
        // A substitute who is away as well stands in for nobody.
        if (absent is not null && member.AbsenceAt(at) is not null) passed.Add(new(member.Person, PassedBecause.Absent));
        else if (isBarred(member)) passed.Add(new(member.Person, PassedBecause.HandledIt));
        else if (demand.Certificates.FirstOrDefault(kind => !member.Holds(kind, at)) is { } missing) passed.Add(new(member.Person, PassedBecause.NotCertified, missing));
        else
        {
            var load = loads.GetValueOrDefault(member.Person.UserId);
            passed.RemoveAll(other => other.Person.UserId == member.Person.UserId);
            suitable.Add(new(member.Person, absent, load.Open, load.LastTurn));
        }
    }
}
