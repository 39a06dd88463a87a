using Microsoft.EntityFrameworkCore;

namespace Workflow.Engine.Storage;

public enum ClockChangeKind
{
    Calendar,
    Policy,
}

/// <summary>
/// Another version of a calendar, or a version of a definition whose policy is to hold for the tasks of earlier ones: proposed, and once it was applied the
/// version in force until a later one is. A file of a calendar is the first version, applied by nobody.
/// </summary>
public sealed record ClockChangeRow
{
    public required int Number { get; init; }

    public required ClockChangeKind Kind { get; init; }

    /// <summary>Id of the calendar or of the definition.</summary>
    public required string Subject { get; init; }

    /// <summary>Of the calendar: see <see cref="Clocks.BusinessCalendar.Version"/>. Of the definition: its number.</summary>
    public required string Version { get; init; }

    /// <summary>The version that was in force when this one was proposed; empty for the first.</summary>
    public required string Replaces { get; init; }

    /// <summary>The calendar; null for a policy, which its definition holds.</summary>
    public required string? Document { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>Null when a file brought it.</summary>
    public required string? ProposedById { get; init; }

    public required string? ProposedByName { get; init; }

    /// <summary>Since when it is in force; null while it is a proposal.</summary>
    public DateTimeOffset? AppliedAt { get; set; }

    public string? ApprovedById { get; set; }

    public string? ApprovedByName { get; set; }

    public string? Reason { get; set; }

    /// <summary>When the last open clock counted by it; null before.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Tasks that were visited so far.</summary>
    public int Visited { get; set; }

    internal static void Map(ModelBuilder model)
    {
        model.Entity<ClockChangeRow>(row =>
        {
            row.ToTable("clock_changes").HasKey(change => change.Number);
            row.Property(change => change.Number).ValueGeneratedNever();
            row.Property(change => change.Subject).HasMaxLength(KeyLength.DefinitionId);
            row.Property(change => change.Version).HasMaxLength(KeyLength.Version);
            row.Property(change => change.Replaces).HasMaxLength(KeyLength.Version);
            // Of two who apply at once, one finds the row changed and decides again.
            row.Property(change => change.AppliedAt).IsConcurrencyToken();
            row.HasIndex(change => new { change.Subject, change.AppliedAt });
        });
        model.Entity<ClockRow>(row =>
        {
            row.ToTable("clocks").HasKey(clock => new { clock.InstanceId, clock.Number });
            row.Property(clock => clock.OpenCalendar).HasMaxLength(KeyLength.Calendar);
            row.HasIndex(clock => clock.OpenCalendar).HasFilter("\"OpenCalendar\" is not null");
        });
    }
}
