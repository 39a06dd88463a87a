namespace Workflow.Activities.Tests.Definitions;

/// <summary>Waits that nothing ends, circles that do not wait, joins whose branches cannot all come.</summary>
public class WaitRuleTests
{
    [Theory]
    [InlineData("'type': 'Elsa.Event', 'eventName': ' '", "Error /root/eventName", "the name of an event")]
    [InlineData("'type': 'Elsa.Event'", "Error /root/eventName", "found nothing")]
    [InlineData("'type': 'Elsa.Event', 'eventName': { 'typeName': 'String', 'expression': { 'type': 'Literal' } }", "Error /root/eventName/expression/value", "found nothing")]
    [InlineData("'type': 'Elsa.Delay', 'timeSpan': 'soon'", "Error /root/timeSpan", "a value of type TimeSpan")]
    [InlineData("'type': 'Elsa.Delay', 'timeSpan': '-00:01:00'", "Warning /root/timeSpan", "which does not wait")]
    [InlineData("'type': 'Elsa.Timer', 'interval': '00:00:00'", "Error /root/interval", "a span longer than 0")]
    [InlineData("'type': 'Elsa.StartAt', 'dateTime': 'tomorrow'", "Error /root/dateTime", "a value of type DateTimeOffset")]
    [InlineData("'type': 'Elsa.StartAt'", "Error /root/dateTime", "found nothing")]
    [InlineData("'type': 'Elsa.Cron', 'cronExpression': '* * *'", "Error /root/cronExpression", "five fields")]
    [InlineData("'type': 'Elsa.Cron', 'cronExpression': '0 25 * * *'", "Error /root/cronExpression", "five fields")]
    [InlineData("'type': 'Elsa.Cron', 'cronExpression': '0 0 30 2 *'", "Error /root/cronExpression", "whose time comes")]
    [InlineData("'type': 'Elsa.For', 'end': 3", "Warning /root/body", "an activity to repeat")]
    [InlineData("'type': 'Elsa.For', 'step': 0, 'body': { 'id': 'b', 'type': 'Elsa.Start' }", "Error /root/step", "other than 0")]
    [InlineData("'type': 'Elsa.While', 'condition': false", "Warning /root/body", "an activity to repeat")]
    [InlineData("'type': 'Elsa.While', 'condition': true, 'body': { 'id': 'b', 'type': 'Elsa.WriteLine' }", "Warning /root/condition", "one that always holds")]
    [InlineData("'type': 'Elsa.While', 'condition': true, 'body': { 'id': 'b', 'type': 'Elsa.For', 'end': 2, 'body': { 'id': 'x', 'type': 'Elsa.Break' } }", "Warning /root/condition", "one that always holds")]
    public void A_wait_without_an_end_or_a_loop_without_sense_is_reported(string members, string begin, string words)
    {
        Checked.Root($"{{ 'id': 'a', {members} }}").ShouldSay(begin, words);
    }

    [Theory]
    [InlineData("'type': 'Elsa.Event', 'eventName': 'x'")]
    [InlineData("'type': 'Elsa.Delay'")]
    [InlineData("'type': 'Elsa.Delay', 'timeSpan': 'PT0S'")]
    [InlineData("'type': 'Elsa.Timer', 'interval': '00:00:01'")]
    [InlineData("'type': 'Elsa.StartAt', 'dateTime': '2020-01-01'")]
    [InlineData("'type': 'Elsa.Cron', 'cronExpression': '0 0 29 2 *'")]
    [InlineData("'type': 'Elsa.Cron', 'cronExpression': '30 0 8 * * 1-5'")]
    [InlineData("'type': 'Elsa.While', 'condition': true, 'body': { 'id': 'b', 'type': 'Elsa.Delay' }")]
    [InlineData("'type': 'Elsa.While', 'condition': true, 'body': { 'id': 'b', 'type': 'Elsa.If', 'then': { 'id': 'x', 'type': 'Elsa.Break' } }")]
    [InlineData("'type': 'Elsa.While', 'condition': true, 'body': { 'id': 'b', 'type': 'Elsa.Finish' }")]
    public void A_wait_that_ends_is_accepted(string members)
    {
        Checked.Root($"{{ 'id': 'a', {members} }}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a=Set b=Set", "a>b b>a", "a → b → a")]
    [InlineData("a=Set", "a>a", "a → a")]
    // a decision whose outcomes both stay on the circle, or lead back to it
    [InlineData("a=Set d=Decision(true) b=Set", "a>d d.True>a d.False>b b>a", "a → d → a")]
    // a fork leaves at every port at once: what stays, stays
    [InlineData("f=Fork(L,R) a=Set", "f.L>a a>f", "f → a → f")]
    // the wait is on another circle through the same activity
    [InlineData("a=Set b=Set e", "a>b b>a a>e e>a", "a → b → a")]
    public void A_circle_that_nothing_ends_is_a_warning(string activities, string connections, string circle)
    {
        var problems = Chart(activities, connections).Where(problem => !problem.Contains("which becomes a variable")).ToList();

        problems.ShouldContain(problem => problem.StartsWith("Warning /root/activities/0: ") && problem.EndsWith($"found none: {circle}"), string.Join("\n", problems));
    }

