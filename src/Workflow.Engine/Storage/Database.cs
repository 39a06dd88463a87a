using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Quartz;
using Workflow.Engine.Storage.Postgres;
using Workflow.Engine.Storage.Reporting;
using Workflow.Engine.Storage.Sqlite;
using Workflow.Engine.Storage.SqlServer;
using Workflow.Engine.Storage.Writing;

namespace Workflow.Engine.Storage;

public enum DatabaseProvider
{
    /// <summary>Embedded: a file of one server.</summary>
    Sqlite,

    Postgres,

    SqlServer,
}

/// <summary>Which database, and how it is reached (configuration section <c>Database</c>).</summary>
public sealed class DatabaseOptions
{
    public DatabaseProvider Provider { get; set; }

    /// <summary>As the provider's driver takes it. Null for SQLite: <c>workflow.db</c> in the data folder.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>False: the server refuses to start on a database whose tables are not those of this build; <c>workflow migrate</c> changes them.</summary>
    public bool MigrateAtStart { get; set; } = true;
}

/// <param name="Rows">The rows of <c>task_texts</c> that match.</param>
/// <param name="Count">How many they are, counted no further than asked for.</param>
internal sealed record GramMatch(FormattableString Rows, FormattableString Count);

/// <summary>A database that the engine runs on: everything that differs between the providers.</summary>
public abstract class Database : IDbContextFactory<WorkflowDb>
{
    public abstract DatabaseProvider Provider { get; }

    /// <summary>Several servers may share it.</summary>
    public abstract bool IsShared { get; }

    /// <summary>The path of the file that it lies in; null on a server.</summary>
    public virtual string? File => null;

    public static Database Of(DatabaseProvider provider, string connectionString) => provider switch
    {
        DatabaseProvider.Sqlite => new SqliteDatabase(connectionString),
        DatabaseProvider.Postgres => new PostgresDatabase(connectionString),
        DatabaseProvider.SqlServer => new SqlServerDatabase(connectionString),
        _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "expected Sqlite, Postgres or SqlServer"),
    };

    /// <param name="file">Created when it is missing.</param>
    public static Database SqliteFile(string file) => Of(DatabaseProvider.Sqlite, new SqliteConnectionStringBuilder { DataSource = file }.ToString());

    /// <summary>Contexts are kept and used again: making one costs more than an indexed query.</summary>
    public abstract WorkflowDb CreateDbContext();

    /// <summary>Leads another context to the same database.</summary>
    /// <param name="migrationsTable">Each context keeps the list of its migrations in a table of its own.</param>
    public abstract void Configure(DbContextOptionsBuilder builder, string migrationsTable);

    /// <summary>Throws when a commit would not be on disk when it returns, or the server does not do what the engine needs.</summary>
    public virtual Task CheckAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Waits until no other server does what has this name, and keeps others from it until it is disposed of.</summary>
    public virtual Task<IAsyncDisposable> AloneAsync(string name, CancellationToken cancel) => Task.FromResult<IAsyncDisposable>(new Unshared());

    /// <summary>The database's time, in UTC.</summary>
    public abstract Task<DateTimeOffset> NowAsync(CancellationToken cancel);

    /// <summary>Sends a message to the servers that listen. Where the provider has no such thing nothing happens.</summary>
    public virtual Task NotifyAsync(string message, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Hears the messages of all servers until it is cancelled.</summary>
    public virtual Task ListenAsync(Action<string> hear, CancellationToken cancel) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);

    /// <summary>What the database takes on disk, with its log where that lies beside it.</summary>
    public abstract Task<long> SizeBytesAsync(CancellationToken cancel);

    /// <summary>The transaction can be tried again as it is: a deadlock, a lost race for a new row, a connection that broke.</summary>
    public bool IsTransient(Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
            if (IsPassing(cause)) return true;
        return false;
    }

    /// <summary>What became of a transaction whose connection broke, by the name that the database gave it.</summary>
    /// <returns>Null while it is under way.</returns>
    public virtual Task<bool?> WasCommittedAsync(string transaction, CancellationToken cancel) => throw new NotSupportedException($"{Provider} gives transactions no name");

    /// <summary>The database takes everything but this: a value that a column cannot hold, a rule of the tables that is broken. Tried again, it would be refused again.</summary>
    public bool IsRefusal(Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
            if (IsRefused(cause)) return true;
        return false;
    }

    /// <summary>A text cannot be stored or looked for: PostgreSQL's texts hold every character but U+0000.</summary>
    public virtual bool IsUnstorableText(Exception problem) => false;

    /// <summary>What has all of these grams, and one of these areas' where any is named. Null: the provider has no index of grams.</summary>
    internal virtual GramMatch? Matching(IReadOnlyList<string> grams, IReadOnlyList<string> areas, int most) => null;

    /// <summary>Whether more texts match than so many, where the provider can tell without counting them.</summary>
    internal virtual async Task<bool> AreMoreAsync(WorkflowDb db, GramMatch match, int most, CancellationToken cancel) => await db.Database.SqlQuery<int>(match.Count).SingleAsync(cancel) > most;

    /// <summary>
    /// Ranks the times of a query's rows, by group and all together. Without a function for that it takes the rows in and sorts them here: where the database lies in this
    /// process that is several times faster than its window functions, which sort once per column.
    /// </summary>
    /// <returns>The total last; null when there are more than so many groups.</returns>
    internal virtual Task<IReadOnlyList<TimedGroup>?> RankAsync(DbCommand rows, RankedColumns columns, int mostGroups, CancellationToken cancel) => RankedRows.ReadAsync(rows, columns, mostGroups, cancel);

    /// <summary>Has Quartz keep a scheduler's triggers in this database, in tables that it makes itself.</summary>
    internal abstract void KeepSchedule(IPersistentStoreBuilder store);

    /// <summary>What the driver says; EF Core may have put it into an exception of its own.</summary>
    protected abstract bool IsPassing(Exception problem);

    /// <summary>See <see cref="IsRefusal"/>.</summary>
    protected abstract bool IsRefused(Exception problem);

    /// <param name="db">Whose open connection is written to.</param>
    internal abstract RowWriter WriterFor(WorkflowDb db);

    /// <summary>Nobody else is there.</summary>
    private sealed class Unshared : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
