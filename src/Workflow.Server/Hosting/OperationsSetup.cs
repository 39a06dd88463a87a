using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Features.Operations;

namespace Workflow.Server.Hosting;

/// <summary>What operators see and do.</summary>
internal static class OperationsSetup
{
    public static void AddOperations(this IServiceCollection services, IConfiguration configuration, string folder)
    {
        services.Configure<OperationsOptions>(configuration.GetSection("Operations"));
        services.Configure<DiskOptions>(configuration.GetSection("Disk"));
        services.AddSingleton(provider => new DataFolder(folder).Disk(provider.GetRequiredService<Database>()));
        services.AddSingleton<DeadLetterDesk>();
        services.AddSingleton<Heartbeat>();
        services.AddHostedService(provider => provider.GetRequiredService<Heartbeat>());
        // Made at once: an endpoint that is no address ends the start before anything runs.
        var telemetry = new Telemetry(configuration.GetSection("Telemetry").Get<TelemetryOptions>() ?? new());
        services.AddHostedService(_ => telemetry);
    }
}
