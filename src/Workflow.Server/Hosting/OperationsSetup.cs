using Workflow.Server.Features.Operations;

namespace Workflow.Server.Hosting;

/// <summary>What operators see and do.</summary>
internal static class OperationsSetup
{
    public static void AddOperations(this IServiceCollection services, IConfiguration configuration, string folder)
    {
        services.Configure<OperationsOptions>(configuration.GetSection("Operations"));
        services.AddSingleton(new DataFolder(folder));
        services.AddSingleton<DeadLetterDesk>();
        services.AddSingleton<Heartbeat>();
        services.AddHostedService(provider => provider.GetRequiredService<Heartbeat>());
        // Made at once: an endpoint that is no address ends the start before anything runs.
        var telemetry = new Telemetry(configuration.GetSection("Telemetry").Get<TelemetryOptions>() ?? new());
        services.AddHostedService(_ => telemetry);
    }
}
