using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Features.Lists;
using Workflow.Server.Features.Tasks;
using Workflow.Server.Features.WorkItems;
using Workflow.Server.Tests.Running;
using Xunit.Abstractions;

namespace Workflow.Server.Tests.Lists;

/// <summary>Every list gives, page by page, what going through all rows one by one would: on each store, for random callers, filters and searches.</summary>
[Collection(Stores.Collection)]
public sealed class ListQueryTests(Stores stores, ITestOutputHelper output)
{
    private const int Rounds = 120;

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Lists_of_work_items_hold_what_they_say_in_the_order_asked_for(string store)
    {
        var (city, db, search) = await NewCityAsync(store);
        await using var opened = db;
        var found = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (caller, list) = (city.Someone(), city.OneOf(Enum.GetValues<WorkItemList>()));
            var narrowing = Narrowed(city, sort: list == WorkItemList.Done ? city.OneOf<ListSort?>(null, ListSort.Latest, ListSort.Created, ListSort.Due) : city.OneOf<ListSort?>(null, ListSort.Due, ListSort.Created)) with { TeamKind = city.Chance(10) ? TeamKind.TechGrid : null };
            var query = new WorkItemQuery(db, caller, list, narrowing, await narrowing.SearchAsync(db, city.OneOf(search), CancellationToken.None));

            var rows = new List<WorkItemRow>();
            while (await query.Page(rows.Count == 0 ? null : new(query.TimeOf(rows[^1]), rows[^1].InstanceId, rows[^1].Number), 7).ToListAsync() is { Count: > 0 } page) rows.AddRange(page);

            var expected = query.Ordered(city.Items.Where(item => Holds(city, caller, list, narrowing, item)).AsQueryable()).Select(NameOf).ToList();
            rows.Select(NameOf).ShouldBe(expected, $"{caller} {list} {narrowing}");
            (await query.CountAsync(10, CancellationToken.None)).ShouldBe(Math.Min(10, expected.Count));
            found += expected.Count;
        }
        found.ShouldBeGreaterThan(Rounds);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Lists_of_tasks_hold_what_they_say_in_the_order_asked_for(string store)
    {
        var (city, db, search) = await NewCityAsync(store);
        await using var opened = db;
        var found = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (caller, list, state) = (city.Someone(), city.OneOf(Enum.GetValues<TaskList>()), city.OneOf(Enum.GetValues<TaskStates>()));
            var narrowing = Narrowed(city, sort: state == TaskStates.Open ? city.OneOf<ListSort?>(null, ListSort.Due, ListSort.Created) : null);
            var query = new TaskQuery(db, caller, list, state, narrowing, await narrowing.SearchAsync(db, city.OneOf(search), CancellationToken.None));

            var rows = new List<TaskRow>();
            while (await query.Page(rows.Count == 0 ? null : (query.TimeOf(rows[^1]), rows[^1].InstanceId, 0), 7).ToListAsync() is { Count: > 0 } page) rows.AddRange(page);

            var holding = city.Tasks.Where(task => Holds(city, caller, list, state, narrowing, task)).ToList();
            var expected = query.Sort == ListSort.Due
                ? holding.OrderBy(task => task.OpenDue).ThenBy(task => task.InstanceId)
                : holding.OrderByDescending(task => task.StartedAt).ThenByDescending(task => task.InstanceId);
            rows.Select(task => task.Number).ShouldBe(expected.Select(task => task.Number), $"{caller} {list} {state} {narrowing}");
            found += rows.Count;
        }
        found.ShouldBeGreaterThan(Rounds);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_text_is_found_by_each_of_its_parts_until_it_changes_or_goes(string store)
    {
        var (city, db, search) = await NewCityAsync(store);
        await using var opened = db;
        var id = new InstanceId(Guid.CreateVersion7(ListedCity.Now));
        db.Add(new TaskTextRow { InstanceId = id, Text = Grams.Normalize("凤求凰ＰＭ２.５ Über 𠮷"), AreaPath = "c/j9/" });
        await db.SaveChangesAsync();
        async Task<bool> FindsAsync(string words, params string[] areas) =>
            await (await city.OneOf(search).FindAsync(db, TextSearch.Words(words), areas, CancellationToken.None)).Texts.AnyAsync(text => text.InstanceId == id);

        foreach (var word in (string[])["凤", "求凰", "凤求凰", "pm2", "凰pm2.5", "５ ü", "über", "𠮷", "凰 凤"]) (await FindsAsync(word)).ShouldBeTrue(word);
        foreach (var word in (string[])["凤凰", "pm3", "凰凤", "求 没", "%", "_"]) (await FindsAsync(word)).ShouldBeFalse(word);
        (await FindsAsync("凤求", "j9"), await FindsAsync("凤求", "s1", "j9")).ShouldBe((true, true));

        await db.TaskTexts.Where(text => text.InstanceId == id).ExecuteUpdateAsync(set => set.SetProperty(text => text.Text, "石室").SetProperty(text => text.Grams, Grams.Of("石室", "c/")));
        (await FindsAsync("凤求"), await FindsAsync("石室")).ShouldBe((false, true));
        await db.TaskTexts.Where(text => text.InstanceId == id).ExecuteDeleteAsync();
        (await FindsAsync("石室")).ShouldBeFalse();
    }

