using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Workflow.Engine.Storage.Sqlite.Migrations;

/// <summary>
/// The full-text index of <c>task_texts</c>. Written by hand, because the model knows nothing of it: keep it when migrations are made anew. The table gets a
/// number for each row that stays the same (the hidden one may change under VACUUM); triggers keep the index beside the table, in the same transaction.
/// </summary>
[DbContext(typeof(SqliteWorkflowDb))]
[Migration("20261123092828_TaskTextIndex")]
internal sealed class TaskTextIndex : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("""
            drop table task_texts;
            create table task_texts ("Id" integer primary key, "InstanceId" blob not null unique, "Text" text not null, "Grams" text not null);
            create virtual table task_grams using fts5("Grams", content = 'task_texts', content_rowid = 'Id', detail = none, tokenize = 'ascii');
            create trigger task_texts_inserted after insert on task_texts begin
              insert into task_grams (rowid, "Grams") values (new."Id", new."Grams");
            end;
            create trigger task_texts_deleted after delete on task_texts begin
              insert into task_grams (task_grams, rowid, "Grams") values ('delete', old."Id", old."Grams");
            end;
            create trigger task_texts_updated after update on task_texts when old."Grams" is not new."Grams" begin
              insert into task_grams (task_grams, rowid, "Grams") values ('delete', old."Id", old."Grams");
              insert into task_grams (rowid, "Grams") values (new."Id", new."Grams");
            end;
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("""
            drop table task_grams;
            drop table task_texts;
            create table task_texts ("InstanceId" blob not null constraint "PK_task_texts" primary key, "Text" text not null, "Grams" text not null);
            """);
    }
}
