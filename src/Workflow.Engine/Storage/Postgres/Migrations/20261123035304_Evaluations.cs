using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflow.Engine.Storage.Postgres.Migrations
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
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Round = table.Column<int>(type: "integer", nullable: false),
                    Solved = table.Column<bool>(type: "boolean", nullable: true),
                    CauseConfirmed = table.Column<bool>(type: "boolean", nullable: true),
                    SourceCategory = table.Column<string>(type: "text", nullable: true),
                    Effect = table.Column<string>(type: "text", nullable: true),
                    EcologicalBenefit = table.Column<string>(type: "text", nullable: true),
                    Satisfaction = table.Column<int>(type: "integer", nullable: true),
                    Lessons = table.Column<string>(type: "text", nullable: true),
                    IsEffective = table.Column<bool>(type: "boolean", nullable: true),
                    EffectMaximum = table.Column<double>(type: "double precision", nullable: true),
                    IsDrawn = table.Column<bool>(type: "boolean", nullable: true),
                    DrawnFor = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true)
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
