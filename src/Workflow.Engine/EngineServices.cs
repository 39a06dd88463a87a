using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Effects;
using Workflow.Engine.JointWork;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.Storage.Bursts;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine;

/// <summary>Puts the engine together in a host.</summary>
public static class EngineServices
{
    public static IServiceCollection AddWorkflowEngine(
        this IServiceCollection services, Database database, ActivityCatalog catalog, IReadOnlyCollection<BusinessCalendar> calendars, DefinitionLimits? limits = null,
        AdmissionList? admission = null, PauseCatalog? pauses = null, LadderBook? ladders = null)
    {
        services.AddSingleton(catalog);
        services.AddSingleton(provider => new CalendarLibrary(calendars, provider.GetRequiredService<DefinitionLibrary>()));
        services.AddSingleton<ClockChanges>();
        services.AddSingleton<ClockPreview>();
        services.AddSingleton<ClockVisits>();
        services.AddSingleton(new DefinitionReader(catalog, calendars.Select(calendar => calendar.Id).ToHashSet()) { Limits = limits ?? new(), Admission = admission, Pauses = pauses });
        services.AddSingleton(pauses ?? PauseCatalog.Empty);
        services.AddSingleton(ladders ?? LadderBook.None);
        services.AddSingleton(database);
        services.AddSingleton<IDbContextFactory<WorkflowDb>>(database);
        services.AddSingleton(StoredShapes.Current);
        services.AddSingleton<BurstStore>();
        services.AddSingleton<DefinitionLibrary>();
        services.AddSingleton<OrganisationLibrary>();
        services.AddSingleton<WorldLibrary>();
        services.AddSingleton<OrganisationStore>();
        services.AddSingleton<PlaceLibrary>();
        services.AddSingleton<OutlineStore>();
        services.AddSingleton<SubjectStore>();
        services.AddSingleton<CommitSignals>();
        services.AddSingleton<EngineMeter>();
        services.AddSingleton<CommitStatistics>();
        services.TryAddSingleton(new Disk(() => long.MaxValue));
        services.AddSingleton<DiskSpace>();
        services.AddSingleton<CommitQueue>();
        services.AddHostedService<Neighbours>();
        services.AddHostedService<DatabaseTimeKeeper>();
        services.AddSingleton<Timers>();
        services.AddHostedService(provider => provider.GetRequiredService<CommitQueue>());
        services.AddSingleton<Outbox>();
        services.AddSingleton<Backlog>();
        services.AddSingleton<Nodes>();
        services.AddSingleton<Waits>();
        services.AddSingleton<TextSearch>();
        services.AddSingleton<Answers>();
        services.AddSingleton<EndedInstances>();
        services.AddSingleton<Retention>();
        services.AddSingleton<EventPublisher>();
        services.AddSingleton<DryRun>();
        services.AddSingleton<EffectHandlers>();
        services.AddSingleton<Delivery>();
        services.AddSingleton<DeliveryLoop>();
        services.AddEffectHandler<StartChild, StartChildHandler>();
        services.AddEffectHandler<LearnRoutingRule, LearnRoutingRuleHandler>();
        services.AddEffectHandler<RungNotice, NoticeHandler>();
        services.AddEffectHandler<TellParent, TellParentHandler>();
        services.AddEffectHandler<TellTask, TellTaskHandler>();
        services.AddEffectHandler<PublishedEvent, PublishEventHandler>();
        return services;
    }

    /// <summary>Does the effects. A host on a virtual clock calls <see cref="DeliveryLoop.DeliverDueAsync"/> itself and leaves this out.</summary>
    public static IServiceCollection AddWorkflowDelivery(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<DeliveryLoop>());

    /// <summary>Timers and starts by time on Quartz. A host on a virtual clock drives the timers itself and leaves this out.</summary>
    public static IServiceCollection AddWorkflowTimers(this IServiceCollection services, Database database, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(database);
        services.AddSingleton<TimerSchedule>();
        services.AddQuartz(TimerSchedule.Scheduler, quartz =>
        {
            quartz.UseTimeProvider(TimeProvider.System);
            quartz.AddJob<TimerJob>(job => job.WithIdentity(TimerSchedule.Job).StoreDurably());
            quartz.ScheduleJob<RetentionJob>(
                trigger => trigger.StartNow().WithSimpleSchedule(every => every.WithInterval(RetentionJob.Interval).RepeatForever()),
                job => job.WithIdentity(RetentionJob.Key));
        });
        services.AddQuartzHostedService(TimerSchedule.Scheduler, options => options.WaitForJobsToComplete = true);
        services.AddHostedService<TimerStart>();
        services.AddHostedService(provider => provider.GetRequiredService<ClockVisits>());
        services.AddQuartz(StartPlan.Scheduler, quartz =>
        {
            quartz.UseTimeProvider(time is DemoClock ? TimeProvider.System : time);
            // A demo clock begins anew with each server, so nothing of it can be kept.
            if (time is not DemoClock)
                quartz.UsePersistentStore(store =>
                {
                    database.KeepSchedule(store);
                    store.UseSystemTextJsonSerializer();
                    store.ProvisionSchema();
                    if (database.IsShared) store.UseClustering();
                });
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.GenerateInstanceId = true;
                scheduler.IdleWaitTime = TimeSpan.FromSeconds(10);
            });
            quartz.AddJob<StartByTimeJob>(job => job.WithIdentity(StartPlan.Job).StoreDurably().RequestRecovery());
        });
        services.AddSingleton<StartPlan>();
        services.AddHostedService(provider => provider.GetRequiredService<StartPlan>());
        services.AddQuartzHostedService(StartPlan.Scheduler, options => options.WaitForJobsToComplete = true);
        return services;
    }
}
