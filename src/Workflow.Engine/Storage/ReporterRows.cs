using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>
/// Who has reported what a task is about, sealed with a key of its own that is not in the database. Whoever has the database, or a copy of it, and not the key learns nothing from it.
/// </summary>
public sealed record ReporterRow
{
    public required Guid Id { get; init; }

    public required InstanceId InstanceId { get; init; }

    /// <summary>Who took the report down.</summary>
    public required string AcceptedById { get; init; }

    /// <summary>Of the task.</summary>
    public required string AreaPath { get; init; }

    public required bool IsConfidential { get; init; }

    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>Null once it is erased.</summary>
    public required byte[]? Sealed { get; init; }

    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Null when retention erased it.</summary>
    public string? ErasedById { get; init; }

    public string? ErasedByName { get; init; }

    /// <summary>Its task was let go and the record stays.</summary>
    public bool OutlivesTask { get; init; }
}

/// <summary>What somebody did with a reporter's record.</summary>
public enum ReporterAct
{
    /// <summary>Saw that there is one, and a part of each word.</summary>
    ReadMasked,

    Read,

    /// <summary>Asked for it and was not allowed to.</summary>
    Refused,
    Erased,
}

/// <summary>The audit of a reporter's record: written before anything of it is shown.</summary>
public sealed record ReporterLookRow
{
    /// <summary>Given by the database.</summary>
    public long Sequence { get; init; }

    public required Guid ReporterId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required ReporterAct Act { get; init; }

    /// <summary>Null for retention.</summary>
    public required string? UserId { get; init; }

    public required string? UserName { get; init; }

    /// <summary>The network address that the call came from.</summary>
    public required string? Address { get; init; }
}

internal static class ReporterTables
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<ReporterRow>(row =>
        {
            row.ToTable("reporters").HasKey(reporter => reporter.Id);
            row.HasIndex(reporter => reporter.InstanceId).IsUnique();
        });
        model.Entity<ReporterLookRow>(row =>
        {
            row.ToTable("reporter_looks").HasKey(look => look.Sequence);
            row.HasIndex(look => new { look.ReporterId, look.Sequence });
        });
    }
}
