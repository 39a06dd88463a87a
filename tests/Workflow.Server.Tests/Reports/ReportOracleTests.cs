using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Reports;
using Workflow.Engine.Storage;
using Workflow.Engine.Storage.Reporting;
using Workflow.Server.Tests.Running;
using Xunit.Abstractions;

namespace Workflow.Server.Tests.Reports;

/// <summary>Every figure of every report is what going through the rows one by one gives: on each store, for random periods, filters, groups and readers.</summary>
[Collection(Stores.Collection)]
public sealed class ReportOracleTests(Stores stores, ITestOutputHelper output)
{
    private const int Rounds = 60;
    private const int Most = 100;

    private static readonly int[] Ages = [1, 3, 7];

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Figures_are_what_counting_the_rows_one_by_one_gives(string store)
    {
        var (city, database) = await NewCityAsync(store);
        var queries = new ReportQueries(database);
        await using var db = database.CreateDbContext();
        var met = new Dictionary<string, long>();
        for (var round = 0; round < Rounds; round++)
        {
            var asked = Ask(city);
            var rows = city.Tasks.Where(row => Passes(city, asked, row)).ToList();

            var groups = (await queries.CountAsync(asked, Most, CancellationToken.None))!;
            foreach (var count in TaskCounts.With(Ages))
            {
                var expected = rows.Where(row => Oracle.IsCounted(row, count.Name, asked.Period)).GroupBy(row => Oracle.KeyOf(row, asked.By)).Select(group => (group.Key, (long)group.Count())).OrderBy(group => group.Key, StringComparer.Ordinal);
                groups.Select(group => (group.Key, group.Count(count))).Where(group => group.Item2 > 0).OrderBy(group => group.Key, StringComparer.Ordinal).ShouldBe(expected, $"{count.Name} {asked}");
                TaskGroup.Total(groups).Count(count).ShouldBe(expected.Sum(group => group.Item2));
                met[count.Name] = met.GetValueOrDefault(count.Name) + expected.Sum(group => group.Item2);
            }
            await CheckTasksAsync(db, city, asked, rows);
            CheckTimes(asked, rows, (await queries.TimeAsync(asked, Most, CancellationToken.None))!);
        }
        met.Where(count => count.Value == 0).Select(count => count.Key).ShouldBeEmpty("these were never met");
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Work_and_pauses_are_what_adding_the_rows_one_by_one_gives(string store)
    {
        var (city, database) = await NewCityAsync(store);
        var (queries, found) = (new ReportQueries(database), 0);
        await using var db = database.CreateDbContext();
        for (var round = 0; round < Rounds; round++)
        {
            var asked = Ask(city);
            var ended = city.Tasks.Where(row => Passes(city, asked, row) && Oracle.IsCounted(row, "ended", asked.Period)).Select(row => row.InstanceId).ToHashSet();

            var by = city.OneOf(ReportBy.Team, ReportBy.Person, ReportBy.TeamKind);
            var filter = asked.Filter;
            var work = city.Work.Where(row => ended.Contains(row.InstanceId) && IsMeant(filter, row))
                .GroupBy(row => by switch { ReportBy.Person => row.PersonId, ReportBy.TeamKind => row.TeamKind.ToString(), _ => row.TeamId })
                .Select(group => (group.Key, (long)group.Select(row => row.InstanceId).Distinct().Count(), (long)group.Sum(row => row.Items), group.Sum(row => row.WaitSeconds), group.Sum(row => row.WorkSeconds)));
            var worked = (await queries.WorkAsync(asked, by, Most, CancellationToken.None))!;
            worked.Select(group => (group.Key, group.Tasks, group.Items, group.WaitSeconds, group.WorkSeconds)).ShouldBe(work, ignoreOrder: true, $"{by} {asked}");

            var pauses = city.Pauses.Where(row => ended.Contains(row.InstanceId) && (filter.PauseReason ?? row.Reason) == row.Reason)
                .GroupBy(row => row.Reason).Select(group => new PausedGroup(group.Key, group.Count(), group.Sum(row => row.Times), group.Sum(row => row.Seconds)));
            var paused = await queries.PausesAsync(asked, CancellationToken.None);
            paused.ShouldBe(pauses, ignoreOrder: true, $"{asked}");
            found += worked.Count + paused.Count;

            // The tasks behind a figure are asked for by its group as a filter.
            Task<int> Behind(ReportFilter group, TaskCount count) => ReportQueries.Tasks(db, asked with { Filter = group }, count, null).CountAsync();
            foreach (var group in worked)
                (await Behind(by switch
                {
                    ReportBy.Person => filter with { WorkPersonId = group.Key ?? "" },
                    ReportBy.TeamKind => filter with { WorkTeamKind = Enum.Parse<TeamKind>(group.Key!) },
                    _ => filter with { WorkTeamId = group.Key },
                }, TaskCounts.Ended)).ShouldBe((int)group.Tasks, $"{by} {group} {asked}");
            foreach (var group in paused) (await Behind(filter with { PauseReason = group.Reason }, TaskCounts.Paused)).ShouldBe((int)group.Tasks, $"{group} {asked}");
        }
        found.ShouldBeGreaterThan(Rounds);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task More_groups_than_allowed_are_no_report(string store)
    {
        var (_, database) = await NewCityAsync(store);
        var queries = new ReportQueries(database);
        var asked = new ReportAsked(new(ReportedCity.Begin, ReportedCity.Begin.AddDays(20)), new(), ReportScope.Everything, ReportBy.Jurisdiction, Ages);

        (await queries.CountAsync(asked, 2, CancellationToken.None)).ShouldBeNull();
        (await queries.TimeAsync(asked, 2, CancellationToken.None)).ShouldBeNull();
        (await queries.WorkAsync(asked, ReportBy.Team, 2, CancellationToken.None)).ShouldBeNull();
        (await queries.CountAsync(asked, 4, CancellationToken.None))!.Count.ShouldBe(4);
        (await queries.TimeAsync(asked, 4, CancellationToken.None))!.Count.ShouldBe(5);
    }

    /// <summary>The list behind a figure holds just the tasks that the oracle counts, in its order.</summary>
    private static async Task CheckTasksAsync(WorkflowDb db, ReportedCity city, ReportAsked asked, List<TaskSummaryRow> rows)
    {
        var count = city.OneOf(TaskCounts.With(Ages));
        var group = city.Chance(50) ? null : new ReportGroup(Oracle.KeyOf(city.OneOf(city.Tasks), asked.By));

        var listed = await ReportQueries.Tasks(db, asked, count, group).ToListAsync();

        var expected = rows.Where(row => Oracle.IsCounted(row, count.Name, asked.Period) && (group is null || group.Key == Oracle.KeyOf(row, asked.By))).OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.InstanceId);
        listed.Select(row => row.Number).ShouldBe(expected.Select(row => row.Number), $"{count.Name} {group} {asked}");
    }

    private static void CheckTimes(ReportAsked asked, List<TaskSummaryRow> rows, IReadOnlyList<TimedGroup> groups)
    {
        groups.Where(group => group.IsTotal).ShouldHaveSingleItem();
        foreach (var (index, duration) in Figures.Durations.Index())
        {
            var timed = rows.Where(row => Oracle.IsCounted(row, duration.Over.Name, asked.Period) && Oracle.TimeOf(row, duration.Name) is not null).ToList();
            foreach (var group in groups)
                group.Times[index].ShouldBe(Oracle.Ranked([.. timed.Where(row => group.IsTotal || Oracle.KeyOf(row, asked.By) == group.Key).Select(row => Oracle.TimeOf(row, duration.Name)!.Value)]), $"{duration.Name} {group.Key} {asked}");
            if (groups.Count > 1) timed.Select(row => Oracle.KeyOf(row, asked.By)).ShouldBeSubsetOf(groups.Where(group => !group.IsTotal).Select(group => group.Key));
        }
    }

    private static bool IsMeant(ReportFilter filter, TaskWorkRow row) =>
        (filter.WorkTeamId ?? row.TeamId) == row.TeamId && (filter.WorkPersonId ?? row.PersonId ?? "") == (row.PersonId ?? "") && (filter.WorkTeamKind ?? row.TeamKind) == row.TeamKind;

    private static bool Passes(ReportedCity city, ReportAsked asked, TaskSummaryRow row)
    {
        var (filter, scope) = (asked.Filter, asked.Scope);
        var work = city.Work.Where(one => one.InstanceId == row.InstanceId).ToList();
        var isSeen = scope.AreaPaths is null || scope.AreaPaths.Any(path => row.AreaPath.StartsWith(path, StringComparison.Ordinal)) || row.StartedById == scope.UserId || work.Exists(one => scope.TeamIds.Contains(one.TeamId));
        return isSeen && row.StartedAt < asked.Period.To
            && (filter.AreaPath is null || row.AreaPath.StartsWith(filter.AreaPath, StringComparison.Ordinal)) && (filter.TeamKind is null || row.TeamKind == filter.TeamKind) && (filter.TeamId is null || row.TeamId == filter.TeamId)
            && (filter.PersonId is null || row.PersonId == filter.PersonId) && (filter.DefinitionId is null || row.DefinitionId == filter.DefinitionId) && (filter.Category is null || row.Category == filter.Category)
            && (filter.Priority is null || row.Priority == filter.Priority) && (filter.Source is null || row.Source == filter.Source)
            && (filter is { WorkTeamId: null, WorkPersonId: null, WorkTeamKind: null } || work.Exists(one => IsMeant(filter, one)))
            && (filter.PauseReason is null || city.Pauses.Exists(one => one.InstanceId == row.InstanceId && one.Reason == filter.PauseReason));
    }

    private static ReportAsked Ask(ReportedCity city)
    {
        var (from, days) = (city.Day(15), city.OneOf(1, 3, 30));
        return new(
            new(from, from.AddDays(days)),
            new()
            {
                AreaPath = city.Chance(20) ? city.OneOf("c/", "c/j1/", "c/j2/s3/") : null,
                TeamKind = city.Chance(10) ? TeamKind.Enforcement : null,
                TeamId = city.Chance(10) ? "t1" : null,
                PersonId = city.Chance(10) ? "u1" : null,
                DefinitionId = city.Chance(10) ? "d1" : null,
                Category = city.Chance(10) ? "扬尘源" : null,
                Priority = city.Chance(10) ? Priority.Urgent : null,
                Source = city.Chance(10) ? TaskSource.Alarm : null,
                WorkTeamId = city.Chance(20) ? "t2" : null,
                WorkPersonId = city.Chance(20) ? city.OneOf("u2", "") : null,
                WorkTeamKind = city.Chance(10) ? TeamKind.CommunityGrid : null,
                PauseReason = city.Chance(10) ? "testing" : null,
            },
            city.Chance(40) ? ReportScope.Everything : new(city.OneOf<string[]>([], ["c/j1/"], ["c/j1/s1/", "c/j2/"]), city.OneOf<string[]>([], ["t1"], ["t2", "t3"]), city.OneOf("u1", "u2", "u9")),
            city.OneOf(Enum.GetValues<ReportBy>()), Ages);
    }

    private async Task<(ReportedCity City, Database Database)> NewCityAsync(string store)
    {
        var seed = Environment.GetEnvironmentVariable("WORKFLOW_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        output.WriteLine($"WORKFLOW_SEED={seed}");
        var database = await stores.NewAsync(store);
        await using var db = database.CreateDbContext();
        await db.Database.MigrateAsync();
        var city = ReportedCity.Make(seed, 400);
        await city.StoreAsync(db);
        return (city, database);
    }
}
