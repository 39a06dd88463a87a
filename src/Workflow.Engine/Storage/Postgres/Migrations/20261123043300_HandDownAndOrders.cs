using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflow.Engine.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class HandDownAndOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsOrdered",
                table: "tasks",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "orders",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    LeaderName = table.Column<string>(type: "text", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    TeamName = table.Column<string>(type: "text", nullable: false),
                    Due = table.Column<long>(type: "bigint", nullable: false),
                    NextFeedback = table.Column<long>(type: "bigint", nullable: true),
                    Rung = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Tasks = table.Column<int>(type: "integer", nullable: false),
                    OpenTasks = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_orders", x => x.InstanceId);
                });

            migrationBuilder.CreateTable(
                name: "task_tree",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    RootId = table.Column<Guid>(type: "uuid", nullable: false),
                    ParentId = table.Column<Guid>(type: "uuid", nullable: true),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Role = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    TeamName = table.Column<string>(type: "text", nullable: true),
                    Text = table.Column<string>(type: "text", nullable: true),
                    Wanted = table.Column<string>(type: "text", nullable: true),
                    Due = table.Column<long>(type: "bigint", nullable: true),
                    Feedback = table.Column<string>(type: "text", nullable: true),
                    FedBackAt = table.Column<long>(type: "bigint", nullable: true),
                    Holdings = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_task_tree", x => x.InstanceId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_task_tree_RootId",
                table: "task_tree",
                column: "RootId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "orders");

            migrationBuilder.DropTable(
                name: "task_tree");

            migrationBuilder.DropColumn(
                name: "IsOrdered",
                table: "tasks");
        }
    }
}
