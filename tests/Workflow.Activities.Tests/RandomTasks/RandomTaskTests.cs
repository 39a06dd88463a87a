using FsCheck.Fluent;
using Workflow.Activities.ControlFlow;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Tests.Clocks;
using Workflow.Engine.WorkItems;
using Xunit.Abstractions;

namespace Workflow.Activities.Tests.RandomTasks;

public class RandomTaskTests(ITestOutputHelper output)
{
    private readonly SortedDictionary<string, int> met = [];

    /// <summary>The promises are in <see cref="Promises"/>; here is what is played, and that it was worth playing.</summary>
    [Fact]
    public void Random_tasks_keep_every_promise_whatever_happens_to_them()
    {
        output.Check(500, Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var random = new Random(seed);
            var definition = Definition(random);
            var task = new Scenario(definition);
            var player = new RandomPlayer(task, random);

            task.Start(priority: random.Next(3) == 0 ? Priority.Urgent : Priority.Normal);
            player.Play(40);

            Count(definition, task, player);
        });

        foreach (var (what, count) in met) output.WriteLine($"{what}: {count}");
        string[] wanted =
        [
            "finished", "joins for all", "joins for any", "joins without a sign", "ways back", "returns", "close-outs", "breaches", "met clocks", "resumed clocks",
            "incidents", "withdrawn items", "refusals", "skipped activities",
        ];
        wanted.Except(met.Where(pair => pair.Value > 0).Select(pair => pair.Key)).ShouldBeEmpty("the generator no longer reaches these");
    }

    /// <summary>The next definition that the checker accepts; most are.</summary>
    private WorkflowDefinition Definition(Random random)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var problems = new ProblemList();
            if (An.Reader.Compile(new RandomTask(random).Build(), problems) is { } definition && !problems.HasErrors) return definition;
            Met("refused definitions", 1);
            problems.All.Where(problem => problem.Severity == Severity.Error && !problem.Expected.StartsWith("a way ", StringComparison.Ordinal)
                && !problem.Found.EndsWith("; it never runs", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        throw new InvalidOperationException("no definition was accepted");
    }

    private void Count(WorkflowDefinition definition, Scenario task, RandomPlayer player)
    {
        Met("finished", task.State.Status == InstanceStatus.Finished ? 1 : 0);
        Met("refusals", player.Refused);
        var seen = new HashSet<(int?, string)>();
        foreach (var fact in task.Journal)
            switch (fact)
            {
                case Fact.TokenCreated created:
                    var node = definition.Nodes[created.Node];
                    if (node.Parent?.Type is Flowchart && !seen.Add((created.Parent, created.Node))) Met("ways back", 1);
                    Met(JoinOf(node), 1);
                    break;
                case Fact.TokenCountsSet counts: Met("skipped activities", counts.Values.Count(count => count is { Key: ['c', ':', ..], Value: > 0 } && !counts.Values.ContainsKey("f:" + count.Key[2..]))); break;
                case Fact.StageEnded { Outcome: StageOutcome.Return }: Met("returns", 1); break;
                case Fact.StageEnded { Outcome: StageOutcome.CloseOut }: Met("close-outs", 1); break;
                case Fact.ClockBreached: Met("breaches", 1); break;
                case Fact.ClockResumed: Met("resumed clocks", 1); break;
                case Fact.ClockEnded { IsMet: true }: Met("met clocks", 1); break;
                case Fact.TokenFaulted: Met("incidents", 1); break;
                case Fact.ItemWithdrawn: Met("withdrawn items", 1); break;
            }
        Met("work items done", task.State.WorkItems.Count(item => item.State is WorkItemState.Done));
    }

    private static string JoinOf(Node node)
    {
        if (node.Parent is not { Type: Flowchart } chart || FlowGraph.Of(chart).ForwardInbound(node).Length < 2) return "others";
        return node.Type is not FlowJoin ? "joins without a sign" : node.LiteralText("mode") == "WaitAny" ? "joins for any" : "joins for all";
    }

    private void Met(string what, int count) => met[what] = met.GetValueOrDefault(what) + count;
}
