using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Hosting;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.WorkItems;

/// <summary>What arbiters have ruled becomes part of the organisation.</summary>
[Collection(Stores.Collection)]
public sealed class RoutingRuleTests(Stores stores)
{
    private static readonly DateTimeOffset At = DateTimeOffset.Parse("2026-09-14T10:00:00+08:00", null);

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_latest_ruling_counts_in_whatever_order_they_are_learnt(string store)
    {
        var database = await stores.NewAsync(store);
        await Tables.MigrateAsync(database, CancellationToken.None);
        var organisation = new OrganisationStore(database);
        var library = new OrganisationLibrary();
        var key = new RoutingKey("alarm", new string('节', 300), "510107064");
        (await RulesAsync()).ShouldBeEmpty();

        await organisation.LearnAsync(key, new("grid-a", "CD-2026-000001", At), CancellationToken.None);
        await organisation.LearnAsync(key, new("grid-b", "CD-2026-000002", At.AddHours(1)), CancellationToken.None);
        await organisation.LearnAsync(key, new("grid-a", "CD-2026-000001", At), CancellationToken.None);
        await organisation.LearnAsync(key with { AreaCode = "gaoxin" }, new("grid-c", "CD-2026-000003", At), CancellationToken.None);

        var rules = await RulesAsync();
        (rules.Count, rules[key].TeamId, rules[key].TaskNumber).ShouldBe((2, "grid-b", "CD-2026-000002"));

        async Task<IReadOnlyDictionary<RoutingKey, RoutingRule>> RulesAsync()
        {
            await using var db = database.CreateDbContext();
            return (await library.LoadAsync(db, null, CancellationToken.None)).Rules;
        }
    }
}
