using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Operations;

/// <summary>What becomes of an effect that was given up while nobody waited for it.</summary>
[Collection(Stores.Collection)]
public class DeadLetterTests(Stores stores)
{
    private const string Posting = """
        { "definitionId": "post", "root": { "id": "s", "type": "Elsa.Sequence", "activities": [
            { "id": "p", "type": "Test.Ask", "text": "first", "posts": true }, { "id": "e", "type": "Elsa.Event", "eventName": "go" }, { "id": "q", "type": "Test.Ask", "text": "second", "posts": true } ] } }
        """;

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_retry_gives_it_all_its_attempts_again_under_the_same_id_and_once_done_it_is_gone(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Posting);
        var dead = await KillAsync(engine);
        engine.Answer = (_, _, _) => throw new InvalidOperationException("still not there");

        (await DecideAsync(engine, db => DeadLetters.RetryAsync(db, dead, engine.Time.Now, CancellationToken.None))).ShouldBeTrue();
        await engine.DeliverAsync();
        var again = (await engine.OutboxAsync()).ShouldHaveSingleItem();
        engine.Answer = (_, _, _) => Task.FromResult<object?>(null);
        engine.Time.Now = again.NextAt;
        await engine.DeliverAsync();

        (again.State, again.Attempts, again.LastError).ShouldBe((OutboxState.Pending, 1, "InvalidOperationException: still not there"));
        engine.Asked.Select(call => call.Id).Distinct().ShouldHaveSingleItem().ShouldBe(dead);
        (await engine.OutboxAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_retry_keeps_no_later_effect_of_its_instance_waiting(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Posting);
        var dead = await KillAsync(engine);
        await DecideAsync(engine, db => DeadLetters.RetryAsync(db, dead, engine.Time.Now + TimeSpan.FromHours(1), CancellationToken.None));

        await engine.ApplyAsync(dead.Instance, new Stimulus.EventReceived("go", null) { At = engine.Time.Now });
        await engine.DeliverAsync();

        engine.Asked.Select(call => call.Text).ShouldBe(["first", "second"]);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Discarded_it_is_gone_and_a_second_decision_finds_nothing(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Posting);
        var dead = await KillAsync(engine);

        var discarded = await DecideAsync(engine, db => DeadLetters.DiscardAsync(db, dead, CancellationToken.None));
        var after = await DecideAsync(engine, db => DeadLetters.RetryAsync(db, dead, engine.Time.Now, CancellationToken.None));

        (discarded, after).ShouldBe((true, false));
        (await engine.OutboxAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_is_on_its_way_is_no_dead_letter(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Posting);
        var pending = new EffectId(await engine.BeginAsync("post"), (await engine.OutboxAsync()).Single().Number);

        (await DecideAsync(engine, db => DeadLetters.RetryAsync(db, pending, engine.Time.Now, CancellationToken.None))).ShouldBeFalse();
        (await DecideAsync(engine, db => DeadLetters.DiscardAsync(db, pending, CancellationToken.None))).ShouldBeFalse();
        (await engine.OutboxAsync()).ShouldHaveSingleItem().State.ShouldBe(OutboxState.Pending);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_two_requests_with_one_key_at_the_same_time_one_changes_something_and_the_other_hears_of_it(string store)
    {
        var database = await stores.NewAsync(store);
        await using var engine = await EngineHost.StartAsync(database, Posting);
        var dead = await KillAsync(engine);
        var answers = new Answers(database, StoredShapes.Current);
        var key = new Engine.Running.IdempotencyKey("u", "POST /x", "k", "body");

        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => answers.CommitAsync(
            key, async db => $"{await DeadLetters.DiscardAsync(db, dead, CancellationToken.None)}", engine.Time.Now, CancellationToken.None)));

        told.Where(answer => answer is not null).ShouldBe(["True"]);
        (await answers.FindAsync(key, CancellationToken.None))!.Answer.ShouldBe("True");
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_backlog_counts_what_waits_and_for_how_long(string store)
    {
        var database = await stores.NewAsync(store);
        await using var engine = await EngineHost.StartAsync(database, Posting, """{ "definitionId": "later", "root": { "id": "d", "type": "Elsa.Delay", "timeSpan": "00:01:00" } }""");
        await KillAsync(engine);
        var begun = engine.Time.Now;
        await engine.BeginAsync("post");
        await engine.BeginAsync("later");
        engine.Time.Now = begun + TimeSpan.FromMinutes(3);

        var reading = await new Backlog(database).ReadAsync(engine.Time.Now, CancellationToken.None);

        reading.ShouldBe(new BacklogReading(1, TimeSpan.FromMinutes(2), 1, TimeSpan.FromMinutes(3), 1, 0));
        (await database.SizeBytesAsync(CancellationToken.None)).ShouldBeGreaterThan(10_000);
    }

    private static async Task<EffectId> KillAsync(EngineHost engine)
    {
        engine.Answer = (_, _, _) => throw new EffectRefusedException("nobody there");
        var id = await engine.BeginAsync("post");
        await engine.DeliverAsync();
        var row = (await engine.OutboxAsync()).ShouldHaveSingleItem();
        row.State.ShouldBe(OutboxState.Dead);
        engine.Answer = (_, _, _) => Task.FromResult<object?>(null);
        return new(id, row.Number);
    }

    private static async Task<bool> DecideAsync(EngineHost engine, Func<WorkflowDb, Task<bool>> decide)
    {
        await using var db = engine.Open();
        return await decide(db);
    }
}
