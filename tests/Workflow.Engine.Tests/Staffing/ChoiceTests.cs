using System.Collections.Immutable;
using FsCheck.Fluent;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.Tests.Clocks;
using Xunit.Abstractions;

namespace Workflow.Engine.Tests.Staffing;

public class ChoiceTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset At = Calendars.At("2026-09-14T10:00+08:00");
    private static readonly Shift Day = new("day", "白班", new(8, 0), new(20, 0), Calendars.China);
    private static readonly Dictionary<string, MemberLoad> Nothing = [];

    [Fact]
    public void Whoever_has_least_gets_it_and_the_others_are_named_with_the_reason()
    {
        var chosen = Choose(new(AssignmentRule.LeastLoaded, []), [Somebody("a"), Somebody("b"), Somebody("c")], new() { ["a"] = new(2, 5), ["b"] = new(1, 9), ["c"] = new(1, 7) });

        (chosen.To!.UserId, chosen.Why, chosen.Open, chosen.Suitable).ShouldBe(("c", AssignmentReason.FewestOpen, 1, 3));
        chosen.Passed.ShouldBe([new(Named("b"), PassedBecause.HadTurnLater), new(Named("a"), PassedBecause.HasMoreOpen, "2")]);
    }

    [Fact]
    public void Off_duty_away_barred_or_without_certificate_is_not_chosen()
    {
        Member[] people =
        [
            Somebody("off"), Somebody("away") with { Absences = [new(At, At.AddDays(1))] }, Somebody("back") with { Absences = [new(At.AddDays(-1), At)] },
            Somebody("plain", certificates: []), Somebody("barred"),
        ];
        var staff = Staff(people, people.Skip(1).Select(member => new Duty(Day, member.Person.UserId, new(2026, 1, 1), null, DutyDays.Every, false)));

        var chosen = new Choice(staff, Nothing, At, member => member.Person.UserId == "barred", _ => null).Of(new(AssignmentRule.RoundRobin, ["enforcement"]), 10);

        (chosen.To!.UserId, chosen.Why).ShouldBe(("back", AssignmentReason.OnlyOne));
        chosen.Passed.OrderBy(passed => passed.Person.UserId).Select(passed => (passed.Person.UserId, passed.Why, passed.Detail)).ShouldBe(
        [
            ("away", PassedBecause.Absent, null), ("barred", PassedBecause.HandledIt, null), ("off", PassedBecause.OffDuty, null), ("plain", PassedBecause.NotCertified, "enforcement"),
        ]);
    }

    [Fact]
    public void A_substitute_comes_for_whoever_is_away_unless_they_are_away_or_there_anyhow()
    {
        var substitute = Somebody("s");
        var away = Somebody("a") with { Absences = [new(At, At.AddDays(1), substitute.Person)] };

        var chosen = Choose(new(AssignmentRule.LeastLoaded, []), [away], Nothing, substitute);
        (chosen.To, chosen.For).ShouldBe((substitute.Person, away.Person));
        chosen.Passed.ShouldBe([new(away.Person, PassedBecause.Absent, substitute.Person.Name)]);

        Choose(new(AssignmentRule.LeastLoaded, []), [away, substitute], Nothing, substitute).For.ShouldBeNull("the substitute is of the team");
        var awayToo = substitute with { Absences = away.Absences };
        Choose(new(AssignmentRule.LeastLoaded, []), [away], Nothing, awayToo).ShouldSatisfyAllConditions(
            none => none.To.ShouldBeNull(), none => none.Why.ShouldBe(AssignmentReason.TooFew), none => none.PassedCount.ShouldBe(2));
    }

    [Fact]
    public void Two_officers_go_together_or_the_team_is_offered_it()
    {
        var demand = new AssignmentDemand(AssignmentRule.LeastLoaded, ["enforcement"], 2);

        var pair = Choose(demand, [Somebody("a"), Somebody("b"), Somebody("c", certificates: [])], Nothing);
        (pair.To!.UserId, string.Join(' ', pair.With.Select(other => other.UserId))).ShouldBe(("a", "b"));

        var alone = Choose(demand, [Somebody("a"), Somebody("c", certificates: [])], Nothing);
        (alone.To, alone.Why, alone.Suitable).ShouldBe((null, AssignmentReason.TooFew, 1));
    }

    [Fact]
    public void Of_many_who_were_passed_over_the_first_are_listed_and_all_are_counted()
    {
        var chosen = new Choice(Staff([.. Enumerable.Range(0, 30).Select(number => Somebody($"p{number:D2}"))], []), Nothing, At, _ => false, _ => null).Of(new(AssignmentRule.RoundRobin, []), 3);

        (chosen.Passed.Length, chosen.PassedCount).ShouldBe((3, 29));
    }

    /// <summary>Random teams, absences, rosters and loads; every choice is followed by its consequence, as the shell counts it.</summary>
    [Fact]
    public void Nobody_unsuitable_is_ever_chosen_and_turns_are_fair_within_one()
    {
        var (chosenAtAll, refused, substituted) = (0, 0, 0);
        output.Check(300, Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var random = new Random(seed);
            var people = Enumerable.Range(0, random.Next(1, 9)).Select(number => Random(random, $"p{number}", random.Next(9))).ToList();
            var outside = Somebody("outside");
            people = [.. people.Select(member => member.AbsenceAt(At) is { } absence && random.Next(2) == 0 ? member with { Absences = [absence with { Substitute = random.Next(2) == 0 ? outside.Person : people[0].Person }] } : member)];
            var keeps = random.Next(2) == 0;
            var onDuty = people.Where(_ => random.Next(3) > 0).Select(member => member.Person.UserId).ToHashSet();
            var staff = Staff([.. people], keeps && onDuty.Count > 0 ? onDuty.Select(id => new Duty(Day, id, new(2026, 1, 1), null, DutyDays.Every, false)) : []);
            var barred = people.Where(_ => random.Next(6) == 0).Select(member => member.Person.UserId).ToHashSet();
            var demand = new AssignmentDemand(random.Next(2) == 0 ? AssignmentRule.LeastLoaded : AssignmentRule.RoundRobin, random.Next(2) == 0 ? ["enforcement"] : []);
            var all = people.Append(outside).ToDictionary(member => member.Person.UserId);
            var (loads, times) = (new Dictionary<string, MemberLoad>(), new Dictionary<string, int>());
            var suitable = 0;
            for (var item = 0; item < 40; item++)
            {
                var chosen = new Choice(staff, loads, At, member => barred.Contains(member.Person.UserId), all.GetValueOrDefault).Of(demand, 20);
                suitable = chosen.Suitable;
                if (chosen.To is not { } to)
                {
                    refused++;
                    suitable.ShouldBe(0);
                    continue;
                }
                var member = all[to.UserId];
                member.AbsenceAt(At).ShouldBeNull();
                barred.ShouldNotContain(to.UserId);
                demand.Certificates.All(kind => member.Holds(kind, At)).ShouldBeTrue();
                if (chosen.For is { } absent)
                {
                    all[absent.UserId].AbsenceAt(At)!.Substitute.ShouldBe(to);
                    substituted++;
                }
                else if (staff.Roster.IsKept) onDuty.ShouldContain(to.UserId);
                chosenAtAll++;
                loads[to.UserId] = new(loads.GetValueOrDefault(to.UserId).Open + 1, chosen.Turn);
                times[to.UserId] = times.GetValueOrDefault(to.UserId) + 1;
            }
            if (suitable == 0) return;
            times.Count.ShouldBe(Math.Min(suitable, 40));
            (times.Values.Max() - times.Values.Min()).ShouldBeLessThanOrEqualTo(1);
        });
        chosenAtAll.ShouldBeGreaterThan(1000);
        refused.ShouldBeGreaterThan(100);
        substituted.ShouldBeGreaterThan(100);
    }

    private static Assignment Choose(AssignmentDemand demand, Member[] people, Dictionary<string, MemberLoad> loads, params Member[] others) =>
        new Choice(Staff(people, []), loads, At, _ => false, id => others.FirstOrDefault(other => other.Person.UserId == id)).Of(demand, 10);

    private static TeamStaff Staff(Member[] people, IEnumerable<Duty> duties) => new([.. people.Select(member => new StaffMember(member, []))], new(duties));

    private static Person Named(string id) => new(id, id.ToUpperInvariant());

    private static Member Somebody(string id, ImmutableArray<Certificate>? certificates = null) =>
        new(Named(id), ["team"]) { Certificates = certificates ?? [new("enforcement", id, new(2026, 1, 1), null)] };

    private static Member Random(Random random, string id, int kind) => kind switch
    {
        0 => Somebody(id, certificates: []),
        1 => Somebody(id, certificates: [new("enforcement", id, new(2026, 1, 1), new(2026, 9, 13))]),
        2 or 3 => Somebody(id) with { Absences = [new(At.AddHours(-random.Next(48)), At.AddHours(random.Next(1, 48)))] },
        _ => Somebody(id),
    };
}
