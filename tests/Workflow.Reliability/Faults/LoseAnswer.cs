using Workflow.Reliability.Processes;
using Workflow.Reliability.Runs;

namespace Workflow.Reliability.Faults;

/// <summary>The connection of a client breaks after its command was forwarded: before the answer, or within it.</summary>
internal sealed class LoseAnswer : Fault
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly List<LossyProxy> proxies = [];

    public override string Name => "lost answer";

    public override void Prepare(Installation installation)
    {
        proxies.AddRange(installation.Nodes.Select(node => new LossyProxy(node.Address)));
        installation.Addresses = [.. proxies.Select(proxy => proxy.Address)];
    }

    public override async Task StrikeAsync(Installation installation, Random random)
    {
        var proxy = proxies[random.Next(proxies.Count)];
        var cuts = proxy.Cuts;
        proxy.CutNext((CutPoint)random.Next(Enum.GetValues<CutPoint>().Length));
        await Poll.UntilAsync("an answer is lost", Limit, () => Task.FromResult(proxy.Cuts > cuts));
    }

    /// <summary>The proxies stay: without a cut they only forward.</summary>
    public override Task EndAsync(Installation installation)
    {
        foreach (var proxy in proxies) installation.AlsoDispose(proxy);
        return Task.CompletedTask;
    }
}
