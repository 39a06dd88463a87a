using System.Text.Json;
using FsCheck.Fluent;
using Workflow.Engine.Definitions;
using Workflow.Engine.Tests.Clocks;
using Xunit.Abstractions;

namespace Workflow.Engine.Tests.Definitions;

public class FlowGraphTests(ITestOutputHelper output)
{
    [Fact]
    public void Forward_flows_reach_everything_without_a_cycle_and_a_bypass_is_a_way_around_the_target()
    {
        var (backward, bypassing) = (0, 0);
        var graphs = from nodes in Gen.Choose(1, 6)
                     from ends in Gen.Choose(0, (nodes * nodes) - 1).ListOf(Math.Min(8, nodes * nodes))
                     select (nodes, ends.Distinct().Select(end => (From: end / nodes, To: end % nodes)).ToArray());
        output.Check(1_000, graphs, @case =>
        {
            var (count, ends) = @case;
            var graph = FlowGraph.Of(Chart(count, ends));

            var start = int.Parse(graph.Start!.Id, null);
            var forward = ends.Index().Where(end => graph.Reachable.Contains($"{end.Item.From}") && !graph.IsBackward(end.Index)).Select(end => end.Item).ToArray();
            Reach(ends, start, null).Order().ShouldBe(graph.Reachable.Select(id => int.Parse(id, null)).Order());
            Reach(forward, start, null).Count.ShouldBe(graph.Reachable.Count);
            forward.Where(flow => Reach(forward, flow.To, null).Contains(flow.From)).ShouldBeEmpty();
            foreach (var (index, flow) in ends.Index().Where(end => graph.IsBackward(end.Index) && graph.Reachable.Contains($"{end.Item.From}")))
            {
                Reach(forward, flow.To, null).ShouldContain(flow.From, "a backward flow closes a cycle of forward flows");
                graph.BypassesTarget(index).ShouldBe(flow.From != flow.To && Reach(forward, start, flow.To).Contains(flow.From));
                backward++;
                if (graph.BypassesTarget(index)) bypassing++;
            }
        });

        backward.ShouldBeGreaterThan(200);
        bypassing.ShouldBeGreaterThan(20);
    }

    /// <summary>Nodes that can be reached from one by these flows, never entering <paramref name="without"/>.</summary>
    private static HashSet<int> Reach((int From, int To)[] flows, int from, int? without)
    {
        var found = new HashSet<int>();
        if (from != without) found.Add(from);
        while (flows.Any(flow => found.Contains(flow.From) && flow.To != without && found.Add(flow.To)))
        {
        }
        return found;
    }

    private static Node Chart(int nodes, (int From, int To)[] ends) => TestCatalog.Definition(JsonSerializer.Serialize(new
    {
        id = "chart",
        type = "Test.Chart",
        activities = Enumerable.Range(0, nodes).Select(node => new { id = $"{node}", type = "Test.List" }),
        connections = ends.Select(end => new { source = $"{end.From}", target = $"{end.To}" }),
    })).Root;
}
