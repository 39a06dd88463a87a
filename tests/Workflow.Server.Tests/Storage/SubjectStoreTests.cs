using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NetTopologySuite.Geometries;
using Workflow.Engine.Instances;
using Workflow.Engine.Places;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Tests.Running;
using Position = Workflow.Engine.Places.Position;

namespace Workflow.Server.Tests.Storage;

/// <summary>The registry of subjects and the outlines on every database.</summary>
[Collection(Stores.Collection)]
public class SubjectStoreTests(Stores stores)
{
    public static TheoryData<string> All => Stores.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Subjects_are_added_changed_and_removed_by_their_keys_in_one_transaction(string store)
    {
        var database = await NewAsync(store);
        var subjects = new SubjectStore(database);

        (await WriteAsync(database, subjects, commit: true, replaces: false, Subject("a", "one"), Subject("b", "two"))).ShouldBe(new(2, 0, 0));
        (await WriteAsync(database, subjects, commit: false, replaces: true, Subject("z", "never"))).ShouldBe(new(1, 0, 2));
        (await WriteAsync(database, subjects, commit: true, replaces: true, Subject("b", "二"), Subject("c", "three"))).ShouldBe(new(1, 1, 1));

        await using var db = database.CreateDbContext();
        (await db.Subjects.AsNoTracking().OrderBy(row => row.Key).ToListAsync()).ShouldBe([Subject("b", "二"), Subject("c", "three")]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Places_follow_the_outlines_and_the_organisation_as_they_change(string store)
    {
        var database = await NewAsync(store);
        var (library, outlines) = (new PlaceLibrary(new(), Options.Create(new PlaceOptions())), new OutlineStore(database));
        var area = new AreaRow { Code = "d", Name = "district", Kind = AreaKind.Jurisdiction, Path = "c/d/", JurisdictionName = "district", DistrictName = "district", DistrictCode = "d" };
        var organisation = new Organisation([area], [new() { Id = "t", Name = "team", Kind = TeamKind.TechGrid }], [new() { TeamId = "t", AreaCode = "d" }], [], []);
        await using var db = database.CreateDbContext();
        var here = new Position(0.5, 0.5);

        (await library.LoadAsync(db, default)).ByCode("d").ShouldBeNull();
        await new OrganisationStore(database).ReplaceAsync(organisation, default);
        (await library.LoadAsync(db, default)).ByCode("d")!.Area.Owners.Single(owner => owner.Grid == Grid.Technical).Team!.Name.ShouldBe("team");
        (await library.LoadAsync(db, default)).ByPosition(here).ShouldBeNull();
        await outlines.WriteAsync([Square("d", 1)], DateTimeOffset.UnixEpoch, default);
        (await library.LoadAsync(db, default)).ByPosition(here)!.Area.Area.Code.ShouldBe("d");
        await outlines.WriteAsync([Square("d", 0.1)], DateTimeOffset.UnixEpoch, default);
        (await library.LoadAsync(db, default)).ByPosition(here).ShouldBeNull();
    }

    private static async Task<SubjectChanges> WriteAsync(Database database, SubjectStore subjects, bool commit, bool replaces, params SubjectRow[] rows)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var changes = await subjects.WriteAsync(db, rows, replaces, default);
        if (commit) await transaction.CommitAsync();
        return changes;
    }

    private async Task<Database> NewAsync(string store)
    {
        var database = await stores.NewAsync(store);
        await using var db = database.CreateDbContext();
        await db.Database.MigrateAsync();
        return database;
    }

    private static SubjectRow Subject(string key, string name) =>
        new() { Key = key, Name = name, Category = "site", Longitude = 104.000001, Latitude = null, Datum = Datum.Gcj02, AreaCode = "d", ImportedAt = DateTimeOffset.UnixEpoch };

    private static Outline Square(string code, double size) =>
        Outline.Of(code, Geometry.DefaultFactory.CreatePolygon([new(0, 0), new(size, 0), new(size, size), new(0, size), new(0, 0)]));
}
