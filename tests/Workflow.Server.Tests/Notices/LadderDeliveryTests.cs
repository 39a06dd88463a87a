using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Notices;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Notices;

/// <summary>Whatever a gateway does, nothing is lost, nobody is told twice under one id, and the ladder ends at a human.</summary>
[Collection(Stores.Collection)]
public sealed class LadderDeliveryTests(Stores stores)
{
    private const string Phone = "13800000001";

    private const string Definition = """
        { 'definitionId': 'told',
          'root': { 'id': 'loop', 'type': 'Workflow.ClosedLoop',
            'initiation': { 'id': 'initiation', 'type': 'Workflow.Stage', 'body': { 'id': 'b1', 'type': 'Elsa.Flowchart', 'activities': [] } },
            'response': { 'id': 'response', 'type': 'Workflow.Stage', 'body': { 'id': 'verify', 'type': 'Workflow.CommunityGrid', 'title': '核实', 'customProperties': { 'noDeadline': 'the ladder' } } },
            'analysis': { 'id': 'analysis', 'type': 'Workflow.Stage', 'body': { 'id': 'b3', 'type': 'Elsa.Flowchart', 'activities': [] } },
            'handling': { 'id': 'handling', 'type': 'Workflow.Stage', 'body': { 'id': 'b4', 'type': 'Elsa.Flowchart', 'activities': [] } },
            'postEvaluation': { 'id': 'post', 'type': 'Workflow.Stage', 'body': { 'id': 'b5', 'type': 'Elsa.Flowchart', 'activities': [] } } } }
        """;

    private const string Ladder = """
        { "normal": { "rungs": [
            { "id": "sms", "after": "PT1M", "channels": ["sms"] },
            { "id": "leader", "after": "PT10M", "to": "dutyLeader", "channels": ["in-app", "sms"] } ] } }
        """;

    /// <summary>Those of the grid, one of whom leads; and one without a telephone.</summary>
    private static readonly Organisation Organisation = new(
        [new() { Code = "5101", Name = "成都市", Kind = AreaKind.City, Path = "5101/", JurisdictionName = "成都市", DistrictName = "成都市" }],
        [new() { Id = "grid", Name = "网格", Kind = TeamKind.CommunityGrid }], [new() { TeamId = "grid", AreaCode = "5101" }],
        [new() { UserId = "li", Name = "李静" }, new() { UserId = "wang", Name = "王磊" }],
        [new() { TeamId = "grid", UserId = "li" }, new() { TeamId = "grid", UserId = "wang", Roles = TeamRoles.Write([TeamRole.Leader]) }])
    {
        Contacts = [new() { UserId = "li", Channel = "sms", Address = Phone }],
    };

