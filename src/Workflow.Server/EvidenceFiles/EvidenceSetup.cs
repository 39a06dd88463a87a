using Microsoft.Extensions.Options;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Hosting;

namespace Workflow.Server.EvidenceFiles;

internal static class EvidenceSetup
{
    public static void AddEvidence(this IServiceCollection services, IConfiguration configuration, string folder)
    {
        var options = configuration.GetSection("Evidence").Get<EvidenceOptions>() ?? new();
        if (options.Accepted.Except(FileType.Known).ToList() is { Count: > 0 } unknown)
            throw new UnusableSettingException($"Evidence:Types: expected some of {string.Join(", ", FileType.Known)}, found {string.Join(", ", unknown)}");
        services.AddSingleton(Options.Create(options));
        services.AddSingleton(new EvidenceStore(folder));
        services.AddSingleton<EvidenceSweep>();
        services.AddHostedService<EvidenceSweeper>();
    }
}

/// <summary>Has <see cref="EvidenceSweep"/> run now and then, in real time: files know no other. What fails is done at the next run.</summary>
internal sealed class EvidenceSweeper(EvidenceSweep sweep, IOptions<EvidenceOptions> options, ILogger<EvidenceSweeper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(options.Value.SweepMinutes), TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                await sweep.RunAsync(TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(options.Value.OrphanHours), stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogWarning(problem, "Evidence that nobody refers to could not be looked for");
            }
    }
}
