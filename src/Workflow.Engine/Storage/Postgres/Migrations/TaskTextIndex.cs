using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Workflow.Engine.Storage.Postgres.Migrations;

/// <summary>
/// The index of grams over <c>task_texts</c>. Written by hand, because the model knows nothing of it: keep it when migrations are made anew. What was added
/// lately waits in a list that every search reads, so the list is kept short.
/// </summary>
[DbContext(typeof(PostgresWorkflowDb))]
[Migration("20261123092834_TaskTextIndex")]
internal sealed class TaskTextIndex : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("""create index "IX_task_texts_Grams" on task_texts using gin (string_to_array("Grams", ' ')) with (gin_pending_list_limit = 512)""");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("""drop index "IX_task_texts_Grams" """);
    }
}
