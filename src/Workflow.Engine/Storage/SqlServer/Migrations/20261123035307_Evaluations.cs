using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflow.Engine.Storage.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Evaluations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "task_evaluations",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Round = table.Column<int>(type: "int", nullable: false),
                    Solved = table.Column<bool>(type: "bit", nullable: true),
                    CauseConfirmed = table.Column<bool>(type: "bit", nullable: true),
                    SourceCategory = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    Effect = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    EcologicalBenefit = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    Satisfaction = table.Column<int>(type: "int", nullable: true),
                    Lessons = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    IsEffective = table.Column<bool>(type: "bit", nullable: true),
                    EffectMaximum = table.Column<double>(type: "float", nullable: true),
                    IsDrawn = table.Column<bool>(type: "bit", nullable: true),
                    DrawnFor = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_task_evaluations", x => x.InstanceId);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "task_evaluations");
        }
    }
}
