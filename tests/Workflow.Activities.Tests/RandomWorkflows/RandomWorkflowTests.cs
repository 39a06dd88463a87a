using System.Globalization;
using FsCheck.Fluent;
using Workflow.Engine.Instances;
using Workflow.Engine.Tests.Clocks;
using Xunit.Abstractions;

namespace Workflow.Activities.Tests.RandomWorkflows;

public class RandomWorkflowTests(ITestOutputHelper output)
{
    private const int Largest = 14;

    /// <summary>The promises are in <see cref="Promises"/> and <see cref="WorkflowPlay"/>; here is what is played, and that it was worth playing.</summary>
    [Fact]
    public void Random_workflows_keep_every_promise_whatever_happens_to_them()
    {
        var tally = new WorkflowTally();
        Check(Cases(2_000), @case =>
        {
            var play = new WorkflowPlay(@case);
            Described(@case, play, () => Play(@case, play));
            tally.Count(play);
        });

        foreach (var (what, count) in tally.All) output.WriteLine($"{what}: {count}");
        if (OneCase is null) tally.Missing.ShouldBeEmpty("the generator no longer reaches these");
    }

    /// <summary>The definitions are read anew, so that nothing an engine could keep in memory helps.</summary>
    [Fact]
    public void The_same_stimuli_under_the_same_build_give_the_same_facts()
    {
        Check(Cases(2_000) / 10, @case =>
        {
            var play = new WorkflowPlay(@case);
            Play(@case, play);

            var again = new WorkflowPlay(@case);

            foreach (var (stimulus, step, _) in play.Played)
                if (step is Step.Advanced advanced) InstanceJson.Write(again.Apply(stimulus).ShouldBeOfType<Step.Advanced>().Facts).ShouldBe(InstanceJson.Write(advanced.Facts));
                else again.Apply(stimulus).ShouldBeOfType<Step.Rejected>();
            InstanceJson.Write(again.State).ShouldBe(InstanceJson.Write(play.State));
        });
    }

    private static void Play(RandomCase @case, WorkflowPlay play)
    {
        var stimuli = new RandomStimuli(play, @case.Random);
        play.Apply(stimuli.Start()).ShouldBeOfType<Step.Advanced>();
        for (var step = 0; step < @case.Steps && !play.IsOver; step++)
        {
            var stimulus = stimuli.Next();
            if (play.Apply(stimulus) is Step.Advanced) CheckOnce(play, stimulus);
        }
        foreach (var (stimulus, step, _) in play.Played.Skip(1).Where(played => played.Step is Step.Advanced { Facts.IsEmpty: false }).ToList()) CheckOnce(play, stimulus);
    }

    /// <summary>What has gone in does not go in twice; only an event may be awaited again, and a change can be made again.</summary>
    private static void CheckOnce(WorkflowPlay play, Stimulus stimulus)
    {
        if (stimulus is Stimulus.EventReceived or Stimulus.Altered or Stimulus.Cancelled && !play.State.Status.IsFinal()) return;
        if (play.Try(stimulus) is Step.Advanced { Facts.IsEmpty: false }) throw new InvalidOperationException($"{stimulus} had an effect twice");
    }

    /// <summary>WORKFLOW_CASE=seed,size plays one case of a report again.</summary>
    private void Check(int cases, Action<RandomCase> property)
    {
        if (OneCase is [var one, var of])
        {
            property(new(int.Parse(one, CultureInfo.InvariantCulture), int.Parse(of, CultureInfo.InvariantCulture)));
            return;
        }
        var seeds = Gen.Choose(0, int.MaxValue - 1).SelectMany(seed => Gen.Choose(1, Largest).Select(size => (Seed: seed, Size: size)));
        output.Check(cases, seeds, given => property(new(given.Seed, given.Size)), Smaller);
    }

    /// <summary>Smaller cases are other cases: a few of each size, the smallest first.</summary>
    private static IEnumerable<(int Seed, int Size)> Smaller((int Seed, int Size) failed) =>
        Enumerable.Range(1, failed.Size - 1).SelectMany(size => Enumerable.Range(0, 300).Select(more => ((failed.Seed + more) & int.MaxValue, size)));

    private static void Described(RandomCase @case, WorkflowPlay play, Action run)
    {
        try
        {
            run();
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"{problem.Message}\n{@case.Describe(play)}", problem);
        }
    }

    private static string[]? OneCase => Environment.GetEnvironmentVariable("WORKFLOW_CASE") is { Length: > 0 } given ? given.Split(',') : null;

    private static int Cases(int standard) =>
        Environment.GetEnvironmentVariable("WORKFLOW_CASES") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : standard;
}
