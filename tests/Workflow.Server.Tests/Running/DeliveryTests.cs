using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;

namespace Workflow.Server.Tests.Running;

/// <summary>What becomes of an effect: done, tried again, given up; and what its instance hears.</summary>
[Collection(Stores.Collection)]
public class DeliveryTests(Stores stores)
{
    /// <summary>A process that is killed keeps its claims until they end.</summary>
    private static readonly TimeSpan AfterTheClaim = TimeSpan.FromMinutes(2);

    private const string Asking = """
        { "definitionId": "ask", "variables": [ { "id": "v", "name": "answer", "typeName": "Object" } ],
          "root": { "id": "a", "type": "Test.Ask", "text": "one", "result": { "typeName": "Object", "memoryReference": { "id": "v" } } } }
        """;

    private const string Two = """
        { "definitionId": "two", "root": { "id": "s", "type": "Elsa.Sequence", "activities": [
            { "id": "p", "type": "Test.Ask", "text": "first", "posts": true }, { "id": "q", "type": "Test.Ask", "text": "second" } ] } }
        """;

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_result_of_an_effect_comes_back_to_the_activity_that_waits_and_its_row_goes(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Asking);
        engine.Answer = (_, _, _) => Task.FromResult<object?>(new { Yes = 1 });
        var id = await engine.BeginAsync("ask");

        await engine.DeliverAsync();

        var after = await engine.ReadAsync(id);
        (after.Status, after.Variables["answer"].GetRawText()).ShouldBe((InstanceStatus.Finished, """{"yes":1}"""));
        (await engine.OutboxAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_number_of_an_attempt_is_stored_before_the_attempt(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Asking);
        var during = -1;
        engine.Answer = async (_, _, _) =>
        {
            during = (await engine.OutboxAsync()).Single().Attempts;
            return null;
        };
        await engine.BeginAsync("ask");

        await engine.DeliverAsync();

        during.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_process_that_ends_after_the_effect_and_before_its_result_is_stored_does_it_again_under_the_same_id(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Asking);
        using var end = new CancellationTokenSource();
        var done = 0;
        engine.Answer = async (_, _, _) =>
        {
            // The effect is done, and then the process ends: nothing of it reaches the queue.
            if (++done == 1) await end.CancelAsync();
            return done;
        };
        var id = await engine.BeginAsync("ask");
        await Should.ThrowAsync<OperationCanceledException>(() => engine.DeliverAsync(end.Token));

        await engine.RestartAsync();
        engine.Time.Now += AfterTheClaim;
        await engine.DeliverAsync();

        engine.Asked.Select(call => call.Id).ShouldBe([engine.Asked[0].Id, engine.Asked[0].Id]);
        (await engine.ReadAsync(id)).Status.ShouldBe(InstanceStatus.Finished);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_fails_is_tried_again_after_pauses_that_grow_and_then_given_up_as_an_incident(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Asking);
        engine.Answer = (_, _, _) => throw new InvalidOperationException("no line");
        var id = await engine.BeginAsync("ask");
        var pauses = new List<TimeSpan>();

        await engine.DeliverAsync();
        while (await engine.OutboxAsync() is [var row])
        {
            row.LastError.ShouldBe("InvalidOperationException: no line");
            pauses.Add(row.NextAt - engine.Time.Now);
            engine.Time.Now = row.NextAt;
            await engine.DeliverAsync();
        }

        var options = new DeliveryOptions();
        engine.Asked.Count.ShouldBe(options.MaxAttempts);
        pauses.Count.ShouldBe(options.MaxAttempts - 1);
        foreach (var (index, pause) in pauses.Index()) pause.TotalSeconds.ShouldBeInRange(Math.Pow(2, index), Math.Pow(2, index + 1));
        var after = await engine.ReadAsync(id);
        after.Status.ShouldBe(InstanceStatus.Faulted);
        after.Incidents.ShouldHaveSingleItem().Message.ShouldBe("InvalidOperationException: no line (after 8 attempts)");
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_refusal_is_given_up_at_once_and_a_retry_by_a_person_is_a_new_effect(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Asking);
        engine.Answer = (_, _, _) => throw new EffectRefusedException("the number does not exist");
        var id = await engine.BeginAsync("ask");
        await engine.DeliverAsync();
        var incident = (await engine.ReadAsync(id)).Incidents.ShouldHaveSingleItem();
        engine.Answer = (_, _, _) => Task.FromResult<object?>("yes");

        await engine.ApplyAsync(id, new Stimulus.IncidentDecided(incident.Id, IncidentDecision.Retry, null, null) { At = engine.Time.Now, By = new("u", "U", []) });
        await engine.DeliverAsync();

        incident.Message.ShouldBe("the number does not exist");
        (await engine.ReadAsync(id)).Status.ShouldBe(InstanceStatus.Finished);
        engine.Asked.Select(call => call.Id).Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_effect_that_takes_too_long_counts_as_failed(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Asking);
        await engine.RestartAsync(options => options.TimeLimitSeconds = 0.05);
        engine.Answer = async (_, _, cancel) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            return null;
        };
        await engine.BeginAsync("ask");

