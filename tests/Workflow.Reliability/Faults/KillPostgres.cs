using Workflow.Reliability.Runs;

namespace Workflow.Reliability.Faults;

/// <summary>SIGKILL to PostgreSQL, the postmaster and everything under it, which is then started again. The servers stay.</summary>
internal sealed class KillPostgres : Fault
{
    public override string Name => "kill -9 of PostgreSQL";

    public override async Task StrikeAsync(Installation installation, Random random)
    {
        await installation.Postgres!.KillAsync();
        await installation.Postgres.StartAsync();
    }
}
