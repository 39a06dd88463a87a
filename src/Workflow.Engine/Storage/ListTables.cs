using Microsoft.EntityFrameworkCore;

namespace Workflow.Engine.Storage;

/// <summary>
/// The tables that lists read. A list follows one of these indexes from where its page begins; an index over <c>OpenDue</c> or <c>OpenSince</c> holds what
/// is open alone, so it stays small however much is done. Keys end with the instance (and number), which settle the order of equal times.
/// </summary>
internal static class ListTables
{
    private const string IsOpen = "\"OpenDue\" is not null";

    public static void Map(ModelBuilder model)
    {
        MapTasks(model);
        MapWorkItems(model);
        model.Entity<CopyRow>(row =>
        {
            row.ToTable("copies").HasKey(copy => new { copy.InstanceId, copy.Number });
            row.Property(copy => copy.UserId).HasMaxLength(KeyLength.UserId);
            row.HasIndex(copy => new { copy.UserId, copy.At });
        });
        model.Entity<PauseRow>(row =>
        {
            row.ToTable("pauses").HasKey(pause => new { pause.InstanceId, pause.Number });
            row.Property(pause => pause.UserId).HasMaxLength(KeyLength.UserId);
            row.Property(pause => pause.TeamId).HasMaxLength(KeyLength.TeamId);
            row.HasIndex(pause => pause.At);
            row.HasIndex(pause => pause.AskedSince).HasFilter("\"AskedSince\" is not null");
        });
        model.Entity<NoticeRow>(row =>
        {
            row.ToTable("notices").HasKey(notice => new { notice.InstanceId, notice.Effect, notice.Number });
            row.Property(notice => notice.UserId).HasMaxLength(KeyLength.UserId);
            row.Property(notice => notice.TeamId).HasMaxLength(KeyLength.TeamId);
            row.Property(notice => notice.Role).HasMaxLength(KeyLength.Role);
            row.HasIndex(notice => new { notice.UserId, notice.At });
            row.HasIndex(notice => new { notice.TeamId, notice.At });
            row.HasIndex(notice => new { notice.Role, notice.At });
        });
        model.Entity<NoticeSeenRow>(row =>
        {
            row.ToTable("notices_seen").HasKey(seen => seen.UserId);
            row.Property(seen => seen.UserId).HasMaxLength(KeyLength.UserId);
            row.Property(seen => seen.Until).IsConcurrencyToken();
        });
        model.Entity<HandRow>(row =>
        {
            row.ToTable("hands").HasKey(hand => new { hand.InstanceId, hand.Number });
            row.Property(hand => hand.UserId).HasMaxLength(KeyLength.UserId);
            row.Property(hand => hand.TeamId).HasMaxLength(KeyLength.TeamId);
        });
        model.Entity<SavedFilterRow>(row =>
        {
            row.ToTable("saved_filters").HasKey(filter => new { filter.UserId, filter.Of, filter.Name });
            row.Property(filter => filter.UserId).HasMaxLength(KeyLength.UserId);
            row.Property(filter => filter.Of).HasMaxLength(SavedFilterTable.ListLength);
            row.Property(filter => filter.Name).HasMaxLength(SavedFilterTable.NameLength);
            row.Property(filter => filter.Query).HasMaxLength(SavedFilterTable.QueryLength);
        });
        // Text and grams are made when they are asked for.
        model.Entity<TaskTextRow>(row => row.ToTable("task_texts").UsePropertyAccessMode(PropertyAccessMode.Property).HasKey(text => text.InstanceId));
    }

