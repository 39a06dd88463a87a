using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Workflow.Engine.Storage.Postgres.Migrations;

/// <summary>
/// The index of grams over <c>task_texts</c>. Written by hand, because the model knows nothing of it: keep it when migrations are made anew. What was added
/// lately waits in a list that every search reads, so the list is kept short.
/// </summary>
[DbContext(typeof(PostgresWorkflowDb))]
<<<<<<< HEAD
<<<<<<< HEAD
[Migration("20261123090136_TaskTextIndex")]
=======
[Migration("20261123080149_TaskTextIndex")]
>>>>>>> c2585e46af63a0e17e4e01c65d05b01814f035da
=======
[Migration("20261123074839_TaskTextIndex")]
>>>>>>> 5ad89192986c89d59c1fff2514903172dd83324b
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
