using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Storage;
using Workflow.Server.Hosting;

namespace Workflow.Server.Tests.Storage;

/// <summary>The migrations of both contexts for all providers. What SQL Server would be sent is read here: none was there to run it.</summary>
public partial class MigrationTests
{
    public static TheoryData<string> Providers => Contexts.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public void The_migrations_lead_to_the_model(string provider)
    {
        foreach (var db in Contexts.Of(provider)) db.Database.HasPendingModelChanges().ShouldBeFalse($"{db.GetType().Name}: expected a migration for what has changed in the model");
    }

    [Theory]
    [InlineData(nameof(DatabaseProvider.SqlServer), "IF OBJECT_ID(N'[__WorkflowMigrations]') IS NULL", "IF OBJECT_ID(N'[__AccessMigrations]') IS NULL", "[{0}]")]
    [InlineData(nameof(DatabaseProvider.Postgres), "CREATE TABLE IF NOT EXISTS \"__WorkflowMigrations\"", "CREATE TABLE IF NOT EXISTS \"__AccessMigrations\"", "{0}")]
    public void The_script_makes_every_table_and_index_of_both_contexts(string provider, string engine, string access, string name)
    {
        var script = Tables.Script(Contexts.DatabaseOf(provider));

        script.ShouldContain(engine);
        script.ShouldContain(access);
        foreach (var db in Contexts.Of(provider))
        foreach (var table in db.Model.GetRelationalModel().Tables)
        {
            Regex.IsMatch(script, $"CREATE TABLE \"?{Regex.Escape(string.Format(null, name, table.Name))}\"? ").ShouldBeTrue($"table {table.Name}");
            foreach (var index in table.Indexes) script.ShouldContain(index.Name);
            foreach (var column in table.Columns) script.ShouldContain(column.Name);
        }
    }

    [Fact]
    public void The_script_for_SQL_Server_falls_into_batches_that_each_do_only_what_is_missing()
    {
        var batches = BatchesOf(Tables.Script(Contexts.DatabaseOf(nameof(DatabaseProvider.SqlServer))));

        batches[0].ShouldBe("SET QUOTED_IDENTIFIER ON;");
        foreach (var batch in batches.Skip(1))
        {
            Guarded().IsMatch(Outline(batch)).ShouldBeTrue(Outline(batch));
            Unquoted(batch).Count(letter => letter == '(').ShouldBe(Unquoted(batch).Count(letter => letter == ')'), batch);
            (batch.Count(letter => letter == '\'') % 2).ShouldBe(0, batch);
        }
        var created = batches.SelectMany(batch => Create().Matches(batch).Select(match => match.Value)).ToList();
        created.Count.ShouldBeGreaterThan(50);
        batches.Sum(batch => Guard().Count(batch)).ShouldBeGreaterThanOrEqualTo(created.Count, "each table and index has a guard of its own");
    }

    [Fact]
    public void The_script_for_SQL_Server_notes_every_migration_under_the_guard_that_asks_for_it()
    {
        var batches = BatchesOf(Tables.Script(Contexts.DatabaseOf(nameof(DatabaseProvider.SqlServer))));

        foreach (var db in Contexts.Of(nameof(DatabaseProvider.SqlServer)))
        foreach (var migration in db.Database.GetMigrations())
            batches.Single(batch => batch.Contains("INSERT INTO", StringComparison.Ordinal) && batch.Contains($"VALUES (N'{migration}'", StringComparison.Ordinal))
                .ShouldContain($"WHERE [MigrationId] = N'{migration}'");
    }

    /// <summary>As sqlcmd splits a script: at lines that hold GO alone.</summary>
    private static List<string> BatchesOf(string script) =>
        [.. Go().Split(script.ReplaceLineEndings("\n")).Select(batch => batch.Trim()).Where(batch => batch.Length > 0)];

    /// <summary>The statements of a batch without what they hold, which is indented.</summary>
    private static string Outline(string batch) =>
        string.Join(' ', batch.Split('\n').Where(line => line.Length > 0 && !char.IsWhiteSpace(line[0])).Select(line => Head().Match(line).Value));

    private static string Unquoted(string batch) => Quoted().Replace(batch, "''");

    [GeneratedRegex(@"^\s*GO\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Go();

    [GeneratedRegex(@"^(BEGIN TRANSACTION;|IF NOT EXISTS \(|IF OBJECT_ID|\S+)")]
    private static partial Regex Head();

    [GeneratedRegex(@"^(BEGIN TRANSACTION; ?)?((IF NOT EXISTS \( \)|IF OBJECT_ID) BEGIN END; ?)*(COMMIT;)?$")]
    private static partial Regex Guarded();

    [GeneratedRegex("CREATE (TABLE|(UNIQUE )?INDEX) ")]
    private static partial Regex Create();

    [GeneratedRegex("^IF ", RegexOptions.Multiline)]
    private static partial Regex Guard();

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();
}