    private static void MapTasks(ModelBuilder model) => model.Entity<TaskRow>(row =>
    {
        row.ToTable("tasks").HasKey(task => task.InstanceId);
        row.Property(task => task.Number).HasMaxLength(KeyLength.TaskNumber);
        row.Property(task => task.AreaPath).HasMaxLength(KeyLength.AreaPath);
        row.Property(task => task.JurisdictionCode).HasMaxLength(KeyLength.AreaCode);
        row.Property(task => task.StreetCode).HasMaxLength(KeyLength.AreaCode);
        row.Property(task => task.RaisedById).HasMaxLength(KeyLength.UserId);
        row.Property(task => task.SubjectKey).HasMaxLength(KeyLength.SubjectKey);
        row.HasIndex(task => task.Number).IsUnique();
        row.HasIndex(task => new { task.StartedAt, task.InstanceId });
        row.HasIndex(task => new { task.JurisdictionCode, task.StartedAt, task.InstanceId });
        row.HasIndex(task => new { task.StreetCode, task.StartedAt, task.InstanceId });
        row.HasIndex(task => new { task.RaisedById, task.StartedAt, task.InstanceId });
        row.HasIndex(task => new { task.SubjectKey, task.StartedAt }).HasFilter("\"SubjectKey\" is not null");
        row.HasIndex(task => new { task.OpenSince, task.InstanceId }).HasFilter("\"OpenSince\" is not null");
        row.HasIndex(task => new { task.OpenDue, task.InstanceId }).HasFilter(IsOpen);
        row.HasIndex(task => new { task.JurisdictionCode, task.OpenDue, task.InstanceId }).HasFilter(IsOpen);
        row.HasIndex(task => new { task.StreetCode, task.OpenDue, task.InstanceId }).HasFilter(IsOpen);
    });

    private static void MapWorkItems(ModelBuilder model) => model.Entity<WorkItemRow>(row =>
    {
        row.ToTable("work_items").HasKey(item => new { item.InstanceId, item.Number });
        row.Property(item => item.TeamId).HasMaxLength(KeyLength.TeamId);
        row.Property(item => item.HolderId).HasMaxLength(KeyLength.UserId);
        row.Property(item => item.WaitsFor).HasMaxLength(KeyLength.UserId);
        row.Property(item => item.Role).HasMaxLength(KeyLength.Role);
        row.Property(item => item.AssigneeId).HasMaxLength(KeyLength.UserId);
        row.HasIndex(item => item.UnansweredSince).HasFilter("\"UnansweredSince\" is not null");
        row.HasIndex(item => new { item.AssigneeId, item.Turn }).HasFilter("\"AssigneeId\" is not null");
        row.Property(item => item.DefinitionId).HasMaxLength(KeyLength.DefinitionId);
        row.Property(item => item.AreaPath).HasMaxLength(KeyLength.AreaPath);
        row.Property(item => item.JurisdictionCode).HasMaxLength(KeyLength.AreaCode);
        row.Property(item => item.StreetCode).HasMaxLength(KeyLength.AreaCode);
        row.HasIndex(item => new { item.TeamId, item.OpenDue, item.InstanceId, item.Number }).HasFilter(IsOpen);
        row.HasIndex(item => new { item.HolderId, item.OpenDue, item.InstanceId, item.Number }).HasFilter(IsOpen);
        row.HasIndex(item => new { item.WaitsFor, item.OpenDue, item.InstanceId, item.Number }).HasFilter("\"WaitsFor\" is not null");
        row.HasIndex(item => new { item.HolderId, item.DoneAt, item.InstanceId, item.Number }).HasFilter("\"DoneAt\" is not null");
        // With what the whole city's list is narrowed by, so that a filter that nearly nothing passes is answered from the index: 8 ms instead of 378.
        row.HasIndex(item => new { item.OpenDue, item.InstanceId, item.Number, item.DefinitionId, item.Priority, item.Stage, item.TeamKind }).HasFilter(IsOpen);
        row.HasIndex(item => new { item.OfferedAt, item.InstanceId, item.Number }).HasFilter(IsOpen);
        row.HasIndex(item => new { item.JurisdictionCode, item.OpenDue, item.InstanceId, item.Number }).HasFilter(IsOpen);
        row.HasIndex(item => new { item.StreetCode, item.OpenDue, item.InstanceId, item.Number }).HasFilter(IsOpen);
    });
}
