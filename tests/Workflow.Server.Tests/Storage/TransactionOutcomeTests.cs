using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Storage;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Storage;

/// <summary>What PostgreSQL says of transactions whose commit was not answered.</summary>
[Collection(Stores.Collection)]
public class TransactionOutcomeTests(Stores stores)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_transaction_that_was_committed_is_known_as_such()
    {
        var database = await StartAsync();
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var name = await NameAsync(db);
        await transaction.CommitAsync();

        (await database.WasCommittedAsync(name, CancellationToken.None)).ShouldBe(true);
    }

    [Fact]
    public async Task A_transaction_that_still_waits_behind_a_broken_connection_is_ended_and_not_taken_for_done()
    {
        var database = await StartAsync();
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var name = await NameAsync(db);

        bool? outcome = null;
        for (var end = TimeProvider.System.GetUtcNow() + Patience; outcome is null && TimeProvider.System.GetUtcNow() < end; await Task.Yield()) outcome = await database.WasCommittedAsync(name, CancellationToken.None);

        outcome.ShouldBe(false);
        await Should.ThrowAsync<Exception>(() => transaction.CommitAsync());
    }

    private static Task<string> NameAsync(WorkflowDb db) => db.Database.SqlQuery<string>($"select pg_current_xact_id()::text as \"Value\"").SingleAsync();

    private Task<Database> StartAsync() => stores.NewAsync(nameof(DatabaseProvider.Postgres));
}
