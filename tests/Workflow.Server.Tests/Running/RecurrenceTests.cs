using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;

namespace Workflow.Server.Tests.Running;

/// <summary>A subject that alarms or is reported again soon after its task was closed: once, on one server and on several.</summary>
[Collection(Stores.Collection)]
public class RecurrenceTests(Stores stores)
{
    private const int Reports = 20;

    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    private static readonly Place Guixi = new("510107064", "桂溪街道", "/5101/gaoxin/510107064/", "高新区");

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_new_alarm_within_the_window_makes_a_task_that_names_the_one_before(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Definition("alarms"));
        var first = await ClosedAsync(engine, RecurrenceAction.Link);
        engine.Time.Now += TimeSpan.FromDays(29);

        var second = TaskOf(await RaiseAsync(engine, RecurrenceAction.Link));
        await CloseAsync(engine, second);
        engine.Time.Now += TimeSpan.FromDays(1);
        var third = TaskOf(await RaiseAsync(engine, RecurrenceAction.Link));
        await CloseAsync(engine, third);
        engine.Time.Now += TimeSpan.FromDays(31);
        var late = TaskOf(await RaiseAsync(engine, RecurrenceAction.Link));

        second.Task!.Earlier.ShouldBe(new(first.Id, first.Task!.Number, first.EndedAt!.Value, 1, RecurrenceAction.Link));
        third.Task!.Earlier.ShouldSatisfyAllConditions(earlier => earlier!.Id.ShouldBe(second.Id), earlier => earlier!.Repeats.ShouldBe(2));
        late.Task!.Earlier.ShouldBeNull();
        new[] { first, second, third, late }.Select(task => task.Task!.Number).ShouldBe([.. Enumerable.Range(1, 4).Select(number => $"CD-2026-{number:D6}")]);
        await using var db = engine.Open();
        (await db.Recurrences.OrderBy(row => row.Number).Select(row => row.InstanceId).ToListAsync()).ShouldBe([second.Id, third.Id]);
        (await db.Tasks.OrderBy(task => task.Number).Select(task => task.Repeats).ToListAsync()).ShouldBe([0, 1, 2, 0]);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_task_that_goes_on_has_the_number_of_the_one_before_and_begins_with_analysis(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Definition("alarms"));
        var first = await ClosedAsync(engine, RecurrenceAction.Reopen);

        var second = TaskOf(await RaiseAsync(engine, RecurrenceAction.Reopen));
        await CloseAsync(engine, second);
        var third = TaskOf(await RaiseAsync(engine, RecurrenceAction.Reopen));

