using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Serilog;
using Workflow.Activities.Http;
using Workflow.Engine;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Backups;
using Workflow.Server.Commands;
using Workflow.Server.Confidentiality;
using Workflow.Server.EvidenceFiles;
using Workflow.Server.Features;
using Workflow.Server.Features.Changes;
using Workflow.Server.Features.ClockChanges;
using Workflow.Server.Features.Definitions;
using Workflow.Server.Features.Instances;
using Workflow.Server.Features.JointWork;
using Workflow.Server.Features.Lists;
using Workflow.Server.Features.Organisation;
using Workflow.Server.Features.Places;
using Workflow.Server.Features.Reports;
using Workflow.Server.Features.Tasks;
using Workflow.Server.Features.WorkItems;
using Workflow.Server.Http;
using Workflow.Server.Notices;

namespace Workflow.Server.Hosting;

/// <summary>Puts the server together: the one place where everything is known.</summary>
internal static class ServerHost
{
    /// <summary>The kinds of effect that the server does itself.</summary>
    public static IReadOnlyList<string> OwnEffects { get; } = [.. new[] { typeof(StartChild), typeof(TellParent), typeof(TellTask), typeof(PublishedEvent), typeof(HttpCall), typeof(NotifyByGateway), typeof(NotifyByMail) }.Select(EffectAttribute.NameOf)];

    public static async Task<int> RunAsync(ServeSettings settings, CancellationToken cancel)
    {
        try
        {
            var app = await BuildAsync(settings, cancel);
            await using (app)
            {
                // When it has run, the services that they come from are gone.
                var background = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
                await app.RunAsync(cancel);
                // The host stops when a service in the background fails, and has logged why. Whoever watches the process has to start it again.
                if (background.Exists(service => service.ExecuteTask is { IsFaulted: true })) return CommandLine.FoundWrong;
            }
            return CommandLine.Done;
        }
        catch (UnusableFileException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return CommandLine.FoundWrong;
        }
        catch (UnusableDatabaseException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return CommandLine.FoundWrong;
        }
        catch (UnusableSettingException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return CommandLine.BadUsage;
        }
    }

