using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>The one model. Times are stored as UTC ticks, so that every provider compares and keeps them exactly.</summary>
public class WorkflowDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<InstanceRow> Instances => Set<InstanceRow>();

    public DbSet<JournalRow> Journal => Set<JournalRow>();

    public DbSet<BookmarkRow> Bookmarks => Set<BookmarkRow>();

    public DbSet<TimerRow> Timers => Set<TimerRow>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<IncidentRow> Incidents => Set<IncidentRow>();

    public DbSet<TaskRow> Tasks => Set<TaskRow>();

    public DbSet<TaskEvaluationRow> TaskEvaluations => Set<TaskEvaluationRow>();

    public DbSet<WorkItemRow> WorkItems => Set<WorkItemRow>();

    public DbSet<CopyRow> Copies => Set<CopyRow>();

    public DbSet<PauseRow> Pauses => Set<PauseRow>();

    public DbSet<NoticeRow> Notices => Set<NoticeRow>();

    public DbSet<NoticeSeenRow> NoticesSeen => Set<NoticeSeenRow>();

    public DbSet<NotificationRow> Notifications => Set<NotificationRow>();

    public DbSet<ContactRow> Contacts => Set<ContactRow>();

    public DbSet<SavedFilterRow> SavedFilters => Set<SavedFilterRow>();

    public DbSet<TaskSummaryRow> TaskSummaries => Set<TaskSummaryRow>();

    public DbSet<TaskStageRow> TaskStages => Set<TaskStageRow>();

    public DbSet<TaskWorkRow> TaskWork => Set<TaskWorkRow>();

    public DbSet<TaskPauseRow> TaskPauses => Set<TaskPauseRow>();

    public DbSet<HandRow> Hands => Set<HandRow>();

    public DbSet<TaskTextRow> TaskTexts => Set<TaskTextRow>();

    public DbSet<RoutingRuleRow> RoutingRules => Set<RoutingRuleRow>();

    public DbSet<ClockRow> Clocks => Set<ClockRow>();

    public DbSet<ClockChangeRow> ClockChanges => Set<ClockChangeRow>();

    public DbSet<DefinitionRow> Definitions => Set<DefinitionRow>();

    public DbSet<DraftRow> Drafts => Set<DraftRow>();

    public DbSet<SequenceRow> Sequences => Set<SequenceRow>();

    public DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();

    public DbSet<ChangeRow> Changes => Set<ChangeRow>();

    public DbSet<AreaRow> Areas => Set<AreaRow>();

    public DbSet<TeamRow> Teams => Set<TeamRow>();

    public DbSet<TeamAreaRow> TeamAreas => Set<TeamAreaRow>();

    public DbSet<MemberRow> Members => Set<MemberRow>();

    public DbSet<TeamMemberRow> TeamMembers => Set<TeamMemberRow>();

    public DbSet<CertificateRow> Certificates => Set<CertificateRow>();

    public DbSet<ShiftRow> Shifts => Set<ShiftRow>();

    public DbSet<DutyRow> Duties => Set<DutyRow>();

    public DbSet<AbsenceRow> Absences => Set<AbsenceRow>();

    public DbSet<ShiftHandoverRow> ShiftHandovers => Set<ShiftHandoverRow>();

    public DbSet<OpenAlarmRow> OpenAlarms => Set<OpenAlarmRow>();

    public DbSet<RecurrenceRow> Recurrences => Set<RecurrenceRow>();

    public DbSet<EvidenceRow> Evidence => Set<EvidenceRow>();

    public DbSet<ReporterRow> Reporters => Set<ReporterRow>();

    public DbSet<ReporterLookRow> ReporterLooks => Set<ReporterLookRow>();

    public DbSet<OutlineRow> Outlines => Set<OutlineRow>();

    public DbSet<SubjectRow> Subjects => Set<SubjectRow>();

    public DbSet<TreeRow> Tree => Set<TreeRow>();

    public DbSet<OrderRow> Orders => Set<OrderRow>();

    public DbSet<NodeRow> Nodes => Set<NodeRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<TicksConverter>();
        configurationBuilder.Properties<DateOnly>().HaveConversion<string>().HaveMaxLength(10);
        configurationBuilder.Properties<TimeOnly>().HaveConversion<string>().HaveMaxLength(16);
        configurationBuilder.Properties<InstanceId>().HaveConversion<InstanceIdConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<InstanceRow>(row =>
        {
            row.ToTable("instances").HasKey(instance => instance.Id);
            row.Property(instance => instance.DefinitionId).HasMaxLength(KeyLength.DefinitionId);
            // The list of instances is sorted by start; each of its filters that leaves few of many has an index.
            row.HasIndex(instance => instance.StartedAt);
            row.HasIndex(instance => new { instance.Status, instance.StartedAt });
            row.HasIndex(instance => new { instance.DefinitionId, instance.StartedAt });
            row.HasIndex(instance => instance.CorrelationKey).HasFilter("\"CorrelationKey\" is not null");
            row.HasIndex(instance => instance.ParentId).HasFilter("\"ParentId\" is not null");
        });
        modelBuilder.Entity<JournalRow>(row => row.ToTable("journal").HasKey(burst => new { burst.InstanceId, burst.Revision }));
        modelBuilder.Entity<BookmarkRow>(row =>
        {
            row.ToTable("bookmarks").HasKey(bookmark => new { bookmark.InstanceId, bookmark.Number });
            row.HasIndex(bookmark => bookmark.LookupKey);
        });
        modelBuilder.Entity<TimerRow>(row =>
        {
            row.ToTable("timers").HasKey(timer => new { timer.InstanceId, timer.Kind, timer.Number });
            row.HasIndex(timer => timer.DueAt);
        });
        modelBuilder.Entity<OutboxRow>(row =>
        {
            row.ToTable("outbox").HasKey(effect => new { effect.InstanceId, effect.Number });
            row.HasIndex(effect => new { effect.State, effect.NextAt });
        });
        modelBuilder.Entity<IncidentRow>(row =>
        {
            row.ToTable("incidents").HasKey(incident => new { incident.InstanceId, incident.Number });
            row.HasIndex(incident => new { incident.IsOpen, incident.At });
        });
        modelBuilder.Entity<TaskEvaluationRow>(row => row.ToTable("task_evaluations").HasKey(evaluation => evaluation.InstanceId));
        modelBuilder.Entity<OpenAlarmRow>(row =>
        {
            row.ToTable("open_alarms").HasKey(alarm => new { alarm.DefinitionId, alarm.SubjectKey });
            row.Property(alarm => alarm.DefinitionId).HasMaxLength(KeyLength.DefinitionId);
            row.Property(alarm => alarm.SubjectKey).HasMaxLength(KeyLength.SubjectKey);
        });
        modelBuilder.Entity<RecurrenceRow>(row =>
        {
            row.ToTable("recurrences").HasKey(recurrence => recurrence.PreviousId);
            row.Property(recurrence => recurrence.Number).HasMaxLength(KeyLength.TaskNumber);
            row.HasIndex(recurrence => recurrence.InstanceId);
        });
        modelBuilder.Entity<TreeRow>(row =>
        {
            row.ToTable("task_tree").HasKey(part => part.InstanceId);
            row.HasIndex(part => part.RootId);
        });
        modelBuilder.Entity<OrderRow>(row => row.ToTable("orders").HasKey(order => order.InstanceId));
        ClockChangeRow.Map(modelBuilder);
        modelBuilder.Entity<EvidenceRow>(row =>
        {
            row.ToTable("evidence").HasKey(evidence => new { evidence.InstanceId, evidence.WorkItem, evidence.Position });
            row.Property(evidence => evidence.Sha256).HasMaxLength(KeyLength.Sha256);
            row.HasIndex(evidence => evidence.Sha256);
        });
        modelBuilder.Entity<DefinitionRow>(row =>
        {
            row.ToTable("definitions").HasKey(definition => new { definition.DefinitionId, definition.Version });
            row.Property(definition => definition.DefinitionId).HasMaxLength(KeyLength.DefinitionId);
        });
        modelBuilder.Entity<DraftRow>(row =>
        {
            row.ToTable("drafts").HasKey(draft => draft.DefinitionId);
            row.Property(draft => draft.DefinitionId).HasMaxLength(KeyLength.DefinitionId);
            row.Property(draft => draft.Revision).IsConcurrencyToken();
            row.Property(draft => draft.Hash).IsConcurrencyToken();
        });
        modelBuilder.Entity<SequenceRow>(row =>
        {
            row.ToTable("sequences").HasKey(sequence => sequence.Name);
            row.Property(sequence => sequence.Name).HasMaxLength(KeyLength.Sequence);
        });
        modelBuilder.Entity<IdempotencyRow>(row =>
        {
            row.ToTable("idempotency_keys").HasKey(key => key.KeyHash);
            row.Property(key => key.KeyHash).HasMaxLength(SHA256.HashSizeInBytes);
            row.HasIndex(key => key.At);
        });
        modelBuilder.Entity<ChangeRow>(row => row.ToTable("changes").HasKey(change => change.Sequence));
        modelBuilder.Entity<NodeRow>(row =>
        {
            row.ToTable("nodes").HasKey(node => new { node.Name, node.Address });
            row.Property(node => node.Name).HasMaxLength(NodeRow.NameLength);
            row.Property(node => node.Address).HasMaxLength(NodeRow.NameLength);
            row.Property(node => node.Version).HasMaxLength(NodeRow.NameLength);
        });
        ListTables.Map(modelBuilder);
        ReporterTables.Map(modelBuilder);
        Storage.TaskSummaries.Map(modelBuilder);
        MapOrganisation(modelBuilder);
        MapPlaces(modelBuilder);
    }

    private static void MapOrganisation(ModelBuilder model)
    {
        model.Entity<AreaRow>(row =>
        {
            row.ToTable("areas").HasKey(area => area.Code);
            row.Property(area => area.Code).HasMaxLength(KeyLength.AreaCode);
            row.Property(area => area.Path).HasMaxLength(KeyLength.AreaPath);
            row.Property(area => area.DistrictCode).HasMaxLength(KeyLength.AreaCode).HasDefaultValue("").ValueGeneratedNever();
            row.Property(area => area.Calendar).HasMaxLength(KeyLength.Calendar);
            row.HasIndex(area => area.Path);
        });
        model.Entity<TeamRow>(row =>
        {
            row.ToTable("teams").HasKey(team => team.Id);
            row.Property(team => team.Id).HasMaxLength(KeyLength.TeamId);
            row.Property(team => team.Calendar).HasMaxLength(KeyLength.Calendar);
        });
        model.Entity<TeamAreaRow>(row =>
        {
            row.ToTable("team_areas").HasKey(cover => new { cover.TeamId, cover.AreaCode });
            row.Property(cover => cover.Shift).HasMaxLength(KeyLength.Shift).HasDefaultValue("").ValueGeneratedNever();
            row.Property(cover => cover.TeamId).HasMaxLength(KeyLength.TeamId);
            row.Property(cover => cover.AreaCode).HasMaxLength(KeyLength.AreaCode);
        });
        model.Entity<RoutingRuleRow>(row =>
        {
            row.ToTable("routing_rules").HasKey(rule => new { rule.DefinitionId, rule.LookupKey });
            row.Property(rule => rule.DefinitionId).HasMaxLength(KeyLength.DefinitionId);
            row.Property(rule => rule.TeamId).HasMaxLength(KeyLength.TeamId);
            row.Property(rule => rule.AreaCode).HasMaxLength(KeyLength.AreaCode);
            row.Property(rule => rule.TaskNumber).HasMaxLength(KeyLength.TaskNumber);
        });
        model.Entity<MemberRow>(row =>
        {
            row.ToTable("members").HasKey(member => member.UserId);
            row.Property(member => member.UserId).HasMaxLength(KeyLength.UserId);
        });
        model.Entity<TeamMemberRow>(row =>
        {
            row.ToTable("team_members").HasKey(member => new { member.TeamId, member.UserId });
            row.Property(member => member.TeamId).HasMaxLength(KeyLength.TeamId);
            row.Property(member => member.UserId).HasMaxLength(KeyLength.UserId);
            row.Property(member => member.Roles).HasDefaultValue(nameof(Staffing.TeamRole.Member)).ValueGeneratedNever();
            row.HasIndex(member => member.UserId);
        });
        StaffModel.Map(model);
    }

    private static void MapPlaces(ModelBuilder model)
    {
        model.Entity<OutlineRow>(row =>
        {
            row.ToTable("outlines").HasKey(outline => outline.AreaCode);
            row.Property(outline => outline.AreaCode).HasMaxLength(KeyLength.AreaCode);
        });
        model.Entity<SubjectRow>(row =>
        {
            row.ToTable("subjects").HasKey(subject => subject.Key);
            row.Property(subject => subject.Key).HasMaxLength(KeyLength.SubjectKey);
            row.Property(subject => subject.Category).HasMaxLength(KeyLength.Category);
            row.Property(subject => subject.AreaCode).HasMaxLength(KeyLength.AreaCode);
            // The list is sorted by key; each filter that leaves few of many has an index.
            row.HasIndex(subject => new { subject.Category, subject.Key });
            row.HasIndex(subject => new { subject.AreaCode, subject.Key });
        });
    }

    private sealed class InstanceIdConverter() : ValueConverter<InstanceId, Guid>(id => id.Value, value => new InstanceId(value));

    private sealed class TicksConverter() : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
