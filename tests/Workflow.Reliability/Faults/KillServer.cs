using Workflow.Reliability.Runs;

namespace Workflow.Reliability.Faults;

/// <summary>SIGKILL to one server, which is then started again.</summary>
internal sealed class KillServer : Fault
{
    public override string Name => "kill -9 of a server";

    public override async Task StrikeAsync(Installation installation, Random random)
    {
        var node = installation.Nodes[random.Next(installation.Nodes.Count)];
        await node.KillAsync();
        await node.StartAsync();
    }
}
