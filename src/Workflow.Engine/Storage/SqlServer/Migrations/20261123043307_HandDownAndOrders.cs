using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflow.Engine.Storage.SqlServer.Migrations
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
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "orders",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    LeaderName = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    TeamName = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Due = table.Column<long>(type: "bigint", nullable: false),
                    NextFeedback = table.Column<long>(type: "bigint", nullable: true),
                    Rung = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true),
                    Tasks = table.Column<int>(type: "int", nullable: false),
                    OpenTasks = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_orders", x => x.InstanceId);
                });

            migrationBuilder.CreateTable(
                name: "task_tree",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RootId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ParentId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Role = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true),
                    TeamName = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    Text = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    Wanted = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    Due = table.Column<long>(type: "bigint", nullable: true),
                    Feedback = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    FedBackAt = table.Column<long>(type: "bigint", nullable: true),
                    Holdings = table.Column<string>(type: "nvarchar(max)", nullable: false)
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
