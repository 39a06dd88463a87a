using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Workflow.Engine.Storage;

/// <summary>
/// Marks a query whose rows stay locked until its transaction ends. On a database of several servers an interceptor writes the provider's words for
/// it; on SQLite a write transaction has the file for itself.
/// </summary>
internal static class Locking
{
    private const string WaitTag = "lock";
    private const string SkipTag = "lock, skip locked";

    public static IQueryable<T> Lock<T>(this IQueryable<T> rows) => rows.TagWith(WaitTag);

    /// <summary>Locks the rows that nobody else has locked, and leaves the others out.</summary>
    public static IQueryable<T> Claim<T>(this IQueryable<T> rows) => rows.TagWith(SkipTag);

    /// <param name="lockRows">Makes a query of the provider's SQL into one that locks; true: and that skips what is locked.</param>
    internal sealed class Interceptor(Func<string, bool, string> lockRows) : DbCommandInterceptor
    {
        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            Rewrite(command);
            return result;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Rewrite(command);
            return new(result);
        }

        private void Rewrite(DbCommand command)
        {
            if (command.CommandText.StartsWith($"-- {WaitTag}", StringComparison.Ordinal))
                command.CommandText = lockRows(command.CommandText, command.CommandText.StartsWith($"-- {SkipTag}", StringComparison.Ordinal));
        }
    }
}
