using System.Collections.Frozen;
using System.Collections.Immutable;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Teams;

/// <summary>Who of a team gets an item, as the step asks for it.</summary>
public class AssignmentTests
{
    [Fact]
    public void The_item_is_offered_to_whoever_has_least_and_keeps_the_reason()
    {
        var task = Raise("'assign': 'leastLoaded'", loads: new() { [Li.UserId] = new(3, 1), [Liu.UserId] = new(1, 2) });

        var item = task.Item("verify");
        item.State.ShouldBe(new WorkItemState.Offered(Liu.Person));
        item.Assignment!.ShouldSatisfyAllConditions(
            chosen => (chosen.Rule, chosen.Why, chosen.To, chosen.Open).ShouldBe((AssignmentRule.LeastLoaded, AssignmentReason.FewestOpen, Liu.Person, 1)),
            chosen => chosen.Passed.ShouldBe([new(Li.Person, PassedBecause.HasMoreOpen, "3")]));
        task.Refused(task.Claim("verify", Li)).Reason.ShouldBe(Reason.NotCandidate);
        task.Do(task.Claim("verify", Liu)).Do(task.Release("verify", Liu)).Item("verify").State.ShouldBe(WorkItemState.Offered.Instance, "given back to the whole team");
    }

    [Fact]
    public void A_decision_asks_for_the_loads_that_it_needs()
    {
        Should.Throw<LoadsNeededException>(() => Raise("'assign': 'roundRobin'", loads: new() { [Li.UserId] = default })).People.ShouldBe([Liu.UserId]);
    }

    [Fact]
    public void Nobody_suitable_leaves_the_item_with_the_team_and_says_why()
    {
        var task = Raise("'assign': 'roundRobin', 'certificates': ['enforcement']", loads: new() { [Li.UserId] = default, [Liu.UserId] = default });

        var item = task.Item("verify");
        item.State.ShouldBe(WorkItemState.Offered.Instance);
        (item.Assignment!.Why, item.Assignment.PassedCount).ShouldBe((AssignmentReason.TooFew, 2));
        item.Assignment.Passed[0].ShouldBe(new(Li.Person, PassedBecause.NotCertified, "enforcement"));
    }

    [Fact]
    public void Only_who_holds_the_certificate_may_claim_or_be_given_the_item()
    {
        var task = Raise("'certificates': ['enforcement']");

        task.Refused(task.Claim("verify", Li)).ShouldSatisfyAllConditions(why => why.Reason.ShouldBe(Reason.NotAllowed), why => why.Rule.ShouldBe("who-may/claim/not-certified"));
        var item = task.Item("verify");
        task.Refused(new Stimulus.WorkItemTransferred(item.Number, item.Revision, null, Liu.UserId, "for you") { At = task.Now, By = Qian }).Expected.ShouldContain("'enforcement'");
        task.Do(task.Claim("verify", Li with { Certificates = ["enforcement"] }));
    }

    [Fact]
    public void What_is_given_to_somebody_who_is_away_goes_to_the_substitute_who_acts_for_them()
    {
        var task = Raise("", away: [(Liu, Li)]);
        var item = task.Item("verify");

        task.Do(new Stimulus.WorkItemTransferred(item.Number, item.Revision, null, Liu.UserId, "yours") { At = task.Now, By = Qian });
        task.Item("verify").ShouldSatisfyAllConditions(given => given.State.ShouldBe(new WorkItemState.Offered(Li.Person)), given => given.For.ShouldBe(Liu.Person));
        task.Do(task.Claim("verify", Li));
        task.Facts.OfType<Fact.ItemClaimed>().Single().ShouldSatisfyAllConditions(claimed => claimed.By.ShouldBe(Li.Person), claimed => claimed.For.ShouldBe(Liu.Person));
        task.Do(task.Complete("verify", Li));
        task.Facts.OfType<Fact.ItemCompleted>().Single().For.ShouldBe(Liu.Person);
    }

    [Fact]
    public void A_substitute_takes_up_what_somebody_has_claimed_before_they_went()
    {
        var task = Raise("");
        task.Do(task.Claim("verify", Liu));

        task.Refused(task.Complete("verify", Li)).Reason.ShouldBe(Reason.NotClaimant);
        task.Do(task.Complete("verify", Li with { StandsInFor = [Liu.Person] }));
        task.Facts.OfType<Fact.ItemCompleted>().Single().ShouldSatisfyAllConditions(done => done.By.ShouldBe(Li.Person), done => done.For.ShouldBe(Liu.Person));
    }

    [Fact]
    public void A_delegated_item_can_be_given_away_and_its_delegation_ends()
    {
        var task = Raise("");
        task.Do(task.Claim("verify", Liu)).Do(new Stimulus.WorkItemDelegated(task.Item("verify").Number, task.Item("verify").Revision, Li.UserId, null) { At = task.Now, By = Liu });

        task.Do(new Stimulus.WorkItemTransferred(task.Item("verify").Number, task.Item("verify").Revision, null, Li.UserId, "she leaves") { At = task.Now, By = Qian });

        task.Item("verify").ShouldSatisfyAllConditions(item => item.State.ShouldBe(new WorkItemState.Offered(Li.Person)), item => item.History!.Delegations[0].EndedAt.ShouldNotBeNull());
    }

    [Theory]
    [InlineData("'assign': 'nobody'")]
    [InlineData("'people': 0")]
    [InlineData("'people': 21")]
    public void What_cannot_be_read_is_named_when_the_definition_is_checked(string input)
    {
        ReadProblems(input).ShouldNotBeEmpty();
    }

    private static Engine.Definitions.WorkflowDefinition Definition(string input) => TaskDefinition(
        response: Flow.Chart("r", "", "verify>end", EndStage("end", "Done"), Item("verify", "CommunityGrid", input)));

    private static Scenario Raise(string input, Dictionary<string, MemberLoad>? loads = null, (Actor Away, Actor Substitute)[]? away = null)
    {
        var members = An.Teams.Members.Values.Select(member => member with
        {
            Absences = [.. (away ?? []).Where(pair => pair.Away.UserId == member.Person.UserId).Select(pair => new Absence(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, pair.Substitute.Person))],
        }).ToFrozenDictionary(member => member.Person.UserId);
        var teams = new TeamDirectory(An.Teams.All, [new("510107064", "grid"), new("5101", "tech"), new("gaoxin", "enforcement"), new("5101", "inspection")])
        {
            Members = members,
            Staff = An.Teams.All.ToFrozenDictionary(team => team.Id, team => new TeamStaff(
                [.. members.Values.Where(member => member.Teams.Contains(team.Id)).OrderBy(member => member.Person.UserId, StringComparer.Ordinal).Select(member => new StaffMember(member, []))], Roster.None)),
        };
        return new Scenario(Definition(input)) { World = An.World with { Teams = teams, Loads = loads?.ToImmutableDictionary() } }.Start();
    }

    private static IEnumerable<object> ReadProblems(string input)
    {
        try
        {
            Definition(input);
            return [];
        }
        catch (Exception problem) when (problem is not Xunit.Sdk.XunitException)
        {
            return [problem.Message];
        }
    }
}
