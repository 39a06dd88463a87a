using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflow.Engine.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class WorkItemCommands : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "WaitsFor",
                table: "work_items",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ActorAddress",
                table: "journal",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "copies",
                columns: table => new
                {
                    InstanceId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    WorkItem = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_copies", x => new { x.InstanceId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "routing_rules",
                columns: table => new
                {
                    DefinitionId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    LookupKey = table.Column<long>(type: "INTEGER", nullable: false),
                    Node = table.Column<string>(type: "TEXT", nullable: false),
                    AreaCode = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    TeamId = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    TaskNumber = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    RuledAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_rules", x => new { x.DefinitionId, x.LookupKey });
                });

            migrationBuilder.CreateIndex(
                name: "IX_work_items_WaitsFor_Due",
                table: "work_items",
                columns: new[] { "WaitsFor", "Due" },
                filter: "\"WaitsFor\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_copies_UserId_At",
                table: "copies",
                columns: new[] { "UserId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "copies");

            migrationBuilder.DropTable(
                name: "routing_rules");

            migrationBuilder.DropIndex(
                name: "IX_work_items_WaitsFor_Due",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "WaitsFor",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "ActorAddress",
                table: "journal");
        }
    }
}
