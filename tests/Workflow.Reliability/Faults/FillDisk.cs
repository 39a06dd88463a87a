using Workflow.Reliability.Processes;
using Workflow.Reliability.Runs;

namespace Workflow.Reliability.Faults;

/// <summary>The disk of the database is full until a few commands have failed. Then there is room again, and what has ended meanwhile is started again, as a supervisor does.</summary>
internal sealed class FillDisk : Fault
{
    private const int FailedRequests = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public override string Name => "full disk";

    public override int? DiskMegabytes => 512;

    public override async Task StrikeAsync(Installation installation, Random random)
    {
        var failed = installation.Staff.Repeated;
        installation.Disk!.Fill();
        try
        {
            // What is written reuses free pages for a while; the log of transactions cannot.
            await Poll.UntilAsync("commands fail for want of room", Limit, () =>
            {
                installation.Disk.Fill();
                return Task.FromResult(installation.Staff.Repeated > failed + FailedRequests);
            });
        }
        finally
        {
            installation.Disk.Free();
        }
        await installation.RestartEndedAsync();
    }
}
