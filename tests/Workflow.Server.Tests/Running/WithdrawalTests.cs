using Workflow.Engine.Instances;

namespace Workflow.Server.Tests.Running;

/// <summary>What a cancelled activity asked for is not done any more, unless it was begun.</summary>
[Collection(Stores.Collection)]
public class WithdrawalTests(Stores stores)
{
    private const string Asking = """{ "definitionId": "ask", "root": { "id": "a", "type": "Test.Ask", "text": "one" } }""";

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_effect_whose_activity_is_cancelled_before_it_is_begun_is_never_done(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Asking);
        var id = await engine.BeginAsync("ask");

        (await engine.ApplyAsync(id, Cancelled(engine))).Facts.OfType<Fact.EffectWithdrawn>().ShouldHaveSingleItem();
        var left = await engine.OutboxAsync();
        await engine.DeliverAsync();

        left.ShouldBeEmpty();
        engine.Asked.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_an_activity_asked_for_without_waiting_is_done_although_the_instance_is_cancelled(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), """
            { "definitionId": "two", "root": { "id": "s", "type": "Elsa.Sequence", "activities": [
                { "id": "p", "type": "Test.Ask", "text": "posted", "posts": true }, { "id": "q", "type": "Test.Ask", "text": "waited for" } ] } }
            """);
        var id = await engine.BeginAsync("two");

        await engine.ApplyAsync(id, Cancelled(engine));
        await engine.DeliverAsync();

        engine.Asked.ShouldHaveSingleItem().Text.ShouldBe("posted");
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_effect_that_is_cancelled_in_the_burst_that_asked_for_it_never_reaches_the_outbox(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), """
            { "definitionId": "race", "root": { "id": "p", "type": "Elsa.Parallel", "activities": [ { "id": "a", "type": "Test.Ask", "text": "one" }, { "id": "f", "type": "Elsa.Finish" } ] } }
            """);
        var id = await engine.BeginAsync("race");

        await engine.DeliverAsync();

        engine.Asked.ShouldBeEmpty();
        (await engine.ReadAsync(id)).Status.ShouldBe(InstanceStatus.Finished);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_attempt_that_is_under_way_goes_on_to_its_end_and_is_the_last(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), Asking);
        var id = await engine.BeginAsync("ask");
        engine.Answer = async (_, _, _) =>
        {
            await engine.ApplyAsync(id, Cancelled(engine));
            throw new InvalidOperationException("no line");
        };

        await engine.DeliverAsync();
        engine.Time.Now += TimeSpan.FromDays(1);
        await engine.DeliverAsync();

        engine.Asked.Count.ShouldBe(1);
        (await engine.OutboxAsync()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_child_that_was_not_started_when_its_parent_was_cancelled_is_not_started(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), 
            """{ "definitionId": "parent", "root": { "id": "x", "type": "Elsa.ExecuteWorkflow", "workflowDefinitionId": "ask", "waitForCompletion": true } }""", Asking);
        var id = await engine.BeginAsync("parent");

        await engine.ApplyAsync(id, Cancelled(engine));
        await engine.DeliverAsync();

        (await engine.OfAsync("ask")).ShouldBeEmpty();
    }

    private static Stimulus.Cancelled Cancelled(EngineHost engine) => new("no more need") { At = engine.Time.Now, By = new("u", "U", []) };
}