    private static bool Holds(ListedCity city, Caller caller, WorkItemList list, Narrowing narrowing, WorkItemRow item)
    {
        var (me, teams, isOpen) = (caller.Actor.UserId, caller.TeamIds, item.OpenDue is not null);
        var isMine = isOpen && (item.HolderId == me || item.WaitsFor == me || teams.Contains(item.WaitsFor ?? ""));
        var isBarred = item.Stage == StageName.PostEvaluation && city.Hands.Exists(hand => hand.InstanceId == item.InstanceId && (hand.UserId == me || teams.Contains(hand.TeamId)));
        var isClaimable = item.Status == WorkItemStatus.Offered && item.HolderId is null && teams.Contains(item.TeamId) && !isBarred;
        var isSeen = isOpen && (caller.SeesAll || caller.Scopes.Any(scope => item.AreaPath.StartsWith(scope, StringComparison.Ordinal)) || teams.Contains(item.TeamId));
        return Passes(city, narrowing, item) && !IsHidden(caller, item) && (narrowing.TeamKind is null || item.TeamKind == narrowing.TeamKind) && list switch
        {
            WorkItemList.Todo => isMine || isClaimable,
            WorkItemList.Mine => isMine,
            WorkItemList.Team => isClaimable,
            WorkItemList.Done => item.DoneAt is not null && item.HolderId == me,
            WorkItemList.Copied => city.Copies.Exists(copy => copy.InstanceId == item.InstanceId && copy.WorkItem == item.Number && copy.UserId == me),
            WorkItemList.Open => isSeen,
            WorkItemList.Overdue => isSeen && item.OpenDue <= ListedCity.Now && item.IsBreached,
            WorkItemList.Today => isSeen && IsToday(item),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static bool Holds(ListedCity city, Caller caller, TaskList list, TaskStates state, Narrowing narrowing, TaskRow task)
    {
        var me = caller.Actor.UserId;
        var isSeen = caller.SeesAll || task.RaisedById == me || caller.Scopes.Any(scope => task.AreaPath.StartsWith(scope, StringComparison.Ordinal))
            || city.Copies.Exists(copy => copy.InstanceId == task.InstanceId && copy.UserId == me)
            || city.Items.Exists(item => item.InstanceId == task.InstanceId && item.OpenDue is not null && caller.TeamIds.Contains(item.TeamId));
        return Passes(city, narrowing, task) && !IsHidden(caller, task) && (list == TaskList.Started ? task.RaisedById == me : isSeen)
            && state switch { TaskStates.Open => task.ClosedAt is null, TaskStates.Closed => task.ClosedAt is not null, _ => true };
    }

    private static bool Passes(ListedCity city, Narrowing narrowing, IListed row) =>
        (narrowing.AreaPath is null || row.AreaPath.StartsWith(narrowing.AreaPath, StringComparison.Ordinal)) && (narrowing.DefinitionId is null || row.DefinitionId == narrowing.DefinitionId)
        && (narrowing.Priority is null || row.Priority == narrowing.Priority) && (narrowing.Stage is null || row.Stage == narrowing.Stage)
        && narrowing.Due switch { DuePeriod.Overdue => row.OpenDue <= ListedCity.Now && row.IsBreached, DuePeriod.Today => IsToday(row), _ => true }
        && narrowing.Words.All(word => city.Texts.Single(text => text.InstanceId == row.InstanceId).Text.Contains(word, StringComparison.Ordinal));

    private static bool IsHidden(Caller caller, IListed row) =>
        row.HiddenUntil > ListedCity.Now && caller.InspectedScopes.Any(scope => row.AreaPath.StartsWith(scope, StringComparison.Ordinal) || scope.StartsWith(row.AreaPath, StringComparison.Ordinal));

    private static bool IsToday(IListed row) => row.OpenDue >= ListedCity.Today.Item1 && row.OpenDue < ListedCity.Today.Item2;

    private static Narrowing Narrowed(ListedCity city, ListSort? sort) => new(
        city.Chance(30) ? city.OneOf("c/", "c/j1/", "c/j2/s3/", "c/j2/s3/m1/", "d/j3/s4/") : null, city.Chance(20) ? city.OneOf("d1", "absent") : null, city.Chance(20) ? Priority.Urgent : null,
        city.Chance(20) ? StageName.PostEvaluation : null, city.Chance(20) ? city.OneOf(DuePeriod.Overdue, DuePeriod.Today) : null, null, city.Chance(30) ? TextSearch.Words(city.SearchText()) : [], sort,
        ListedCity.Now, ListedCity.Today);

    private static string NameOf(WorkItemRow item) => string.Create(CultureInfo.InvariantCulture, $"{item.InstanceId}/{item.Number}");

    /// <returns>Also two that search: one that fetches by the index, one that takes every word for a common one.</returns>
    private async Task<(ListedCity City, WorkflowDb Db, TextSearch[] Search)> NewCityAsync(string store)
    {
        var seed = Environment.GetEnvironmentVariable("WORKFLOW_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        output.WriteLine($"WORKFLOW_SEED={seed}");
        var database = await stores.NewAsync(store);
        var db = database.CreateDbContext();
        await db.Database.MigrateAsync();
        var city = ListedCity.Make(seed, 300);
        await city.StoreAsync(db);
        return (city, db, [new(database), new(database) { MostFetched = 0 }]);
    }
}
