using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Features.Notices;
using Workflow.Server.Tests.Lists;
using Workflow.Server.Tests.Running;
using Xunit.Abstractions;

namespace Workflow.Server.Tests.Notices;

/// <summary>The list of notices gives, page by page, what going through all rows one by one would: on each store, for random people, with tasks that are hidden from some.</summary>
[Collection(Stores.Collection)]
public sealed class NoticeQueryTests(Stores stores, ITestOutputHelper output)
{
    private const int Rounds = 80;

    private static readonly DateTimeOffset Since = ListedCity.Now.AddHours(-40);

    private readonly List<NoticeRow> rungs = [];
    private readonly List<NotificationRow> offers = [];

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Everybody_is_told_what_reaches_them_by_name_team_or_role_once_and_nothing_that_is_hidden_from_them(string store)
    {
        var seed = Environment.GetEnvironmentVariable("WORKFLOW_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        output.WriteLine($"WORKFLOW_SEED={seed}");
        var database = await stores.NewAsync(store);
        await using var db = database.CreateDbContext();
        await db.Database.MigrateAsync();
        var city = ListedCity.Make(seed, 250);
        foreach (var task in city.Tasks) Tell(city, task);
        db.AddRange(rungs);
        db.AddRange(offers);
        await city.StoreAsync(db);

        var (found, hidden, twice) = (0, 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var caller = city.Someone();
            caller = caller with { Actor = caller.Actor with { Roles = city.OneOf<string[]?>(null, ["supervisor"], ["duty-officer", "supervisor"]) } };
            var query = new NoticeQuery(db, caller, Since);

            var told = new List<Told>();
            while (await query.PageAsync(told.Count == 0 ? null : (told[^1].At, told[^1].Instance, told[^1].Number), 7, default) is { Count: > 0 } page) told.AddRange(page);

            var reaching = rungs.Where(row => row.At >= Since && Reaches(city, caller, row)).ToList();
            var (mine, offered) = (reaching.Where(row => !IsHidden(city, caller, row.InstanceId)).ToList(), offers.Where(row => row.UserId == caller.Actor.UserId && !IsHidden(city, caller, row.InstanceId)).ToList());
            var expected = mine.Select(row => (row.At, row.InstanceId, row.Effect)).Distinct().Concat(offered.Select(row => (row.At, row.InstanceId, Effect: row.Number)))
                .OrderByDescending(row => row.At).ThenByDescending(row => row.InstanceId).ThenByDescending(row => row.Effect).ToList();
            told.Select(one => (one.At, one.Instance, one.Number)).ShouldBe(expected, $"{caller}");

            var seen = city.OneOf<DateTimeOffset?>(null, ListedCity.Now.AddHours(-20), told.Count > 0 ? told[^1].At : null);
            var unread = offered.Count(row => row.ReadAt is null) + mine.Where(row => !(row.At <= seen)).Select(row => (row.InstanceId, row.Effect)).Distinct().Count();
            (await query.CountUnreadAsync(seen, 1000, default)).ShouldBe(unread);
            (await query.CountUnreadAsync(seen, 5, default)).ShouldBe(Math.Min(5, unread));
            (found, hidden, twice) = (found + told.Count, hidden + reaching.Count - mine.Count, twice + mine.Count + offered.Count - expected.Count);
        }
        (found > Rounds, hidden > 0, twice > 0).ShouldBe((true, true, true), $"found {found}, hidden {hidden}, in two ways {twice}");
    }

    private void Tell(ListedCity city, TaskRow task)
    {
        for (var effect = 200; effect < city.OneOf(200, 201, 203); effect++)
        {
            var (at, number) = (city.OneOf(task.StartedAt, task.StartedAt.AddMinutes(5), ListedCity.Now.AddHours(-30)), 0);
            foreach (var (user, team, role) in new (string?, string?, string?)[] { ("u1", null, null), ("u2", null, null), (null, "t1", null), (null, "t2", null), (null, null, "supervisor"), (null, null, "duty-officer") })
                if (city.Chance(30)) rungs.Add(new()
                {
                    InstanceId = task.InstanceId, Effect = effect, Number = number++, UserId = user, TeamId = team, Role = role, WorkItem = null, TaskNumber = task.Number, Subject = task.Subject, Rung = "late",
                    Stage = null, Due = null, At = at,
                });
        }
        if (city.Chance(30)) offers.Add(new() { InstanceId = task.InstanceId, Number = 300, WorkItem = 1, UserId = city.OneOf("u1", "u2"), Rung = "duty-leader", At = task.StartedAt, ReadAt = city.Chance(50) ? ListedCity.Now : null });
    }

    private bool Reaches(ListedCity city, Caller caller, NoticeRow row) =>
        row.UserId == caller.Actor.UserId || caller.TeamIds.Contains(row.TeamId ?? "") || (caller.Actor.Roles?.Contains(row.Role ?? "") == true && Sees(city, caller, city.Tasks.Single(task => task.InstanceId == row.InstanceId)));

    private bool Sees(ListedCity city, Caller caller, TaskRow task) =>
        caller.SeesAll || task.RaisedById == caller.Actor.UserId || caller.Scopes.Any(scope => task.AreaPath.StartsWith(scope, StringComparison.Ordinal))
        || city.Items.Exists(item => item.InstanceId == task.InstanceId && caller.TeamIds.Contains(item.TeamId))
        || city.Copies.Exists(copy => copy.InstanceId == task.InstanceId && copy.UserId == caller.Actor.UserId)
        || offers.Exists(offer => offer.InstanceId == task.InstanceId && offer.UserId == caller.Actor.UserId);

    private static bool IsHidden(ListedCity city, Caller caller, InstanceId id)
    {
        var task = city.Tasks.Single(task => task.InstanceId == id);
        return task.HiddenUntil > ListedCity.Now
            && caller.InspectedScopes.Any(scope => task.AreaPath.StartsWith(scope, StringComparison.Ordinal) || scope.StartsWith(task.AreaPath, StringComparison.Ordinal));
    }
}