    internal static async Task<WebApplication> BuildAsync(ServeSettings settings, CancellationToken cancel)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ServerHost).Assembly.GetName().Name,
            EnvironmentName = settings.Environment,
            ContentRootPath = ContentRoot(),
        });
        // Beside the build output the client's files lie where the manifest says, in every environment; a published server has them in wwwroot.
        builder.WebHost.UseStaticWebAssets();
        if (settings.Urls is { } urls) builder.WebHost.UseUrls(urls);
        if (settings.HasDemoClock && !builder.Environment.IsDevelopment())
            throw new UnusableSettingException($"--now and --speed: expected environment Development, found {builder.Environment.EnvironmentName}");
        if (builder.Configuration.GetSection("Broken").Exists() && !builder.Environment.IsDevelopment())
            throw new UnusableSettingException($"Broken: expected environment Development, found {builder.Environment.EnvironmentName}");

        Settings.Check(builder.Configuration);
        var folder = DataFolder(settings.DataFolder, builder.Configuration);
        var database = Tables.DatabaseOf(builder.Configuration.GetSection("Database").Get<DatabaseOptions>() ?? new(), folder);
        var serving = DatabaseLock.Share(database);
        var definitions = builder.Configuration["Data:Definitions"] ?? "definitions";
        var calendars = DefinitionFiles.ReadCalendars(DefinitionFiles.Folder(definitions, "calendars"));
        var time = await ClockAsync(settings, database, cancel);

        var plugins = Plugin.Load([.. builder.Configuration.GetSection("Plugins").Get<string[]>() ?? [], .. settings.Plugins]);

        AddServices(builder, folder, database, time);
        builder.Services.AddReports(builder.Configuration, definitions);
        var notices = NoticeOptions.Of(builder.Configuration);
        builder.Services.AddNotices(notices);
        builder.Services.AddWorkflowEngine(
            database, Plugin.Catalog(plugins), calendars, builder.Configuration.GetSection("Definitions").Get<DefinitionLimits>(), DefinitionFiles.ReadAdmission(definitions), DefinitionFiles.ReadPauseReasons(definitions),
            NoticeSetup.ReadLadders(definitions, calendars, notices));
        foreach (var handler in plugins.SelectMany(plugin => plugin.Handlers)) builder.Services.AddEffectHandler(handler);
        builder.Services.AddWorkflowTimers(database, time);
        builder.Services.AddWorkflowDelivery();
        // Made by the container, so that it ends with it.
        builder.Services.AddSingleton(_ => serving);
        var app = builder.Build();
        app.Services.GetRequiredService<DatabaseLock>();
        app.MapServer();
        await StartUp.RunAsync(app, definitions, calendars, cancel);
        return app;
    }

    /// <summary>The settings as the server reads them, for commands that do not serve.</summary>
    internal static ConfigurationManager Configuration() =>
        WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(ServerHost).Assembly.GetName().Name, ContentRootPath = ContentRoot() }).Configuration;

    internal static string DataFolder(string? option, IConfiguration configuration) =>
        Directory.CreateDirectory(DataFolderPath(option, configuration)).FullName;

    /// <summary>Where the data folder is, or would be.</summary>
    internal static string DataFolderPath(string? option, IConfiguration configuration) => Path.GetFullPath(option ?? configuration["Data:Folder"] ?? "data");

    /// <summary>Tried at the start: found out only when the first instance is old enough, it would be a year late.</summary>
    internal static string ArchiveFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            using var probe = new FileStream(Path.Combine(path, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return path;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UnusableSettingException($"Retention:ArchiveFolder: expected a folder that files can be written to, found '{path}': {problem.Message}");
        }
    }

    private static void AddServices(WebApplicationBuilder builder, string folder, Database database, TimeProvider time)
    {
        var retention = builder.Configuration.GetSection("Retention").Get<RetentionOptions>() ?? new();
        retention.ArchiveFolder = string.IsNullOrEmpty(retention.ArchiveFolder) ? null : ArchiveFolder(Path.GetFullPath(retention.ArchiveFolder, folder));
        var logger = new LoggerConfiguration().ReadFrom.Configuration(builder.Configuration)
            .WriteTo.File(Path.Combine(folder, "logs", "workflow-.log"), rollingInterval: RollingInterval.Day, retainedFileCountLimit: retention.LogDays, formatProvider: System.Globalization.CultureInfo.InvariantCulture)
            .CreateLogger();
        builder.Logging.ClearProviders().AddSerilog(logger, dispose: true);
        var (services, configuration) = (builder.Services, builder.Configuration);
        var limits = configuration.GetSection("Limits").Get<Limits>() ?? new();
        services.Configure<Limits>(configuration.GetSection("Limits"));
        services.Configure<CommitQueueOptions>(configuration.GetSection("CommitQueue"));
        services.AddSingleton(Options.Create(retention));
        services.Configure<BrokenOptions>(configuration.GetSection("Broken"));
        services.Configure<HttpOptions>(configuration.GetSection("Http"));
        services.AddSingleton<OutsideAddress>();
        services.AddEffectHandler<HttpCall, HttpCallHandler>();
        services.Configure<DeliveryOptions>(configuration.GetSection("Delivery"));
        services.Configure<ScriptOptions>(configuration.GetSection("Scripts"));
        services.Configure<OddPausingOptions>(configuration.GetSection("OddPausing"));
        services.Configure<InstanceLimits>(configuration.GetSection("Instances"));
        services.Configure<PlaceOptions>(configuration.GetSection("Places"));
        services.Configure<TimerOptions>(configuration.GetSection("Timers"));
        services.Configure<ChangeFeedOptions>(configuration.GetSection("ChangeFeed"));
        services.Configure<DatabaseOptions>(configuration.GetSection("Database"));
        services.AddSingleton(time);
        services.AddEvidence(configuration, new DataFolder(folder).Evidence);
        services.AddReporters(configuration, new DataFolder(folder).ReporterKeys);
        services.AddSingleton<CommandDesk>();
        services.AddSingleton<InstanceReader>();
        services.AddSingleton<ListFilterReader>();
        services.AddSingleton<TaskRaiser>();
        services.AddSingleton<WorkItemDesk>();
        services.AddSingleton<ClaimCheck>();
        services.AddSingleton<TaskDesk>();
        services.AddSingleton<PlaceDesk>();
        services.AddSingleton<OrganisationImporter>();
        services.AddSingleton<ClockChangeDesk>();
        services.Configure<ClockChangeOptions>(configuration.GetSection("ClockChanges"));
        services.AddSingleton<InstanceDesk>();
        services.AddOperations(configuration, folder);
        services.AddSingleton<DefinitionDesk>();
        services.AddScoped<DemoOrganisation>();
        services.AddAccess(database, limits);
        services.AddDataProtection().SetApplicationName("Workflow").PersistKeysToDbContext<AccessDb>();
        services.AddAutoMapper(mapping => mapping.AddMaps(typeof(ServerHost)));
        services.AddSignalR();
        services.AddHostedService(provider => new ChangeFeed(
            provider.GetRequiredService<IDbContextFactory<WorkflowDb>>(), provider.GetRequiredService<CommitSignals>(),
            async (keys, stopping) =>
            {
                await provider.GetRequiredService<IHubContext<ChangesHub>>().Clients.All.SendAsync(ChangesHub.Method, keys, stopping);
                // Published or retracted over the API, here or on another server.
                if (keys.Contains(ChangeKeys.Definitions)) await provider.GetRequiredService<StartPlan>().RenewOrLogAsync();
            },
            provider.GetRequiredService<IOptions<ChangeFeedOptions>>(), provider.GetRequiredService<ILogger<ChangeFeed>>()));
        services.AddWebApi(builder.WebHost, limits);
    }

    /// <summary>
    /// Real time, or a demo clock. A demo clock never goes back behind what is stored: started again with the same <c>--now</c> it goes on
    /// where the stored tasks are.
    /// </summary>
    private static async Task<TimeProvider> ClockAsync(ServeSettings settings, Database database, CancellationToken cancel)
    {
        if (!settings.HasDemoClock) return database.IsShared ? await DatabaseTime.StartAsync(database, cancel) : TimeProvider.System;
        var start = settings.Now ?? TimeProvider.System.GetUtcNow();
        if (await StartUp.LatestStoredTimeAsync(database, cancel) is { } stored && stored > start) start = stored;
        return new DemoClock(start, settings.Speed ?? 1);
    }

    /// <summary>Where appsettings.json lies: the working directory when it has one, else the folder of the program.</summary>
    private static string ContentRoot() =>
        File.Exists(Path.Combine(Directory.GetCurrentDirectory(), "appsettings.json")) ? Directory.GetCurrentDirectory() : AppContext.BaseDirectory;
}

/// <summary>A setting cannot be used; the message says which, what was expected and what was found.</summary>
internal sealed class UnusableSettingException(string message) : Exception(message);
