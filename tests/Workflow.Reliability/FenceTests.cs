using System.Collections.Concurrent;
using System.Globalization;
using Workflow.Reliability.Clients;
using Workflow.Reliability.Faults;
using Workflow.Reliability.Processes;
using Workflow.Reliability.Runs;

namespace Workflow.Reliability;

/// <summary>A server that stood still while its claim ended has the answer of its target in hand when it goes on. Another server has the effect now.</summary>
public class FenceTests
{
    private const int FirstAttempt = 1;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_claim_that_is_over_brings_changes_nothing_unless_the_fence_is_taken_away(bool withoutFence)
    {
        await using var installation = await Installation.StartAsync(new(StoreKind.ThreeNodes, new PauseServer(), 0, 0, 0)
        {
            // The attempt may go on for longer than the claim: that is what standing still comes to.
            Settings = new Dictionary<string, string> { ["Broken__NoFence"] = $"{withoutFence}", ["Delivery__TimeLimitSeconds"] = "40", ["Delivery__ClaimMarginSeconds"] = "-38" },
        });
        var (holder, others) = (installation.Nodes[0], installation.Nodes.Skip(1).ToList());
        var (mayAnswerFirst, mayAnswerLater) = (Signal(), Signal());
        var arrived = new ConcurrentBag<int>();
        installation.Target.BeforeAnswer = arrival =>
        {
            arrived.Add(arrival.Attempt);
            return arrival.Attempt == FirstAttempt ? mayAnswerFirst.Task : mayAnswerLater.Task;
        };
        using var caller = await ApiClient.SignInAsync(holder.Address, Staff.Operator);
        using var reader = await ApiClient.SignInAsync(others[0].Address, Staff.Operator);
        async Task<int?> HeardAsync(string instance) => (await reader.GetAsync($"instances/{instance}")).Body.GetProperty("variables").TryGetProperty("receipt", out var receipt)
            && int.TryParse(receipt.ToString(), CultureInfo.InvariantCulture, out var attempt) ? attempt : null;

        foreach (var other in others) await other.PauseAsync();
        var id = (await caller.PostAsync("instances", new { definitionId = TestDefinitions.Courier })).Text("id")!;
        await Poll.UntilAsync("the first server has sent the request", Limit, () => Task.FromResult(arrived.Contains(FirstAttempt)));
        await holder.PauseAsync();
        foreach (var other in others) await other.ContinueAsync();
        await Poll.UntilAsync("another server has sent it again", Limit, () => Task.FromResult(arrived.Any(attempt => attempt > FirstAttempt)));
        mayAnswerFirst.SetResult();
        await holder.ContinueAsync();
        await Poll.UntilAsync("the first server has told what it heard", Limit, async () =>
            await HeardAsync(id) is not null || holder.Output.Contains("ended after its claim", StringComparison.Ordinal));
        mayAnswerLater.SetResult();
        int? heard = null;
        await Poll.UntilAsync("the instance has heard", Limit, async () => (heard = await HeardAsync(id)) is not null);

        (heard == FirstAttempt).ShouldBe(withoutFence);
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
