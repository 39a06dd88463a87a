using System.Globalization;
using Workflow.Reliability.Faults;
using Workflow.Reliability.Runs;
using Xunit.Abstractions;

namespace Workflow.Reliability;

/// <summary>The short form of the long runs in docs/reliability.md.</summary>
public class FaultTests(ITestOutputHelper output)
{
    private const int Clients = 6;

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public Task A_server_is_killed(string store) => HoldsAsync(store, new KillServer(), 4);

    [Fact]
    public Task One_server_of_three_is_killed() => HoldsAsync("ThreeNodes", new KillServer(), 2);

    [Fact]
    public Task One_server_of_three_stands_still_for_longer_than_its_claims_last() => HoldsAsync("ThreeNodes", new PauseServer(), 2);

    [Fact]
    public Task PostgreSQL_is_killed() => HoldsAsync("Postgres", new KillPostgres(), 3);

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("ThreeNodes")]
    public Task Answers_are_lost(string store) => HoldsAsync(store, new LoseAnswer(), 20);

    [DiskTheory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public Task The_disk_is_full(string store) => HoldsAsync(store, new FillDisk(), 2);

    [ClockTheory]
    [InlineData("Sqlite")]
    [InlineData("ThreeNodes")]
    public Task A_clock_jumps(string store) => HoldsAsync(store, new JumpClock(), 3);

    private async Task HoldsAsync(string store, Fault fault, int times)
    {
        var report = await ReliabilityRun.RunAsync(new(Enum.Parse<StoreKind>(store), fault, times, Clients, Seeds.Next()), output.WriteLine);

        report.Acknowledged.ShouldBeGreaterThan(times);
        report.Broken.ShouldBeEmpty();
    }
}

/// <summary>Another seed each time, unless <c>WORKFLOW_SEED</c> repeats one that a run has printed.</summary>
internal static class Seeds
{
    public static int Next() => Environment.GetEnvironmentVariable("WORKFLOW_SEED") is { } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : (int)(TimeProvider.System.GetTimestamp() % int.MaxValue);
}
