using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;

namespace Workflow.Server.Tests.Running;

/// <summary>A storm of alarms makes one task for each subject, on one server and on several.</summary>
[Collection(Stores.Collection)]
public class AlarmStormTests(Stores stores)
{
    private const string DustDefinition = """
        { 'definitionId': 'dust', 'inputs': [ { 'name': 'pm10', 'type': 'Double' } ],
          'root': { 'id': 'loop', 'type': 'Workflow.ClosedLoop', 'alarms': { 'value': 'pm10', 'raiseAt': 150, 'clearBelow': 120 },
            'initiation': { 'id': 'initiation', 'type': 'Workflow.Stage', 'body': { 'id': 'b1', 'type': 'Elsa.Flowchart', 'activities': [] } },
            'response': { 'id': 'response', 'type': 'Workflow.Stage', 'body': { 'id': 'b2', 'type': 'Elsa.Flowchart', 'activities': [ { 'id': 'd', 'type': 'Elsa.Delay', 'timeSpan': '1.00:00:00' } ] } },
            'analysis': { 'id': 'analysis', 'type': 'Workflow.Stage', 'body': { 'id': 'b3', 'type': 'Elsa.Flowchart', 'activities': [] } },
            'handling': { 'id': 'handling', 'type': 'Workflow.Stage', 'body': { 'id': 'b4', 'type': 'Elsa.Flowchart', 'activities': [] } },
            'postEvaluation': { 'id': 'post', 'type': 'Workflow.Stage', 'body': { 'id': 'b5', 'type': 'Elsa.Flowchart', 'activities': [] } } } }
        """;

    private const int Sites = 12;
    private const int AlarmsOfASite = 25;

    private static readonly Place Guixi = new("510107064", "桂溪街道", "/5101/gaoxin/510107064/", "高新区");

    [Theory]
    [InlineData("Sqlite", 1)]
    [InlineData("Postgres", 1)]
    [InlineData("Postgres", 2)]
    public async Task A_storm_makes_one_task_for_each_subject_and_counts_every_alarm(string store, int servers)
    {
        var database = await stores.NewAsync(store);
        var hosts = new List<EngineHost>();
        for (var host = 0; host < servers; host++) hosts.Add(await EngineHost.StartAsync(database, DustDefinition));

        var results = await Task.WhenAll(Enumerable.Range(0, Sites * AlarmsOfASite)
            .Select(alarm => Task.Run(() => AlarmAsync(hosts[alarm % servers], $"site-{alarm % Sites}", 150 + alarm, $"alarm-{alarm}"))));

        results.ShouldAllBe(result => result.Refusal == null);
        await using (var db = hosts[0].Open())
        {
            var tasks = await db.Tasks.AsNoTracking().ToListAsync();
            tasks.Select(task => task.SubjectKey!).ShouldBe(Enumerable.Range(0, Sites).Select(site => $"site-{site}"), ignoreOrder: true);
            tasks.ShouldAllBe(task => task.Alarms == AlarmsOfASite);
            (await db.OpenAlarms.CountAsync()).ShouldBe(Sites);
            (await db.Journal.CountAsync()).ShouldBe(Sites * AlarmsOfASite, "each alarm is listed");
            // A number is drawn for a task, not for an alarm that joins one.
            tasks.Select(task => task.Number).Order().ShouldBe(Enumerable.Range(1, Sites).Select(number => $"CD-{hosts[0].Time.Now.Year}-{number:D6}"));
        }
        foreach (var host in hosts) await host.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task After_the_task_is_closed_the_next_alarm_raises_another(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), DustDefinition);
        var first = TaskOf(await AlarmAsync(engine, "site", 160));

        var timer = new TimerKey(TimerKind.Bookmark, (await engine.ReadAsync(first.Id)).Bookmarks.ShouldHaveSingleItem().Id);
        engine.Time.Now += TimeSpan.FromDays(1);
        (await engine.ApplyAsync(first.Id, new Stimulus.TimerFired(timer) { At = engine.Time.Now })).After.Status.ShouldBe(InstanceStatus.Finished);
        var second = TaskOf(await AlarmAsync(engine, "site", 160));

        second.Id.ShouldNotBe(first.Id);
        await using var db = engine.Open();
        (await db.OpenAlarms.SingleAsync()).InstanceId.ShouldBe(second.Id);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_value_between_the_limits_neither_raises_a_task_nor_clears_it(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), DustDefinition);

        (await AlarmAsync(engine, "site", 149)).Refusal!.Reason.ShouldBe(Reason.AlarmBelowLimit);
        TaskOf(await AlarmAsync(engine, "site", 150)).Task!.Alarms!.ClearedAt.ShouldBeNull();
        TaskOf(await AlarmAsync(engine, "site", 130)).Task!.Alarms!.ClearedAt.ShouldBeNull("between the limits it stays as it was");
        var cleared = TaskOf(await AlarmAsync(engine, "site", 119)).Task!.Alarms!;
        cleared.ClearedAt.ShouldBe(engine.Time.Now);
        TaskOf(await AlarmAsync(engine, "site", 149)).Task!.Alarms!.ClearedAt.ShouldBe(cleared.ClearedAt, "a value that swings around one limit changes nothing");
        var last = TaskOf(await AlarmAsync(engine, "site", 151)).Task!.Alarms!;
        (last.Count, last.ClearedAt).ShouldBe((5, null));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_same_alarm_under_the_same_key_is_counted_once(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), DustDefinition);

        await AlarmAsync(engine, "site", 160, "one");
        await AlarmAsync(engine, "site", 160, "two");
        (await AlarmAsync(engine, "site", 160, "two")).ShouldBeOfType<CommandResult.Remembered>();

        await using var db = engine.Open();
        (await db.Tasks.SingleAsync()).Alarms.ShouldBe(2);
    }

    private static WorkflowInstance TaskOf(CommandResult result) => result.ShouldBeOfType<CommandResult.Applied>().Step.ShouldBeOfType<Step.Advanced>().After;

    private static Task<CommandResult> AlarmAsync(EngineHost engine, string subject, double pm10, string? key = null)
    {
        var id = new InstanceId(Guid.CreateVersion7(engine.Time.Now));
        var inputs = ImmutableDictionary<string, JsonElement>.Empty.Add("pm10", JsonSerializer.SerializeToElement(pm10));
        return engine.Queue.SubmitAsync(new(id, new Stimulus.Started(id, inputs, new("", "扬尘超限", Guixi, Priority.Normal) { SubjectKey = subject }) { At = engine.Time.Now })
        {
            Definition = new("dust", 1), AlarmOf = subject,
            Key = key is null ? null : new("sensor", "alarm", key, "body"), Answer = key is null ? null : applied => applied.Step.ToString()!,
        });
    }
}
