using Workflow.Reliability.Clients;
using Workflow.Reliability.Processes;
using Workflow.Reliability.Runs;

namespace Workflow.Reliability.Faults;

/// <summary>
/// SIGSTOP to one server for longer than its claims last and clients wait, then SIGCONT: it goes on and does not know that time has passed, and that
/// others have its effects and its commands in hand.
/// </summary>
internal sealed class PauseServer : Fault
{
    private static readonly TimeSpan Pause = Installation.ClaimSpan + Staff.AnswerLimit;
    private static readonly TimeSpan Limit = Pause * 4;

    public override string Name => "pause of a server";

    public override async Task StrikeAsync(Installation installation, Random random)
    {
        var node = installation.Nodes[random.Next(installation.Nodes.Count)];
        await node.PauseAsync();
        var began = TimeProvider.System.GetTimestamp();
        await Poll.UntilAsync("the pause is over", Limit, () => Task.FromResult(TimeProvider.System.GetElapsedTime(began) > Pause));
        await node.ContinueAsync();
    }
}
