using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Reliability.Processes;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Storage;

/// <summary>Files that nobody refers to go, and no other.</summary>
[Collection(Stores.Collection)]
public sealed class EvidenceSweepTests(Stores stores) : IDisposable
{
    private static readonly TimeSpan Age = TimeSpan.FromHours(24);

    private readonly string folder = ServerProcess.NewFolder();

    private EvidenceStore Store => new(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_file_goes_when_nobody_has_referred_to_it_for_long_enough(string store)
    {
        var (sweep, database) = await NewAsync(store);
        var (kept, orphan) = (await KeepAsync("kept"), await KeepAsync("orphan"));
        await ReferAsync(database, kept);
        var now = TimeProvider.System.GetUtcNow();
        AgeFiles(now - TimeSpan.FromDays(30));

        (await sweep.RunAsync(now, Age, CancellationToken.None)).ShouldBe(0, "it is seen for the first time");
        (await sweep.RunAsync(now + TimeSpan.FromHours(23), Age, CancellationToken.None)).ShouldBe(0);
        (await sweep.RunAsync(now + Age, Age, CancellationToken.None)).ShouldBe(1);

        Store.Open(orphan).ShouldBeNull();
        using var still = Store.Open(kept);
        still.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_file_that_a_transaction_under_way_refers_to_is_young_and_stays()
    {
        var (sweep, database) = await NewAsync("Sqlite");
        var orphan = await KeepAsync("the same bytes");
        var now = TimeProvider.System.GetUtcNow();
        AgeFiles(now - TimeSpan.FromDays(30));
        await sweep.RunAsync(now - Age, Age, CancellationToken.None);

        // Between the two looks somebody uploads the same again; the transaction that refers to it has not committed yet.
        (await KeepAsync("the same bytes")).ShouldBe(orphan);
        (await sweep.RunAsync(now, Age, CancellationToken.None)).ShouldBe(0);
        await ReferAsync(database, orphan);
        (await sweep.RunAsync(now + TimeSpan.FromDays(2), Age, CancellationToken.None)).ShouldBe(0);

        using var bytes = Store.Open(orphan);
        bytes.ShouldNotBeNull();
    }

    [Fact]
    public async Task Bytes_that_come_while_a_file_is_set_aside_are_not_lost()
    {
        var hash = await KeepAsync("the same bytes");

        Store.Remove(hash, TimeProvider.System.GetUtcNow() - Age).ShouldBeFalse("the bytes are young");

        using var bytes = Store.Open(hash);
        bytes.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_a_crash_has_left_set_aside_is_put_back_and_judged_again()
    {
        var (sweep, database) = await NewAsync("Sqlite");
        var (alone, twice) = (await KeepAsync("alone"), await KeepAsync("twice"));
        foreach (var hash in new[] { alone, twice })
        {
            await ReferAsync(database, hash);
            var path = Path.Combine(folder, hash[..2], hash);
            File.Move(path, path + ".aside");
        }
        await KeepAsync("twice");

        await sweep.RunAsync(TimeProvider.System.GetUtcNow(), Age, CancellationToken.None);

        foreach (var hash in new[] { alone, twice })
        {
            using var bytes = Store.Open(hash);
            bytes.ShouldNotBeNull();
        }
        Directory.EnumerateFiles(folder, "*.aside", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_upload_that_was_cut_off_goes_and_one_that_goes_on_stays()
    {
        var (sweep, _) = await NewAsync("Sqlite");
        var now = TimeProvider.System.GetUtcNow();
        var (old, young) = (Path.Combine(folder, "old.part"), Path.Combine(folder, "young.part"));
        await File.WriteAllTextAsync(old, "half");
        AgeFiles(now - TimeSpan.FromDays(2));
        await File.WriteAllTextAsync(young, "half");
        await sweep.RunAsync(now - Age, Age, CancellationToken.None);

        (await sweep.RunAsync(now, Age, CancellationToken.None)).ShouldBe(1);

        (File.Exists(old), File.Exists(young)).ShouldBe((false, true));
    }

    private async Task<(EvidenceSweep Sweep, Database Database)> NewAsync(string store)
    {
        var database = await stores.NewAsync(store);
        await using var db = database.CreateDbContext();
        await db.Database.MigrateAsync();
        return (new(database, Store, NullLogger<EvidenceSweep>.Instance), database);
    }

    private async Task<string> KeepAsync(string content)
    {
        using var staged = (await Store.StageAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), "upload", _ => 1000, CancellationToken.None))!;
        staged.Keep();
        return staged.Sha256;
    }

    private static async Task ReferAsync(Database database, string hash)
    {
        await using var db = database.CreateDbContext();
        db.Add(new EvidenceRow { InstanceId = InstanceId.From(hash), WorkItem = 1, Position = 0, Sha256 = hash });
        await db.SaveChangesAsync();
    }

    private void AgeFiles(DateTimeOffset at)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, at.UtcDateTime);
    }
}
