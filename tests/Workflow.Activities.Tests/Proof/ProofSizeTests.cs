using System.Diagnostics;
using Xunit.Abstractions;

namespace Workflow.Activities.Tests.Proof;

public class ProofSizeTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> Large => new()
    {
        { "200 items in a row", Flow.Sequence("s", [.. Enumerable.Range(0, 200).Select(index => An.Item($"i{index}", "TechGrid", "'outcomes': ['Done', 'Other']"))]) },
        { "a chart of 200 with ways back", Chart(200) },
        { "200 decisions in one burst", Flow.Chart("c", string.Join(' ', Enumerable.Range(0, 200).Select(index => $"d{index}=Decision(@x)")), string.Join(' ', Enumerable.Range(0, 199).Select(index => $"d{index}.True>d{index + 1} d{index}.False>d{index + 1}"))) },
        { "3 branches of 14 and 158 in a row", Flow.Sequence("s", [Branches(3, 14), .. Enumerable.Range(0, 158).Select(index => An.Item($"i{index}", "TechGrid"))]) },
    };

    [Theory]
    [MemberData(nameof(Large))]
    public void Two_hundred_activities_are_proved(string name, string body)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;

        var problems = Proved.Problems(Proved.Task(body, members: "'variables': [ { 'name': 'x' } ],"));

        output.WriteLine($"{name}: {(Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds:0} ms of processor time, with whatever runs beside it");
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void What_has_too_many_states_is_not_proven_and_says_which_limit_it_was()
    {
        var problem = Proved.Problems(Proved.Task(Branches(3, 10)), new() { ProofStates = 1_000 }).ShouldHaveSingleItem();

        problem.Severity.ShouldBe(Engine.Definitions.Severity.Warning);
        problem.Pointer.ShouldBe("/root/response");
        problem.ToString().ShouldContain("at most 1000 states (setting Definitions:ProofStates), found more; it is not proven");
    }

    /// <summary>Each time round begins another run of what waits beside it; found by a random chart (seed 23457009), on which the proof took hours.</summary>
    /// <summary>Each time round begins another run of what waits beside it. A random chart of the kind (seed 23457009) took the proof hours.</summary>
    [Fact]
    public void A_stage_in_which_activities_pile_up_is_not_proven_and_says_which_limit_it_was()
    {
        var beside = $"{{ 'id': 'beside', 'type': 'Elsa.Event', 'eventName': 'wait', {Proved.Reason} }}";
        var chart = Flow.Chart("c", "start=Fork(A,B)", "start.A>item start.B>beside item.Done>start", An.Item("item", "TechGrid", "'outcomes': ['Done', 'Other']"), beside);

        var problem = Proved.Problems(Proved.Task(chart)).ShouldHaveSingleItem();

        problem.Severity.ShouldBe(Engine.Definitions.Severity.Warning);
        problem.ToString().ShouldContain("in which at most 250 activities run at once (setting Definitions:ProofWidth), found more; it is not proven");
    }

    [Fact]
    public void What_is_wrong_is_found_before_the_limit_is_reached()
    {
        var problems = Proved.Problems(Proved.Task(Flow.Sequence("s", An.Item("a", "CommunityGrid", "'evidence': { 'photo': 51 }"), Branches(3, 10))), new() { ProofStates = 100 });

        problems.ShouldContain(problem => problem.Pointer == "/root/response/body/activities/0/evidence" && problem.Severity == Engine.Definitions.Severity.Error);
    }

    private static string Chart(int count) => Flow.Chart("c", "",
        string.Join(' ', Enumerable.Range(1, count - 1).Select(index => $"i{index - 1}>i{index}")) + " " + string.Join(' ', Enumerable.Range(1, count - 1).Select(index => $"i{index}.Other>i{index / 2}")),
        [.. Enumerable.Range(0, count).Select(index => An.Item($"i{index}", "TechGrid", "'outcomes': ['Done', 'Other']"))]);

    private static string Branches(int count, int length) =>
        $"{{ 'id': 'p', 'type': 'Elsa.Parallel', 'activities': [{string.Join(", ", Enumerable.Range(0, count).Select(branch => Flow.Sequence($"s{branch}", [.. Enumerable.Range(0, length).Select(index => An.Item($"b{branch}i{index}", "TechGrid"))])))}] }}";
}