    /// <summary>What the gateway does by itself, and how far it says that it has come with 李静.</summary>
    public static TheoryData<string, string, bool, bool, bool> Gateways
    {
        get
        {
            var data = new TheoryData<string, string, bool, bool, bool>();
            foreach (string store in Stores.All)
            {
                data.Add(store, "delivers", true, true, false);
                data.Add(store, "answers rubbish", true, false, false);
                data.Add(store, "breaks off, twice", true, false, false);
                data.Add(store, "is slow at first", true, false, false);
                data.Add(store, "is overloaded at first", true, false, false);
                data.Add(store, "is dead", false, false, true);
                data.Add(store, "refuses", false, false, true);
                data.Add(store, "says that it has failed", false, false, true);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Gateways))]
    public async Task The_ladder_ends_at_a_human_whatever_the_gateway_does(string store, string mode, bool isSent, bool isDelivered, bool hasFailed)
    {
        await using var gateway = new FakeGateway();
        gateway.Answer = (call, cancel) => BehaveAsync(mode, call, cancel);
        await using var engine = await StartAsync(await stores.NewAsync(store), gateway);
        var task = await RaiseAsync(engine);

        await GoOnAsync(engine, TimeSpan.FromMinutes(1));
        for (var turn = 0; turn < 4; turn++) await GoOnAsync(engine, TimeSpan.FromSeconds(30));

        var sms = (await LadderAsync(engine, task)).Steps[0].Notices.Single(notice => notice.To!.UserId == "li");
        (sms.SentAt is not null, sms.DeliveredAt is not null, sms.FailedAt is not null).ShouldBe((isSent, isDelivered, hasFailed));
        (await LadderAsync(engine, task)).Steps[0].Notices.Single(notice => notice.To!.UserId == "wang").Failure.ShouldBe("王磊: expected a contact 'sms', found none");
        gateway.Told.Values.ShouldBe(isSent || mode == "says that it has failed" ? [Phone] : []);
        gateway.Unsigned.ShouldBe(0);
        // Nobody was told by the first rung: the second did not wait for its time.
        ((await LadderAsync(engine, task)).Steps[1].ReachedAt is not null).ShouldBe(hasFailed);

        await GoOnAsync(engine, TimeSpan.FromMinutes(10));
        var ended = await LadderAsync(engine, task);
        ended.UnansweredSince.ShouldNotBeNull();
        ended.Steps[1].Notices.Single(notice => notice.Channel == "in-app").To!.UserId.ShouldBe("wang");
        await using (var db = engine.Open())
        {
            (await db.WorkItems.SingleAsync()).UnansweredSince.ShouldBe(ended.UnansweredSince);
            (await db.Notifications.SingleAsync()).UserId.ShouldBe("wang");
        }

        var item = (await engine.ReadAsync(task)).WorkItems.Single();
        await engine.ApplyAsync(task, new Stimulus.WorkItemClaimed(item.Number, item.Revision) { At = engine.Time.Now, By = new("wang", "王磊", ["grid"]) });
        (await LadderAsync(engine, task)).End.ShouldBe(LadderEnd.Acknowledged);
        await using var after = engine.Open();
        (await after.Timers.CountAsync(), await after.Notifications.CountAsync(), await after.WorkItems.CountAsync(row => row.UnansweredSince != null)).ShouldBe((0, 0, 0));
        var summary = await after.TaskSummaries.SingleAsync();
        (summary.DeliveredAt is not null, summary.AcknowledgedAt).ShouldBe((isDelivered, engine.Time.Now));
        (await engine.OutboxAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task No_telephone_number_stands_in_a_fact_or_a_state(string store)
    {
        await using var gateway = new FakeGateway { Answer = (_, _) => Task.FromResult<(int, string)?>((200, $$"""{"status":"failed","reason":"{{Phone}} is switched off"}""")) };
        await using var engine = await StartAsync(await stores.NewAsync(store), gateway);
        var task = await RaiseAsync(engine);
        await GoOnAsync(engine, TimeSpan.FromMinutes(1));

        await using var db = engine.Open();
        var stored = (await db.Journal.ToListAsync()).Select(row => Text(row.Facts)).Append(Text((await db.Instances.SingleAsync(row => row.Id == task)).State)).ToList();
        stored.ShouldAllBe(text => !text.Contains(Phone, StringComparison.Ordinal));
        stored[^1].ShouldContain("138****01 is switched off");
    }

    private static string Text(byte[] stored) => Encoding.UTF8.GetString(StoredJson.ToJson(stored));

    private static async Task<(int Status, string Body)?> BehaveAsync(string mode, GatewayCall call, CancellationToken cancel)
    {
        switch (mode)
        {
            case "delivers": return (200, """{"status":"delivered"}""");
            case "answers rubbish": return (200, "<html>\u0000 OK");
            case "breaks off, twice": return call.Attempt < 3 ? null : (200, "");
            case "is slow at first":
                if (call.Attempt == 1) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
                return (200, "{}");
            case "is overloaded at first": return call.Attempt == 1 ? (503, "") : (200, "[]");
            case "is dead": return null;
            case "refuses": return (400, "no such number");
            default: return (200, """{"status":"failed","reason":"switched off"}""");
        }
    }

    private static async Task<EngineHost> StartAsync(Database database, FakeGateway gateway)
    {
        var options = new NoticeOptions { AllowedHosts = ["127.0.0.1"], AllowPrivateAddresses = true, TimeoutSeconds = 1, Gateways = { ["sms"] = new() { Url = gateway.Address.ToString(), Secret = FakeGateway.Secret } } };
        options.Problems().ShouldBeEmpty();
        var engine = await EngineHost.StartAsync(database, Definition);
        await new OrganisationStore(database).ReplaceAsync(Organisation, default);
        engine.Notices = (
            new(LadderDeclaration.Read(JsonElement.Parse(Ladder), "", null, null), options.Channels.ToFrozenSet(StringComparer.Ordinal)),
            [EffectHandling.Of(new GatewayHandler(options, new(database)))]);
        await engine.RestartAsync(delivery => (delivery.MaxAttempts, delivery.FirstPauseSeconds, delivery.MaxPauseSeconds) = (3, 10, 10));
        return engine;
    }

    private static async Task<InstanceId> RaiseAsync(EngineHost engine)
    {
        var id = new InstanceId(Guid.CreateVersion7(engine.Time.Now));
        await engine.ApplyAsync(id, new Stimulus.Started(id, ImmutableDictionary<string, JsonElement>.Empty, new("", "扬尘", new("5101", "成都市", "5101/", "成都市"), Priority.Normal)) { At = engine.Time.Now }, new("told", 1));
        return id;
    }

    /// <summary>Time passes, what is due is fired and delivered.</summary>
    private static async Task GoOnAsync(EngineHost engine, TimeSpan by)
    {
        engine.Time.Now += by;
        foreach (var timer in await engine.TakeDueTimersAsync()) await engine.SubmitAsync(timer.InstanceId, new Stimulus.TimerFired(new(timer.Kind, timer.Number)) { At = engine.Time.Now });
        await engine.DeliverAsync();
    }

    private static async Task<DeliveryLadder> LadderAsync(EngineHost engine, InstanceId task) => (await engine.ReadAsync(task)).WorkItems.Single().Ladder!;
}
