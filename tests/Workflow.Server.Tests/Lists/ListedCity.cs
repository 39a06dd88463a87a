using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;

namespace Workflow.Server.Tests.Lists;

/// <summary>Random rows of a small city, with many equal times: what lists have to sort, narrow and page.</summary>
internal sealed class ListedCity(int seed)
{
    public static readonly DateTimeOffset Now = new(2026, 9, 14, 10, 0, 0, TimeSpan.Zero);

    /// <summary>The day of <see cref="Now"/> in Shanghai.</summary>
    public static readonly (DateTimeOffset, DateTimeOffset) Today = (new(2026, 9, 13, 16, 0, 0, TimeSpan.Zero), new(2026, 9, 14, 16, 0, 0, TimeSpan.Zero));

    private static readonly string[] Paths = ["c/", "c/j1/", "c/j1/s1/", "c/j1/s2/", "c/j2/s3/", "c/j2/s3/m1/", "d/j3/s4/"];
    private static readonly string[] Words = ["扬尘", "超标", "尘土", "PM2.5", "ＰＭ", "锦城湖", "湖", "cd-2026", "100%", "a_b", "𠮷野"];

    private readonly Random random = new(seed);

    public List<TaskRow> Tasks { get; } = [];

    public List<WorkItemRow> Items { get; } = [];

    public List<TaskTextRow> Texts { get; } = [];

    public List<CopyRow> Copies { get; } = [];

    public List<HandRow> Hands { get; } = [];

    public static ListedCity Make(int seed, int tasks)
    {
        var city = new ListedCity(seed);
        for (var number = 1; number <= tasks; number++) city.AddTask(number);
        return city;
    }

    public T OneOf<T>(params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public bool Chance(int percent) => random.Next(100) < percent;

    public string SearchText() => string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => OneOf(Words) is var word && Chance(50) ? word : word[..1]));

    public Caller Someone() => new(
        new Actor(OneOf("u1", "u2", "u3"), "somebody", OneOf<string[]>([], ["t1"], ["t1", "t2"], ["t3"])), [], OneOf<string[]>([], ["c/"], ["c/j1/"], ["c/j1/s1/", "c/j2/"], ["c/j1/", "c/j1/s2/"]),
        Chance(20) ? [Permission.Operate] : [])
    {
        InspectedScopes = OneOf<string[]>([], [], ["c/"], ["c/j1/"], ["c/j1/s1/", "c/j2/"]), At = Now,
    };

    public async Task StoreAsync(WorkflowDb db)
    {
        db.AddRange(Tasks);
        db.AddRange(Items);
        db.AddRange(Texts);
        db.AddRange(Copies);
        db.AddRange(Hands);
        await db.SaveChangesAsync();
    }

    private void AddTask(int number)
    {
        var path = OneOf(Paths);
        var at = Now - TimeSpan.FromHours(random.Next(50));
        var (id, isOpen, due) = (new InstanceId(Guid.CreateVersion7(at)), Chance(70), Chance(80) ? Now.AddHours(random.Next(-30, 30)) : (DateTimeOffset?)null);
        var task = new TaskRow
        {
            InstanceId = id, Number = $"CD-2026-{number:000000}", Subject = string.Concat(Enumerable.Range(0, 3).Select(_ => OneOf(Words))), DefinitionId = OneOf("d1", "d2"), DefinitionName = "definition",
            AreaCode = "a", AreaName = "area", AreaPath = path, JurisdictionCode = AreaLevels.Jurisdiction(path), StreetCode = AreaLevels.Street(path), JurisdictionName = "j", Priority = OneOf(Priority.Normal, Priority.Urgent),
            RaisedById = OneOf("u1", "u2", null), Stage = OneOf(Enum.GetValues<StageName>()), StartedAt = at, ClosedAt = isOpen ? null : Now, NextDue = due, OpenDue = isOpen ? due ?? DateTimeOffset.MaxValue : null,
            OpenSince = isOpen ? at : null, HiddenUntil = Chance(20) ? Now.AddHours(OneOf(-1, 0, 1)) : null, IsWarned = false, IsBreached = due <= Now && Chance(80), EscalatedTo = "", Revision = 1,
        };
        Tasks.Add(task);
        Texts.Add(new() { InstanceId = id, Text = Grams.Normalize($"{task.Number}\n{task.Subject}"), AreaPath = path });
        for (var item = 1; item <= random.Next(1, 4); item++) AddItem(task, item, isOpen);
        if (Chance(30)) Hands.Add(new() { InstanceId = id, Number = 1, UserId = OneOf("u1", "u2"), UserName = "hand", TeamId = OneOf("t1", "t3"), TeamName = "team", TeamKind = TeamKind.Enforcement });
    }

    private void AddItem(TaskRow task, int number, bool isOpen)
    {
        var status = isOpen ? OneOf(WorkItemStatus.Offered, WorkItemStatus.Offered, WorkItemStatus.Claimed, WorkItemStatus.Delegated, WorkItemStatus.Disputed) : OneOf(WorkItemStatus.Done, WorkItemStatus.Withdrawn);
        var due = Chance(80) ? Now.AddHours(random.Next(-30, 30)) : (DateTimeOffset?)null;
        Items.Add(new()
        {
            InstanceId = task.InstanceId, Number = number, Title = "look", DefinitionId = task.DefinitionId, Priority = task.Priority, HiddenUntil = task.HiddenUntil, AreaPath = task.AreaPath, JurisdictionCode = task.JurisdictionCode,
            StreetCode = task.StreetCode, Stage = OneOf(StageName.Handling, StageName.PostEvaluation), TeamId = OneOf("t1", "t2", "t3"), TeamName = "team", TeamKind = OneOf(Enum.GetValues<TeamKind>()), Status = status,
            HolderId = status is WorkItemStatus.Offered && Chance(80) ? null : OneOf("u1", "u2", "u3"), HolderName = "holder",
            WaitsFor = status switch { WorkItemStatus.Delegated => OneOf("u1", "u2"), WorkItemStatus.Disputed => "t1", _ => null },
            OfferedAt = Now.AddMinutes(-random.Next(20)), DoneAt = status == WorkItemStatus.Done ? Now.AddMinutes(-random.Next(20)) : null, Due = due, OpenDue = isOpen ? due ?? DateTimeOffset.MaxValue : null,
            IsWarned = false, IsBreached = due <= Now && Chance(80), UrgedAt = null, Revision = 1,
        });
        if (Chance(20)) Copies.Add(new() { InstanceId = task.InstanceId, Number = 100 + number, WorkItem = number, UserId = OneOf("u1", "u2"), At = task.StartedAt });
    }
}
