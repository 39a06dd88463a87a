using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>
/// Versions of calendars and policies on their way into force: proposed by one person, approved by another. The file of a calendar is its first version;
/// a file that has changed since is a proposal.
/// </summary>
public sealed class ClockChanges(Database database, TimeProvider time)
{
    /// <summary>Takes in the calendars of files: one that the database does not know comes into force, another version of one that it knows is proposed.</summary>
    /// <returns>The proposals that are new.</returns>
    public async Task<IReadOnlyList<ClockChangeRow>> InstallAsync(IEnumerable<BusinessCalendar> files, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(files);
        var proposed = new List<ClockChangeRow>();
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var isFirst = false;
        foreach (var file in files.Where(file => file.Document.Length > 0))
        {
            if (await db.ClockChanges.AnyAsync(row => row.Kind == ClockChangeKind.Calendar && row.Subject == file.Id && row.Version == file.Version, cancel)) continue;
            var row = await ProposeAsync(db, new(ClockChangeKind.Calendar, file.Id, file.Version, file.Document), null, time.GetUtcNow(), cancel);
            if (row.Replaces.Length > 0) proposed.Add(row);
            else (row.AppliedAt, row.DoneAt, isFirst) = (row.ProposedAt, row.ProposedAt, true);
            await db.SaveChangesAsync(cancel);
        }
        if (isFirst) await Revision.RaiseAsync(db, OrganisationStore.RevisionName, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return proposed;
    }

    /// <summary>The proposal of this version in place of the one in force: the one that is there, or a new one. Nothing follows from it by itself.</summary>
    /// <param name="by">Null where a file brings it.</param>
    public static async Task<ClockChangeRow> ProposeAsync(WorkflowDb db, ProposedVersion asked, Person? by, DateTimeOffset at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(asked);
        var replaces = (await InForceAsync(db, asked.Kind, asked.Subject, cancel))?.Version ?? "";
        var known = await db.ClockChanges.FirstOrDefaultAsync(
            row => row.Kind == asked.Kind && row.Subject == asked.Subject && row.Version == asked.Version && row.Replaces == replaces && row.AppliedAt == null, cancel);
        if (known is not null) return known;
        var row = new ClockChangeRow
        {
            Number = (await db.ClockChanges.MaxAsync(change => (int?)change.Number, cancel) ?? 0) + 1,
            Kind = asked.Kind,
            Subject = asked.Subject,
            Version = asked.Version,
            Replaces = replaces,
            Document = asked.Document,
            ProposedAt = at,
            ProposedById = by?.UserId,
            ProposedByName = by?.Name,
        };
        db.ClockChanges.Add(row);
        return row;
    }

    /// <summary>Brings a proposal into force, in the transaction of the context, which is saved afterwards.</summary>
    public static async Task ApplyAsync(WorkflowDb db, ClockChangeRow proposal, Person by, string reason, DateTimeOffset at, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(by);
        (proposal.AppliedAt, proposal.ApprovedById, proposal.ApprovedByName, proposal.Reason) = (at, by.UserId, by.Name, reason);
        await Revision.RaiseAsync(db, OrganisationStore.RevisionName, cancel);
    }

    /// <summary>The version that is in force; null where none was ever applied.</summary>
    public static Task<ClockChangeRow?> InForceAsync(WorkflowDb db, ClockChangeKind kind, string subject, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ClockChanges.AsNoTracking().Where(row => row.Kind == kind && row.Subject == subject && row.AppliedAt != null)
            .OrderByDescending(row => row.AppliedAt).ThenByDescending(row => row.Number).FirstOrDefaultAsync(cancel);
    }

    /// <summary>Names what is proposed and what it replaces: what was previewed under it is what is applied under it.</summary>
    public static string FingerprintOf(ClockChangeRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var text = string.Create(CultureInfo.InvariantCulture, $"{row.Kind}\n{row.Subject}\n{row.Replaces}\n{row.Version}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
    }

    /// <summary>The open clocks that do not count by a change yet.</summary>
    public static IQueryable<ClockRow> NotBy(WorkflowDb db, ClockChangeRow change)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(change);
        var (subject, version) = (change.Subject, change.Version);
        var open = db.Clocks.AsNoTracking().Where(clock => clock.OpenCalendar != null);
        if (change.Kind == ClockChangeKind.Calendar)
        {
            var (turn, now) = (ClockRow.TurnOf(subject), ClockRow.TurnOf(subject, version));
            return open.Where(clock => (clock.OpenCalendar == subject && clock.CalendarVersion != version) || (clock.Turns != null && clock.Turns.Contains(turn) && !clock.Turns.Contains(now)));
        }
        var number = int.Parse(version, CultureInfo.InvariantCulture);
        return open.Where(clock => (clock.PolicyVersion == null || clock.PolicyVersion < number)
            && db.Instances.Any(instance => instance.Id == clock.InstanceId && instance.DefinitionId == subject && instance.DefinitionVersion < number));
    }

    /// <summary>The open clocks that a change concerns.</summary>
    public static IQueryable<ClockRow> Concerned(WorkflowDb db, ClockChangeRow change)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(change);
        if (change.Kind == ClockChangeKind.Policy) return NotBy(db, change);
        var (subject, turn) = (change.Subject, ClockRow.TurnOf(change.Subject));
        return db.Clocks.AsNoTracking().Where(clock => clock.OpenCalendar == subject || (clock.OpenCalendar != null && clock.Turns != null && clock.Turns.Contains(turn)));
    }
}

/// <param name="Document">The calendar; null for a policy.</param>
public sealed record ProposedVersion(ClockChangeKind Kind, string Subject, string Version, string? Document);