    [Theory]
    [InlineData("a=Set e", "a>e e>a")]
    [InlineData("a=Set d=Decision(true)", "a>d d.True>a")]
    [InlineData("a=Set d=Decision(true) b=Set", "a>d d.True>a d.False>b")]
    [InlineData("a=Set w=Delay(00:01:00) d=Decision(true)", "a>d d.True>w w>a d.False>a")]
    // the inner circle is left by its decision, the outer one waits
    [InlineData("a=Set d=Decision(true) e", "a>d d.True>a d.False>e e>a")]
    // a port that the activity does not have is never followed
    [InlineData("a=Set b=Set", "a>b b.Never>a")]
    public void A_circle_that_waits_or_can_be_left_is_accepted(string activities, string connections)
    {
        Chart(activities, connections).ShouldNotContain(problem => problem.Contains("on this circle"));
    }

    [Theory]
    [InlineData("CounterBased", "WaitAll", "Warning", "it never runs")]
    [InlineData("TokenBased", "WaitAll", "Error", "it waits for ever")]
    [InlineData("TokenBased", "WaitAllActive", "Error", "it waits for ever")]
    public void A_join_of_both_ways_of_a_decision_is_reported(string mode, string join, string severity, string words)
    {
        Join($"d=Decision(true) a=Set b=Set j=Join({join})", "d.True>a d.False>b a>j b>j", mode)
            .ShouldSay($"{severity} /root/activities/3", $"'a' and 'b' come after different outcomes of 'd'; {words}");
    }

    [Theory]
    [InlineData("d=Decision(true) a=Set b=Set j=Join(WaitAllActive)", "d.True>a d.False>b a>j b>j", "CounterBased")]
    [InlineData("d=Decision(true) a=Set b=Set j=Join(WaitAny)", "d.True>a d.False>b a>j b>j", "TokenBased")]
    [InlineData("f=Fork(L,R) a=Set b=Set j=Join(WaitAll)", "f.L>a f.R>b a>j b>j", "TokenBased")]
    // one branch of the fork decides, but both of its ways lead to the join
    [InlineData("f=Fork(L,R) a=Set d=Decision(true) j=Join(WaitAllActive)", "f.L>a f.R>d a>j d.True>j d.False>j", "CounterBased")]
    public void A_join_whose_branches_can_all_come_is_accepted(string activities, string connections, string mode)
    {
        Join(activities, connections, mode).ShouldBeEmpty();
    }

    [Fact]
    public void In_token_mode_a_decision_that_comes_again_may_complete_the_join_later()
    {
        Join("a=Set e d=Decision(true) b=Set c=Set j=Join(WaitAll)", "a>e e>d d.True>b d.False>c b>j c>j b>e c>e", "TokenBased")
            .ShouldSay("Warning /root/activities/5", "it waits until 'd' has gone both ways");
    }

    private static List<string> Join(string activities, string connections, string mode) =>
    [
        .. Checked.Root(Flow.Chart("r", activities, connections).Replace("'type': 'Elsa.Flowchart'", $"'type': 'Elsa.Flowchart', 'customProperties': {{ 'Flowchart:ExecutionMode': '{mode}' }}", StringComparison.Ordinal))
            .Where(problem => !problem.Contains("which becomes a variable")),
    ];

    private static IReadOnlyList<string> Chart(string activities, string connections) => Checked.Root(Flow.Chart("r", activities, connections));
}
