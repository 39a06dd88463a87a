using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Workflow.Engine.Storage;
using Workflow.Server.Hosting;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Storage;

/// <summary>A database on which a newer version has run its migrations.</summary>
[Collection(Stores.Collection)]
public class NewerMigrationTests(Stores stores)
{
    public static TheoryData<string> Providers => Contexts.Providers;

    public static TheoryData<string> All => Stores.All;

    /// <summary>Written by hand: an index, and a table that was made by the migration before it.</summary>
    private const string ByHand = "_TaskTextIndex";

    /// <summary>A name that says that nothing is taken away would let an older server start that cannot work.</summary>
    [Theory]
    [MemberData(nameof(Providers))]
    public void A_migration_after_the_first_only_adds_or_says_in_its_name_that_it_does_not(string provider)
    {
        foreach (var db in Contexts.Of(provider))
        {
            var migrations = db.GetService<IMigrationsAssembly>();
            foreach (var (id, type) in migrations.Migrations.Skip(1).Where(migration => !migration.Key.Contains(Tables.Breaks, StringComparison.Ordinal) && !migration.Key.EndsWith(ByHand, StringComparison.Ordinal)))
                migrations.CreateMigration(type, db.Database.ProviderName!).UpOperations.Where(TakesAway).Select(operation => $"{id}: {operation.GetType().Name}").ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_server_starts_on_what_a_newer_one_has_added_and_says_so(string store)
    {
        var database = await stores.NewAsync(store);
        (await Tables.MigrateAsync(database, CancellationToken.None)).ShouldBeEmpty();
        await NoteAsync(database, "29990101000000_Adds");

        (await Tables.MigrateAsync(database, CancellationToken.None)).ShouldBe(["29990101000000_Adds"]);
        (await Tables.CheckAsync(database, CancellationToken.None)).ShouldBe(["29990101000000_Adds"]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_server_refuses_what_a_newer_one_has_taken_away(string store)
    {
        var database = await stores.NewAsync(store);
        await Tables.MigrateAsync(database, CancellationToken.None);
        await NoteAsync(database, "29990101000000_BreaksWaits");

        (await Should.ThrowAsync<UnusableDatabaseException>(() => Tables.MigrateAsync(database, CancellationToken.None))).Message.ShouldContain("29990101000000_BreaksWaits");
        await Should.ThrowAsync<UnusableDatabaseException>(() => Tables.CheckAsync(database, CancellationToken.None));
    }

    private static bool TakesAway(MigrationOperation operation) => operation switch
    {
        CreateTableOperation or CreateIndexOperation or DropIndexOperation or InsertDataOperation => false,
        AddColumnOperation column => !column.IsNullable && column.DefaultValue is null && column.DefaultValueSql is null,
        _ => true,
    };

    /// <summary>As if a newer version had run this migration.</summary>
    private static async Task NoteAsync(Database database, string migration)
    {
        await using var db = database.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync(db.GetService<IHistoryRepository>().GetInsertScript(new(migration, "99.0.0")));
    }
}
