using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Storage;
using Workflow.Server.Access;

namespace Workflow.Server.Tests.Storage;

/// <summary>Both contexts of a provider, for what needs no connection.</summary>
internal static class Contexts
{
    public static TheoryData<string> Providers => [.. Enum.GetNames<DatabaseProvider>()];

    public static Database DatabaseOf(string provider) => Database.Of(Enum.Parse<DatabaseProvider>(provider), provider switch
    {
        nameof(DatabaseProvider.Sqlite) => "Data Source=:memory:",
        nameof(DatabaseProvider.Postgres) => "Host=127.0.0.1",
        _ => "Server=127.0.0.1",
    });

    public static IReadOnlyList<DbContext> Of(string provider) => [DatabaseOf(provider).CreateDbContext(), AccessDb.Open(DatabaseOf(provider))];
}
