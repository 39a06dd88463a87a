using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests;

/// <summary>One real server for a class of tests, in the night of the National Day holiday; the clock runs at real speed.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public ServerProcess Server { get; } = new(ServerProcess.NewFolder(), "--now", "2026-10-03T02:14:00+08:00");

    public Uri Address => Server.Address;

    public Task InitializeAsync() => Server.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
