using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using Quartz;
using Workflow.Engine.Reports;
using Workflow.Engine.Storage.Reporting;
using Workflow.Engine.Storage.Writing;

namespace Workflow.Engine.Storage.Postgres;

/// <summary>A PostgreSQL database, shared by any number of servers.</summary>
internal sealed class PostgresDatabase : Database
{
    private const string Channel = "workflow";

    /// <summary>Without one of these a commit that was answered can be lost.</summary>
    private static readonly string[] Needed = ["fsync", "full_page_writes", "synchronous_commit"];

    /// <summary>What the planner takes for going through some two thousand texts: less is not worth a thought.</summary>
    private const double CostOfSome = 400;

    private readonly string connectionString;
    private readonly PooledDbContextFactory<PostgresWorkflowDb> contexts;

    public PostgresDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "workflow" };
        // The statements of a burst are few and always the same.
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 200;
        settings.AutoPrepareMinUsages = 2;
        this.connectionString = settings.ToString();
        var builder = new DbContextOptionsBuilder<PostgresWorkflowDb>();
        Configure(builder, "__WorkflowMigrations");
        contexts = new(builder.Options);
    }

    public override bool IsShared => true;

    public override DatabaseProvider Provider => DatabaseProvider.Postgres;

    public override WorkflowDb CreateDbContext() => contexts.CreateDbContext();

    public override void Configure(DbContextOptionsBuilder builder, string migrationsTable)
    {
        builder.UseNpgsql(connectionString, postgres => postgres.MigrationsHistoryTable(migrationsTable));
        builder.AddInterceptors(new Locking.Interceptor((sql, skips) => $"{sql}\nFOR UPDATE{(skips ? " SKIP LOCKED" : "")}"));
    }

    public override async Task CheckAsync(CancellationToken cancel)
    {
        await using var db = CreateDbContext();
        foreach (var name in Needed)
        {
            var value = await db.Database.SqlQuery<string>($"select current_setting({name}) as \"Value\"").SingleAsync(cancel);
            if (value == "off") throw new UnusableDatabaseException($"PostgreSQL setting {name}: expected on, found {value}: a task that was answered could be lost");
        }
    }

    /// <summary>The lock is the session's: it ends with the connection, also when this process is killed.</summary>
    public override async Task<IAsyncDisposable> AloneAsync(string name, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ToString());
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("select pg_advisory_lock(hashtext(@name))", connection) { Parameters = { new("name", $"workflow {name}") } };
        await command.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    public override async Task<DateTimeOffset> NowAsync(CancellationToken cancel)
    {
        await using var db = CreateDbContext();
        return await db.Database.SqlQuery<DateTime>($"select clock_timestamp() as \"Value\"").SingleAsync(cancel);
    }

    public override async Task NotifyAsync(string message, CancellationToken cancel)
    {
        await using var db = CreateDbContext();
        await db.Database.ExecuteSqlAsync($"select pg_notify({Channel}, {message})", cancel);
    }

    public override async Task ListenAsync(Action<string> hear, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(cancel);
        connection.Notification += (_, notification) => hear(notification.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection)) await listen.ExecuteNonQueryAsync(cancel);
        while (true) await connection.WaitAsync(cancel);
    }

    public override async Task<long> SizeBytesAsync(CancellationToken cancel)
    {
        await using var db = CreateDbContext();
        return await db.Database.SqlQuery<long>($"select pg_database_size(current_database()) as \"Value\"").SingleAsync(cancel);
    }

    /// <summary>Nobody hears any more what goes on behind a connection that broke, and it may wait there with its locks for ever: it is ended first.</summary>
    public override async Task<bool?> WasCommittedAsync(string transaction, CancellationToken cancel)
    {
        await using var db = CreateDbContext();
        await db.Database.ExecuteSqlAsync($"select pg_terminate_backend(pid) from pg_stat_activity where backend_xid = {transaction}::xid8::xid", cancel);
        return await db.Database.SqlQuery<string>($"select pg_xact_status({transaction}::xid8) as \"Value\"").SingleAsync(cancel) switch
        {
            "committed" => true,
            "in progress" => null,
            _ => false,
        };
    }

    protected override bool IsPassing(Exception problem) =>
        problem is NpgsqlException { IsTransient: true };

    /// <summary>Classes of SQLSTATE: data exception, integrity constraint violation, program limit exceeded.</summary>
    protected override bool IsRefused(Exception problem) => problem is PostgresException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] };

    public override bool IsUnstorableText(Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
            if (cause is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire }) return true;
        return false;
    }

    /// <summary>By the index of the migration <c>Lists</c> over this very expression.</summary>
    internal override GramMatch Matching(IReadOnlyList<string> grams, IReadOnlyList<string> areas, int most)
    {
        string[] all = [.. grams], any = [.. areas];
        return any.Length == 0
            ? new(
                $"select * from task_texts where string_to_array(\"Grams\", ' ') @> {all}",
                $"select count(*)::int as \"Value\" from (select 1 from task_texts where string_to_array(\"Grams\", ' ') @> {all} limit {most}) matching")
            : new(
                $"select * from task_texts where string_to_array(\"Grams\", ' ') @> {all} and string_to_array(\"Grams\", ' ') && {any}",
                $"select count(*)::int as \"Value\" from (select 1 from task_texts where string_to_array(\"Grams\", ' ') @> {all} and string_to_array(\"Grams\", ' ') && {any} limit {most}) matching");
    }

    /// <summary>
    /// Its statistics know how many texts have a common gram, and counting these would take longer than the list does: the bitmap of the index is made whole before the
    /// first of them is counted, or every text is taken apart. What they call rare is counted, because grams that follow one another seem rarer than they are.
    /// </summary>
    internal override async Task<bool> AreMoreAsync(WorkflowDb db, GramMatch match, int most, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        await using var explain = (NpgsqlCommand)db.Database.GetDbConnection().CreateCommand();
        explain.CommandText = $"explain (format json) {string.Format(CultureInfo.InvariantCulture, match.Rows.Format, "$1", "$2")}";
        foreach (var argument in match.Rows.GetArguments()) explain.Parameters.Add(new() { Value = argument });
        var plan = JsonElement.Parse((string)(await explain.ExecuteScalarAsync(cancel))!)[0].GetProperty("Plan");
        var goesThroughAll = plan.GetProperty("Node Type").GetString() == "Seq Scan" && plan.GetProperty("Total Cost").GetDouble() > CostOfSome;
        return goesThroughAll || plan.GetProperty("Plan Rows").GetDouble() > most || await base.AreMoreAsync(db, match, most, cancel);
    }

    /// <summary>One pass over the rows gives the groups and the total.</summary>
    internal override async Task<IReadOnlyList<TimedGroup>?> RankAsync(DbCommand rows, RankedColumns columns, int mostGroups, CancellationToken cancel)
    {
        var shares = string.Join(", ", DurationFigures.Percents.Select(percent => $"0.{percent}"));
        var figures = columns.Times.Select(name => $"count(\"{name}\"), sum(\"{name}\")::bigint, max(\"{name}\"), percentile_disc(array[{shares}]) within group (order by \"{name}\")");
        // Its own text is a query of EF Core with parameters; the names are those of its columns.
        rows.CommandText = $"""
            select "{columns.Key}", max("{columns.Label}"), grouping("{columns.Key}"), {string.Join(", ", figures)}
            from ({rows.CommandText}) rows group by grouping sets (("{columns.Key}"), ()) order by 3, 1 limit {mostGroups + 2}
            """;
        var groups = new List<TimedGroup>();
        await using var reader = await rows.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var times = new List<DurationFigures?>();
            for (var at = 3; at < reader.FieldCount; at += 4)
                times.Add(reader.GetInt64(at) == 0 ? null : reader.GetFieldValue<long[]>(at + 3) is var ranks ? new(reader.GetInt64(at), reader.GetInt64(at + 1), ranks[0], ranks[1], ranks[2], reader.GetInt64(at + 2)) : null);
            groups.Add(new(reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), times, reader.GetInt32(2) == 1));
        }
        return groups.Count(group => !group.IsTotal) > mostGroups ? null : [.. RankedRows.Ordered(groups)];
    }

    internal override void KeepSchedule(IPersistentStoreBuilder store) => store.UsePostgres(NpgsqlFactory.Instance, connectionString);

    internal override RowWriter WriterFor(WorkflowDb db) => new ArrayRowWriter(db);
}
