using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Commands;

namespace Workflow.Server.Hosting;

/// <summary>
/// Says in the table <c>nodes</c> that this server is there, forgets those that are long gone, and keeps the instruments of what waits up to date.
/// By the database's clock, so that servers whose clocks differ see one another right, and in real time, also on a demo clock.
/// </summary>
internal sealed class Heartbeat(
    Nodes nodes, Backlog backlog, EngineMeter meter, DiskSpace disk, TimeProvider time, IHostApplicationLifetime lifetime, IOptions<OperationsOptions> options,
    IServer server, ILogger<Heartbeat> log) : BackgroundService
{
    private static readonly DateTimeOffset StartedAt = new(System.Diagnostics.Process.GetCurrentProcess().StartTime.ToUniversalTime());

    /// <summary>This server's row; null until it listens.</summary>
    public NodeRow? Own { get; private set; }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Own is not null) await TryAsync(() => nodes.LeaveAsync(Own, cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ListensAsync(stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), TimeProvider.System);
        do await TryAsync(() => BeatAsync(stoppingToken));
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task BeatAsync(CancellationToken cancel)
    {
        var now = await nodes.NowAsync(cancel);
        Own = new()
        {
            Name = Cut(options.Value.NodeName ?? Environment.MachineName), Address = Cut(AddressOf(server)), Version = Cut(CommandLine.Version), StartedAt = StartedAt, SeenAt = now,
        };
        await nodes.BeatAsync(Own, cancel);
        await nodes.RemoveAsync(now - TimeSpan.FromHours(options.Value.ForgetAfterHours), cancel);
        // Told in the log also while nobody wants to start anything.
        disk.Read();
        meter.Show(await backlog.ReadAsync(time.GetUtcNow(), cancel));
    }

    /// <summary>The address is known only when the server listens.</summary>
    private async Task ListensAsync(CancellationToken cancel)
    {
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(() => listens.TrySetResult());
        await using var stopped = cancel.Register(() => listens.TrySetCanceled(cancel));
        await listens.Task;
    }

    /// <summary>A database that does not answer is told by the commit queue and by /health/ready; the next beat comes.</summary>
    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            log.LogWarning(problem, "The sign of life of this server could not be stored");
        }
    }

    private static string AddressOf(IServer server) =>
        string.Join(", ", server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);

    private static string Cut(string text) => text.Length <= NodeRow.NameLength ? text : text[..NodeRow.NameLength];
}
