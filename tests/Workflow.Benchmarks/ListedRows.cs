using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.Storage.Writing;
using Workflow.Engine.WorkItems;

namespace Workflow.Benchmarks;

/// <summary>
/// Tasks and work items as a city would have them, straight into the rows that lists read: every street, a community grid in each, an enforcement team, a
/// technical and an inspection team in each jurisdiction, the teams and people of the demo organisation among them, and 400 people. Every task is spoken of in
/// words that are common, rare, or in between.
/// </summary>
internal sealed class ListedRows(IReadOnlyList<AreaRow> areas, DateTimeOffset now, int seed)
{
    public const int DoneOfATask = 4;

    private const int BatchSize = 4000;
    private const int People = 400;

    private static readonly string[] Sites = ["三瓦窑", "锦城湖", "沙河铺", "十里店", "金泉", "火车南站", "交子大道", "白鹭湾", "青龙湖", "凤求凰", "石室", "文翁路", "琉璃场", "龙潭寺", "洗面桥", "梁家巷"];
    private static readonly string[] Kinds = ["站点", "工地", "断面", "企业", "搅拌站", "餐馆", "加油站", "汽修店", "泵站", "垃圾站"];
    private static readonly string[] What = ["PM2.5 突升", "PM10 超标", "扬尘超标", "氨氮超标", "噪声扰民", "油烟投诉", "露天焚烧", "异味投诉", "夜间施工", "渣土撒漏", "黑烟车", "臭氧超标"];
    private static readonly string[] Titles = ["现场核实", "来源研判", "整改处置", "复核检查", "效果评估"];
    private static readonly string[] Definitions = ["air-station-alarm", "dust-site-alarm", "water-exceedance", "public-report", "noise", "fumes", "waste", "petition", "penalty", "warning", "permit", "restoration"];
    private static readonly StageName[] Stages = Enum.GetValues<StageName>();

    private readonly Random random = new(seed);
    private readonly AreaRow[] streets = [.. areas.Where(area => area.Kind == AreaKind.Street)];

    /// <summary>In transactions of some thousand rows each.</summary>
    public async Task FillAsync(Database database, int open, int done, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        await db.Database.OpenConnectionAsync(cancel);
        await using var writer = database.WriterFor(db);
        var closed = done / DoneOfATask;
        foreach (var batch in Enumerable.Range(0, closed + open).Chunk(BatchSize))
        {
            var changes = new RowChanges();
            foreach (var number in batch)
                foreach (var row in number < closed ? Closed(number, closed) : Open(number, number - closed, open)) changes.Insert(row);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await writer.CommitAsync(changes, transaction, cancel);
        }
    }

    /// <summary>Over two years, the last of them a day ago.</summary>
    private List<object> Closed(int number, int count)
    {
        var startedAt = now - TimeSpan.FromDays(1) - TimeSpan.FromDays(730) * ((double)(count - number) / count);
        var task = TaskOf(number, startedAt) with { ClosedAt = startedAt + TimeSpan.FromHours(20), OpenDue = null, OpenSince = null, Stage = null };
        var rows = new List<object> { task, TextOf(task) };
        for (var item = 1; item <= DoneOfATask; item++)
        {
            var (user, stage) = (Person(), Stages[Math.Min(item, Stages.Length - 1)]);
            var row = ItemOf(task, item, stage);
            rows.Add(row with { Status = WorkItemStatus.Done, HolderId = user, HolderName = user, DoneAt = startedAt + TimeSpan.FromHours(4 * item), OpenDue = null });
            if (stage == StageName.Handling) rows.Add(new HandRow { InstanceId = task.InstanceId, Number = 1, UserId = user, UserName = user, TeamId = row.TeamId, TeamName = row.TeamName, TeamKind = row.TeamKind });
        }
        return rows;
    }

