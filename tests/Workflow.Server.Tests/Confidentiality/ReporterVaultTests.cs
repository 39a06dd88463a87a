using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Reliability.Processes;
using Workflow.Server.Confidentiality;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Confidentiality;

/// <summary>A record is read with its key alone, and erased with it, in every copy.</summary>
[Collection(Stores.Collection)]
public sealed class ReporterVaultTests(Stores stores) : IDisposable
{
    private static readonly Reporter Wang = new("王小明", "13812345678", "桂溪街道天府三街 1 号", "住在工地对面");
    private static readonly Actor Boss = new("boss", "督办", []);

    private readonly string folder = ServerProcess.NewFolder();
    private readonly EphemeralDataProtectionProvider protection = new();
    private Database database = null!;

    private ReporterKeys Keys => new(folder);

    private ReporterVault Vault => new(database, Keys, protection, TimeProvider.System);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_is_erased_is_unreadable_in_a_copy_of_before_too(string store)
    {
        var task = await KeepAsync(store);
        var copy = (await Vault.FindAsync(task, CancellationToken.None))!;
        Vault.Open(copy).ShouldBe(Wang);

        await Vault.EraseAsync(copy.Id, Boss, CancellationToken.None);
        await Vault.EraseAsync(copy.Id, Boss with { UserId = "another" }, CancellationToken.None);

        Vault.Open(copy).ShouldBeNull("its key is gone");
        var record = (await Vault.FindAsync(task, CancellationToken.None))!;
        (record.Sealed, record.ErasedById, record.ErasedByName, record.ErasedAt is null).ShouldBe((null, "boss", "督办", false));
        (await Vault.ReadNotesAsync(record, 10, CancellationToken.None)).Select(note => note.Act).ShouldBe([ReporterAct.Erased]);
    }

    [Fact]
    public async Task Neither_another_record_nor_another_server_s_protection_nor_changed_bytes_open_it()
    {
        var task = await KeepAsync("Sqlite");
        var record = (await Vault.FindAsync(task, CancellationToken.None))!;
        var other = NewId();
        File.Copy(Path.Combine(folder, $"{record.Id:N}.key"), Path.Combine(folder, $"{other:N}.key"));

        Vault.Open(record with { Id = other }).ShouldBeNull();
        new ReporterVault(database, Keys, new EphemeralDataProtectionProvider(), TimeProvider.System).Open(record).ShouldBeNull();
        foreach (var at in Enumerable.Range(0, record.Sealed!.Length))
        {
            var changed = (byte[])record.Sealed.Clone();
            changed[at] ^= 1;
            Vault.Open(record with { Sealed = changed }).ShouldBeNull();
        }
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.Combine(folder, $"{record.Id:N}.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_sweep_takes_what_belongs_to_no_task_and_nothing_else(string store)
    {
        var orphan = await KeepAsync(store);
        var (kept, outlived, erasedWithTask) = (await AddAsync(), await AddAsync(), await AddAsync());
        await using (var db = database.CreateDbContext())
        {
            db.Add(InstanceOf(kept));
            await db.SaveChangesAsync();
            await db.Reporters.Where(row => row.InstanceId == outlived).ExecuteUpdateAsync(set => set.SetProperty(row => row.OutlivesTask, true));
            await db.Reporters.Where(row => row.InstanceId == erasedWithTask).ExecuteDeleteAsync();
        }
        var now = TimeProvider.System.GetUtcNow();
        var sweep = new ReporterSweep(database, Vault, Keys, new Later(now + TimeSpan.FromHours(25)), Options.Create(new RetentionOptions()), Options.Create(new ReporterOptions()));

        await sweep.RunAsync(now, CancellationToken.None);
        Keys.Enumerate().Count().ShouldBe(4, "keys that are young stay");
        await sweep.RunAsync(now + TimeSpan.FromHours(25), CancellationToken.None);

        Keys.Enumerate().Count().ShouldBe(2);
        (await Vault.FindAsync(orphan, CancellationToken.None)).ShouldBeNull();
        foreach (var task in new[] { kept, outlived }) Vault.Open((await Vault.FindAsync(task, CancellationToken.None))!).ShouldBe(Wang);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_reporter_is_erased_when_the_days_are_over_also_where_the_task_is_long_gone(string store)
    {
        var (old, young) = (await KeepAsync(store), await AddAsync());
        var now = TimeProvider.System.GetUtcNow();
        await using (var db = database.CreateDbContext())
        {
            db.AddRange(RetentionTests.SummaryOf(old, now.AddDays(-31)), RetentionTests.SummaryOf(young, now.AddDays(-29)));
            await db.SaveChangesAsync();
            await db.Reporters.ExecuteUpdateAsync(set => set.SetProperty(row => row.OutlivesTask, true));
        }

        await new ReporterSweep(database, Vault, Keys, TimeProvider.System, Options.Create(new RetentionOptions { ReporterDays = 30, KeepReporters = true }), Options.Create(new ReporterOptions())).RunAsync(now, CancellationToken.None);

        Vault.Open((await Vault.FindAsync(old, CancellationToken.None))!).ShouldBeNull();
        Vault.Open((await Vault.FindAsync(young, CancellationToken.None))!).ShouldBe(Wang);
    }

    [Fact]
    public void A_mask_shows_that_there_is_something_and_not_what()
    {
        Wang.Mask().ShouldBe(new("王***", "138****5678", "桂溪街***", "***"));
        new Reporter("𠮷", "110", "路", null).Mask().ShouldBe(new("𠮷***", "***", "***", null));
    }

    private async Task<InstanceId> KeepAsync(string store)
    {
        database = await stores.NewAsync(store);
        await using var db = database.CreateDbContext();
        await db.Database.MigrateAsync();
        return await AddAsync();
    }

    private async Task<InstanceId> AddAsync()
    {
        var task = new InstanceId(NewId());
        await Vault.KeepAsync(new() { Id = NewId(), InstanceId = task, AcceptedById = "clerk", AreaPath = "1/", IsConfidential = true, StoredAt = TimeProvider.System.GetUtcNow(), Sealed = null }, Wang, CancellationToken.None);
        return task;
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static InstanceRow InstanceOf(InstanceId id) => new()
    {
        Id = id, DefinitionId = "d", DefinitionVersion = 1, Status = InstanceStatus.Running, CorrelationId = null, CorrelationKey = null, ParentId = null, Name = null, Revision = 1, Schema = 2, State = [], JournalHash = [],
        StartedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    private sealed class Later(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
