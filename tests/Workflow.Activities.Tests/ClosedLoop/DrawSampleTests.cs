using System.Diagnostics;
using System.Globalization;
using Workflow.Engine.Instances;
using Xunit.Abstractions;
using static Workflow.Activities.Tests.An;
using static Workflow.Activities.Tests.ClosedLoop.PostEvaluations;

namespace Workflow.Activities.Tests.ClosedLoop;

public class DrawSampleTests(ITestOutputHelper output)
{
    private const string Sampled = "'evaluation': { 'sample': '20%', 'salt': 'chengdu-2026' }";
    private const string Never = "'evaluation': { 'sample': '0%', 'salt': 'chengdu-2026' }";

    private static readonly string Body = Flow.Chart(
        "p", "", "draw.Drawn>look look.Return>back", Draw, Item("look", "Inspection", "'outcomes': ['Pass', 'Return']"), EndStage("back", "Return", "analysis"));

    [Fact]
    public void A_draw_is_kept_with_everything_that_is_needed_to_draw_again()
    {
        var task = Raise(Evaluated(Body, Sampled), null);

        var draw = task.State.Task!.Evaluation!.Draw.ShouldNotBeNull();
        draw.Ticket.ShouldBe($"chengdu-2026:{task.State.Id}:test:1");
        (draw.Rate, draw.Reason, draw.IsDrawn).ShouldBe(("20%", SampleReason.Lot, LotOf(draw.Ticket) < 0.2));
        task.Open.ShouldBe(draw.IsDrawn ? "look" : "");
    }

    [Fact]
    public void An_auditor_draws_the_same_with_the_tools_of_a_shell()
    {
        var draw = Drawn(new(Guid.Parse("0199e000-0000-7000-8000-00000000002a")), "20%");

        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"printf '%s' '{draw.Ticket}' | sha256sum | cut -c1-8"]) { RedirectStandardOutput = true })!;

        shell.StandardOutput.ReadToEnd().Trim().ShouldBe(draw.Lot);
    }

    [Theory]
    [InlineData("0%", 0)]
    [InlineData("5%", 0.05)]
    [InlineData("20%", 0.2)]
    [InlineData("33.3333%", 0.333333)]
    [InlineData("100%", 1)]
    public void The_part_that_is_drawn_is_the_rate(string rate, double expected)
    {
        const int tasks = 20_000;
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var bytes = new byte[16];

        var drawn = Enumerable.Range(0, tasks).Count(_ => { random.NextBytes(bytes); return Drawn(new(new(bytes)), rate).IsDrawn; });

        // Five standard deviations: one run in two million is outside.
        var deviation = Math.Sqrt(expected * (1 - expected) / tasks);
        output.WriteLine($"{rate}: {(double)drawn / tasks:P3}");
        ((double)drawn / tasks).ShouldBe(expected, (5 * deviation) + double.Epsilon);
    }

    [Theory]
    [InlineData(TaskOrigin.Order, SampleReason.Ordered)]
    [InlineData(TaskOrigin.Complaint, SampleReason.Complained)]
    public void Ordered_and_complained_tasks_are_always_drawn(TaskOrigin origin, SampleReason reason)
    {
        var task = Raise(Evaluated(Body, Never), null, origin);

        task.State.Task!.Evaluation!.Draw.ShouldSatisfyAllConditions(draw => draw!.IsDrawn.ShouldBeTrue(), draw => draw!.Reason.ShouldBe(reason));
        task.Open.ShouldBe("look");
    }

    [Fact]
    public void A_task_that_was_escalated_to_inspection_or_ordered_is_always_drawn()
    {
        Sampling.AlwaysFor(new TaskState("n", "s", Guixi, Priority.Normal, [], [TeamKind.Inspection])).ShouldBe(SampleReason.Ordered);
        Sampling.AlwaysFor(new TaskState("n", "s", Guixi, Priority.Normal, [], []) { Ordered = true }).ShouldBe(SampleReason.Ordered);
    }

    [Fact]
    public void A_task_that_an_evaluation_sent_back_is_drawn_again()
    {
        var task = Raise(Evaluated(Body, Never), null, TaskOrigin.Complaint);
        task.Work("look", Zhao, "Return");

        task.Open.ShouldBe("look");
        Sampling.AlwaysFor(task.State.Task! with { Origin = null }).ShouldBe(SampleReason.Returned);
    }

    [Fact]
    public void Other_tasks_are_not_drawn_at_a_rate_of_nothing() => Raise(Evaluated(Body, Never), null).State.Status.ShouldBe(InstanceStatus.Finished);

    [Fact]
    public void The_proof_sees_both_ways()
    {
        Proof.Proved.Errors(Document(Body, Sampled)).ShouldBeEmpty();
        var stuck = Flow.Chart("p", "", "draw.Drawn>stuck", Draw, "{ 'id': 'stuck', 'type': 'Elsa.Event', 'eventName': 'never' }");
        Proof.Proved.Errors(Document(stuck, Sampled)).ShouldHaveSingleItem().Found.ShouldContain("it may wait for ever");
        Proof.Proved.Errors(Document(Body, "'evaluation': {}")).ShouldHaveSingleItem().Pointer.ShouldBe("/root/evaluation/sample");
    }

    private static SampleDraw Drawn(InstanceId id, string rate) => Sampling.Draw(id, new("test", 1), new("n", "s", Guixi, Priority.Normal, [], []), new([], [], rate, "salt"));

    private static double LotOf(string ticket) =>
        long.Parse(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(ticket)))[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture) / (double)0x1_0000_0000L;
}