        new[] { first, second, third }.Select(task => task.Task!.Number).ShouldBe(["CD-2026-000001", "CD-2026-000001-2", "CD-2026-000001-3"]);
        second.Task!.Visits.Select(visit => visit.Stage).ShouldBe([StageName.Analysis]);
        // No number was used up.
        TaskOf(await RaiseAsync(engine, RecurrenceAction.Reopen, subject: "another site")).Task!.Number.ShouldBe("CD-2026-000002");
    }

    [Theory]
    [InlineData("Sqlite", 1)]
    [InlineData("Postgres", 1)]
    [InlineData("Postgres", 2)]
    public async Task Many_alarms_at_once_make_one_repeat_that_the_others_join(string store, int servers)
    {
        var hosts = await StartAsync(store, servers, "alarms");
        var first = await ClosedAsync(hosts[0], RecurrenceAction.Reopen);

        var results = await Task.WhenAll(Enumerable.Range(0, Reports).Select(number => Task.Run(() => RaiseAsync(hosts[number % servers], RecurrenceAction.Reopen))));

        results.Select(TaskOf).Select(task => task.Id).Distinct().ShouldHaveSingleItem().ShouldNotBe(first.Id);
        await using var db = hosts[0].Open();
        var row = await db.Tasks.SingleAsync(task => task.ClosedAt == null);
        (row.Number, row.Alarms, row.Repeats).ShouldBe(("CD-2026-000001-2", Reports, 1));
        (await db.Recurrences.SingleAsync()).PreviousId.ShouldBe(first.Id);
        foreach (var host in hosts) await host.DisposeAsync();
    }

    [Theory]
    [InlineData("Sqlite", 1)]
    [InlineData("Postgres", 1)]
    [InlineData("Postgres", 2)]
    public async Task Many_reports_at_once_that_do_not_join_repeat_a_closed_task_once(string store, int servers)
    {
        var hosts = await StartAsync(store, servers, "plain");
        var first = await ClosedAsync(hosts[0], RecurrenceAction.Reopen, joins: false);

        var results = await Task.WhenAll(Enumerable.Range(0, Reports).Select(number => Task.Run(() => RaiseAsync(hosts[number % servers], RecurrenceAction.Reopen, joins: false))));

        var tasks = results.Select(TaskOf).ToList();
        tasks.Select(task => task.Id).Distinct().Count().ShouldBe(Reports);
        tasks.Where(task => task.Task!.Earlier is not null).ShouldHaveSingleItem().Task!.Number.ShouldBe("CD-2026-000001-2");
        tasks.Where(task => task.Task!.Earlier is null).Select(task => task.Task!.Number).Order().ShouldBe([.. Enumerable.Range(2, Reports - 1).Select(number => $"CD-2026-{number:D6}")]);
        await using var db = hosts[0].Open();
        (await db.Recurrences.SingleAsync()).PreviousId.ShouldBe(first.Id);
        foreach (var host in hosts) await host.DisposeAsync();
    }

    private async Task<List<EngineHost>> StartAsync(string store, int servers, string kind)
    {
        var database = await stores.NewAsync(store);
        var hosts = new List<EngineHost>();
        for (var host = 0; host < servers; host++) hosts.Add(await EngineHost.StartAsync(database, Definition(kind)));
        return hosts;
    }

    private static string Definition(string kind) => $$"""
        { 'definitionId': 'dust', 'inputs': [ { 'name': 'pm10', 'type': 'Double' } ],
          'root': { 'id': 'loop', 'type': 'Workflow.ClosedLoop', {{(kind == "alarms" ? "'alarms': {}, " : "")}}'recurrence': { 'window': '30cd', 'do': 'link' },
            'initiation': { 'id': 'initiation', 'type': 'Workflow.Stage', 'body': { 'id': 'b1', 'type': 'Elsa.Flowchart', 'activities': [] } },
            'response': { 'id': 'response', 'type': 'Workflow.Stage', 'body': { 'id': 'b2', 'type': 'Elsa.Flowchart', 'activities': [] } },
            'analysis': { 'id': 'analysis', 'type': 'Workflow.Stage', 'body': { 'id': 'b3', 'type': 'Elsa.Flowchart', 'activities': [ { 'id': 'd', 'type': 'Elsa.Delay', 'timeSpan': '01:00:00' } ] } },
            'handling': { 'id': 'handling', 'type': 'Workflow.Stage', 'body': { 'id': 'b4', 'type': 'Elsa.Flowchart', 'activities': [] } },
            'postEvaluation': { 'id': 'post', 'type': 'Workflow.Stage', 'body': { 'id': 'b5', 'type': 'Elsa.Flowchart', 'activities': [] } } } }
        """;

    private static async Task<WorkflowInstance> ClosedAsync(EngineHost engine, RecurrenceAction action, bool joins = true) => await CloseAsync(engine, TaskOf(await RaiseAsync(engine, action, joins)));

    private static async Task<WorkflowInstance> CloseAsync(EngineHost engine, WorkflowInstance task)
    {
        engine.Time.Now += TimeSpan.FromHours(1);
        var timer = new TimerKey(TimerKind.Bookmark, task.Bookmarks.ShouldHaveSingleItem().Id);
        var closed = (await engine.ApplyAsync(task.Id, new Stimulus.TimerFired(timer) { At = engine.Time.Now })).After;
        closed.Status.ShouldBe(InstanceStatus.Finished);
        return closed;
    }

    private static WorkflowInstance TaskOf(CommandResult result) => result.ShouldBeOfType<CommandResult.Applied>().Step.ShouldBeOfType<Step.Advanced>().After;

    private static Task<CommandResult> RaiseAsync(EngineHost engine, RecurrenceAction action, bool joins = true, string subject = "site")
    {
        var id = new InstanceId(Guid.CreateVersion7(engine.Time.Now));
        var intake = new TaskIntake("", "扬尘超限", Guixi, Priority.Normal) { SubjectKey = subject };
        return engine.Queue.SubmitAsync(new(id, new Stimulus.Started(id, ImmutableDictionary<string, JsonElement>.Empty, intake) { At = engine.Time.Now })
        {
            Definition = new("dust", 1), AlarmOf = joins ? subject : null, Repeats = new(subject, engine.Time.Now - Window, action),
        });
    }
}
