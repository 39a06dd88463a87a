using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Server.Confidentiality;

/// <summary>
/// Keeps who reported what a task is about. The record lies in the database, sealed with a key of its own; the key lies in a file (<see cref="ReporterKeys"/>), wrapped by
/// the server's Data Protection, whose keys lie in the database. So neither the database nor the folder tells anything by itself, and whoever takes the file
/// away erases every copy of the record.
/// </summary>
internal sealed class ReporterVault(IDbContextFactory<WorkflowDb> databases, ReporterKeys keys, IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector protector = protection.CreateProtector("Workflow.Reporters.v1");

    /// <param name="record">Without its seal; when it is stored it is set.</param>
    public async Task KeepAsync(ReporterRow record, Reporter reporter, CancellationToken cancel)
    {
        var key = RandomNumberGenerator.GetBytes(ReporterSeal.KeyBytes);
        keys.Keep(record.Id, protector.Protect(key));
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Reporters.Add(record with { Sealed = ReporterSeal.Close(key, record.Id, JsonSerializer.SerializeToUtf8Bytes(reporter, InstanceJson.Options)) });
        await db.SaveChangesAsync(cancel);
    }

    public async Task<ReporterRow?> FindAsync(InstanceId task, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Reporters.AsNoTracking().SingleOrDefaultAsync(row => row.InstanceId == task, cancel);
    }

    /// <returns>Null when it is erased, or its key is lost.</returns>
    public Reporter? Open(ReporterRow record)
    {
        if (record.Sealed is not { } closed || keys.Find(record.Id) is not { } wrapped) return null;
        try
        {
            return JsonSerializer.Deserialize<Reporter>(ReporterSeal.Open(protector.Unprotect(wrapped), record.Id, closed), InstanceJson.Options);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Writes into the audit who does what; nothing may be shown before.</summary>
    public async Task NoteAsync(ReporterRow record, ReporterAct act, Actor by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.ReporterLooks.Add(NoteOf(record.Id, act, by));
        await db.SaveChangesAsync(cancel);
    }

    public async Task<IReadOnlyList<ReporterLookRow>> ReadNotesAsync(ReporterRow record, int most, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.ReporterLooks.AsNoTracking().Where(look => look.ReporterId == record.Id).OrderByDescending(look => look.Sequence).Take(most).ToListAsync(cancel);
    }

    /// <summary>Erases the key first: a record that says it is erased is so. Once more changes nothing.</summary>
    /// <param name="by">Null for retention.</param>
    public async Task EraseAsync(Guid record, Actor? by, CancellationToken cancel)
    {
        keys.Erase(record);
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var erased = await db.Reporters.Where(row => row.Id == record && row.ErasedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Sealed, (byte[]?)null).SetProperty(row => row.ErasedAt, now)
                .SetProperty(row => row.ErasedById, by?.UserId).SetProperty(row => row.ErasedByName, by?.Name), cancel);
        if (erased == 0) return;
        db.ReporterLooks.Add(NoteOf(record, ReporterAct.Erased, by));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Removes a record that no task came to refer to.</summary>
    public async Task ForgetAsync(Guid record, CancellationToken cancel)
    {
        keys.Erase(record);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Reporters.Where(row => row.Id == record).ExecuteDeleteAsync(cancel);
    }

    private ReporterLookRow NoteOf(Guid record, ReporterAct act, Actor? by) =>
        new() { ReporterId = record, At = time.GetUtcNow(), Act = act, UserId = by?.UserId, UserName = by?.Name, Address = by?.Address };
}
