using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflow.Engine.Storage.SqlServer.Migrations
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
                type: "nvarchar(128)",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ActorAddress",
                table: "journal",
                type: "nvarchar(max)",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "copies",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    WorkItem = table.Column<int>(type: "int", nullable: false),
                    UserId = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_copies", x => new { x.InstanceId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "routing_rules",
                columns: table => new
                {
                    DefinitionId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    LookupKey = table.Column<long>(type: "bigint", nullable: false),
                    Node = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    AreaCode = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    TeamId = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false),
                    TaskNumber = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    RuledAt = table.Column<long>(type: "bigint", nullable: false)
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