    /// <summary>Over the last month; a tenth is late, a tenth is urgent, a fifth in the last stage.</summary>
    private List<object> Open(int number, int index, int count)
    {
        var startedAt = now - TimeSpan.FromDays(30) * ((double)(count - index) / count);
        var due = now + TimeSpan.FromHours(random.Next(-24, 216));
        var stage = Stages[random.Next(1, Stages.Length)];
        var task = TaskOf(number, startedAt) with { NextDue = due, OpenDue = due, IsBreached = due <= now, Stage = stage };
        var offered = ItemOf(task, 1, stage) with { Due = due, OpenDue = due, IsBreached = due <= now };
        var holder = Person();
        var item = random.Next(3) > 0 ? offered : offered with { Status = WorkItemStatus.Claimed, HolderId = holder, HolderName = holder, WaitsFor = random.Next(50) == 0 ? Person() : null };
        var rows = new List<object> { task, TextOf(task), item };
        if (stage == StageName.PostEvaluation)
            rows.Add(new HandRow { InstanceId = task.InstanceId, Number = 1, UserId = holder, UserName = holder, TeamId = $"enforcement-{task.JurisdictionCode}", TeamName = "", TeamKind = TeamKind.Enforcement });
        if (random.Next(20) == 0) rows.Add(new CopyRow { InstanceId = task.InstanceId, Number = 2, WorkItem = 1, UserId = Person(), At = startedAt });
        return rows;
    }

    internal TaskRow TaskOf(int number, DateTimeOffset startedAt)
    {
        var street = streets[random.Next(streets.Length)];
        var definition = Definitions[random.Next(Definitions.Length)];
        return new()
        {
            InstanceId = new(Guid.CreateVersion7(startedAt)),
            Number = string.Create(CultureInfo.InvariantCulture, $"CD-{startedAt.Year}-{number:000000}"),
            Subject = $"{Sites[random.Next(Sites.Length)]}{random.Next(1, 300)}号{Kinds[random.Next(Kinds.Length)]}{What[random.Next(What.Length)]}",
            DefinitionId = definition,
            DefinitionName = definition,
            AreaCode = street.Code,
            AreaName = street.Name,
            AreaPath = street.Path,
            JurisdictionCode = AreaLevels.Jurisdiction(street.Path),
            StreetCode = AreaLevels.Street(street.Path),
            JurisdictionName = street.JurisdictionName,
            Priority = random.Next(10) == 0 ? Priority.Urgent : Priority.Normal,
            RaisedById = Person(),
            Stage = StageName.Response,
            StartedAt = startedAt,
            ClosedAt = null,
            NextDue = null,
            OpenDue = DateTimeOffset.MaxValue,
            OpenSince = startedAt,
            IsWarned = false,
            IsBreached = false,
            EscalatedTo = "",
            Revision = 4,
        };
    }

    private static TaskTextRow TextOf(TaskRow task) => new()
    {
        InstanceId = task.InstanceId,
        Text = Grams.Normalize($"{task.Number}\n{task.Subject}\n{task.AreaName}\n{task.JurisdictionName}\n{task.DefinitionName}\n{string.Join('\n', Titles)}"),
        AreaPath = task.AreaPath,
    };

    private WorkItemRow ItemOf(TaskRow task, int number, StageName stage)
    {
        var kind = stage switch { StageName.Response => TeamKind.CommunityGrid, StageName.Analysis => TeamKind.TechGrid, StageName.Handling => TeamKind.Enforcement, _ => TeamKind.Inspection };
        return new()
        {
            InstanceId = task.InstanceId,
            Number = number,
            Title = Titles[(int)stage],
            DefinitionId = task.DefinitionId,
            Priority = task.Priority,
            AreaPath = task.AreaPath,
            JurisdictionCode = task.JurisdictionCode,
            StreetCode = task.StreetCode,
            Stage = stage,
            TeamId = TeamOf(kind, task),
            TeamName = kind.ToString(),
            TeamKind = kind,
            Status = WorkItemStatus.Offered,
            HolderId = null,
            HolderName = null,
            WaitsFor = null,
            OfferedAt = task.StartedAt + TimeSpan.FromMinutes(number),
            DoneAt = null,
            Due = null,
            OpenDue = DateTimeOffset.MaxValue,
            IsWarned = false,
            IsBreached = false,
            UrgedAt = null,
            Revision = 1,
        };
    }

    private string TeamOf(TeamKind kind, TaskRow task) => kind switch
    {
        TeamKind.CommunityGrid => task.StreetCode == "510107064" ? "grid-guixi" : $"grid-{task.StreetCode}",
        TeamKind.TechGrid => random.Next(20) == 0 ? "tech-city" : $"tech-{task.JurisdictionCode}",
        TeamKind.Enforcement => $"enforcement-{task.JurisdictionCode}",
        _ => random.Next(20) == 0 ? "inspection-city" : $"inspection-{task.JurisdictionCode}",
    };

    private string Person() => random.Next(People) switch { 0 => "u-grid", 1 => "u-enforcement", 2 => "u-inspection", 3 => "u-tech", var number => $"u-{number}" };
}
