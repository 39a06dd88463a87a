using Workflow.Engine.Storage.Reporting;

namespace Workflow.Server.Features.Reports;

internal static class ReportServices
{
    public static void AddReports(this IServiceCollection services, IConfiguration configuration, string definitions)
    {
        services.Configure<ReportOptions>(configuration.GetSection("Reports"));
        services.AddSingleton(ScorecardList.Read(definitions));
        services.AddSingleton<ReportQueries>();
        services.AddSingleton<ReportBuilder>();
        services.AddSingleton<ReportNames>();
        services.AddSingleton<ReportRequestReader>();
    }
}