        await engine.DeliverAsync();

        (await engine.OutboxAsync()).ShouldHaveSingleItem().LastError.ShouldBe("expected an end within 0.05 s, found none");
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_effect_without_a_handler_is_given_up_with_a_reason(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Asking);
        var id = await engine.BeginAsync("ask");
        await using (var db = engine.Open()) await db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(row => row.Kind, "pigeon"));

        await engine.DeliverAsync();

        (await engine.ReadAsync(id)).Incidents.ShouldHaveSingleItem().Message.ShouldBe("effect 'pigeon': expected a handler of this kind in this server, found none");
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Effects_of_one_instance_are_done_in_order_and_a_poisonous_one_holds_up_nobody(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Two, Asking);
        engine.Answer = (ask, _, _) => ask.Text == "first" ? throw new InvalidOperationException("poison") : Task.FromResult<object?>(null);
        var id = await engine.BeginAsync("two");
        var other = await engine.BeginAsync("ask");

        await engine.DeliverAsync();

        engine.Asked.Where(call => call.Id.Instance == id).Select(call => call.Text).ShouldBe(["first", "second"]);
        (await engine.ReadAsync(id)).Status.ShouldBe(InstanceStatus.Finished);
        (await engine.ReadAsync(other)).Status.ShouldBe(InstanceStatus.Finished);
        while ((await engine.OutboxAsync()).Single().State == OutboxState.Pending)
        {
            engine.Time.Now += TimeSpan.FromHours(1);
            await engine.DeliverAsync();
        }
        (await engine.OutboxAsync()).Single().State.ShouldBe(OutboxState.Dead, "nobody waits for it, so it is kept for a person");
        engine.Time.Now += TimeSpan.FromDays(1);
        await engine.DeliverAsync();
        engine.Asked.Count(call => call.Text == "first").ShouldBe(8);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_instance_that_is_stopped_hears_of_its_effect_when_it_goes_on_and_the_effect_is_not_done_again(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), """
            { "definitionId": "beside", "root": { "id": "f", "type": "Elsa.Parallel", "activities": [
                { "id": "a", "type": "Test.Ask", "text": "one" }, { "id": "bad", "type": "Elsa.Fault", "message": "broken" } ] } }
            """);
        var id = await engine.BeginAsync("beside");

        await engine.DeliverAsync();
        var stopped = (await engine.OutboxAsync()).ShouldHaveSingleItem();
        var incident = (await engine.ReadAsync(id)).Incidents.Single();
        await engine.ApplyAsync(id, new Stimulus.IncidentDecided(incident.Id, IncidentDecision.Skip, null, null) { At = engine.Time.Now, By = new("u", "U", []) });
        await engine.DeliverAsync();

        stopped.NextAt.ShouldBeGreaterThan(engine.Time.Now);
        stopped.State.ShouldBe(OutboxState.Done);
        engine.Asked.Count.ShouldBe(1);
        (await engine.ReadAsync(id)).Status.ShouldBe(InstanceStatus.Finished);
        (await engine.OutboxAsync()).ShouldBeEmpty();
    }

    [Fact]
    public void The_pause_of_an_effect_is_always_the_same_and_that_of_another_is_another()
    {
        var options = new DeliveryOptions();
        EffectId Id(int number) => new(new(Guid.Parse("0199e000-0000-7000-8000-000000000001")), number);

        Backoff.After(3, Id(1), options).ShouldBe(Backoff.After(3, Id(1), options));
        Enumerable.Range(1, 50).Select(number => Backoff.After(3, Id(number), options)).Distinct().Count().ShouldBe(50);
        Backoff.After(60, Id(1), options).TotalSeconds.ShouldBeInRange(options.MaxPauseSeconds / 2, options.MaxPauseSeconds);
    }
}
