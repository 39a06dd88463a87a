using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflow.Engine.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Drafts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "CorrelationKey",
                table: "instances",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Name",
                table: "instances",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "ParentId",
                table: "instances",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsTask",
                table: "definitions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "PublishedById",
                table: "definitions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PublishedByName",
                table: "definitions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RetractedAt",
                table: "definitions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "drafts",
                columns: table => new
                {
                    DefinitionId = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    IsTask = table.Column<bool>(type: "INTEGER", nullable: false),
                    Document = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    BasedOn = table.Column<int>(type: "INTEGER", nullable: true),
                    SavedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SavedById = table.Column<string>(type: "TEXT", nullable: false),
                    SavedByName = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drafts", x => x.DefinitionId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_instances_CorrelationKey",
                table: "instances",
                column: "CorrelationKey",
                filter: "\"CorrelationKey\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_instances_DefinitionId_StartedAt",
                table: "instances",
                columns: new[] { "DefinitionId", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_instances_ParentId",
                table: "instances",
                column: "ParentId",
                filter: "\"ParentId\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_instances_StartedAt",
                table: "instances",
                column: "StartedAt");

            migrationBuilder.CreateIndex(
                name: "IX_instances_Status_StartedAt",
                table: "instances",
                columns: new[] { "Status", "StartedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "drafts");

            migrationBuilder.DropIndex(
                name: "IX_instances_CorrelationKey",
                table: "instances");

            migrationBuilder.DropIndex(
                name: "IX_instances_DefinitionId_StartedAt",
                table: "instances");

            migrationBuilder.DropIndex(
                name: "IX_instances_ParentId",
                table: "instances");

            migrationBuilder.DropIndex(
                name: "IX_instances_StartedAt",
                table: "instances");

            migrationBuilder.DropIndex(
                name: "IX_instances_Status_StartedAt",
                table: "instances");

            migrationBuilder.DropColumn(
                name: "CorrelationKey",
                table: "instances");

            migrationBuilder.DropColumn(
                name: "Name",
                table: "instances");

            migrationBuilder.DropColumn(
                name: "ParentId",
                table: "instances");

            migrationBuilder.DropColumn(
                name: "IsTask",
                table: "definitions");

            migrationBuilder.DropColumn(
                name: "PublishedById",
                table: "definitions");

            migrationBuilder.DropColumn(
                name: "PublishedByName",
                table: "definitions");

            migrationBuilder.DropColumn(
                name: "RetractedAt",
                table: "definitions");
        }
    }
}
