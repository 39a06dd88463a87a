using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflow.Engine.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Lists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_work_items_HolderId_Status_Due",
                table: "work_items");

            migrationBuilder.DropIndex(
                name: "IX_work_items_TeamId_Status_Due",
                table: "work_items");

            migrationBuilder.DropIndex(
                name: "IX_work_items_WaitsFor_Due",
                table: "work_items");

            migrationBuilder.DropIndex(
                name: "IX_tasks_AreaPath_StartedAt",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_RaisedById_StartedAt",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_StartedAt",
                table: "tasks");

            migrationBuilder.AddColumn<string>(
                name: "AreaPath",
                table: "work_items",
                type: "character varying(400)",
                maxLength: 400,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "DefinitionId",
                table: "work_items",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "JurisdictionCode",
                table: "work_items",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "OpenDue",
                table: "work_items",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Priority",
                table: "work_items",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "StreetCode",
                table: "work_items",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "JurisdictionCode",
                table: "tasks",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "OpenDue",
                table: "tasks",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "OpenSince",
                table: "tasks",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "StreetCode",
                table: "tasks",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "hands",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    UserId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    UserName = table.Column<string>(type: "text", nullable: false),
                    TeamId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    TeamName = table.Column<string>(type: "text", nullable: false),
                    TeamKind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hands", x => new { x.InstanceId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "saved_filters",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Of = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Query = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    SavedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saved_filters", x => new { x.UserId, x.Of, x.Name });
                });

            migrationBuilder.CreateTable(
                name: "task_stages",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Stage = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Rounds = table.Column<int>(type: "integer", nullable: false),
                    EnteredAt = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    Seconds = table.Column<long>(type: "bigint", nullable: false),
                    Due = table.Column<long>(type: "bigint", nullable: true),
                    Clock = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    BreachedAt = table.Column<long>(type: "bigint", nullable: true),
                    PausedSeconds = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_task_stages", x => new { x.InstanceId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "task_summaries",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    DefinitionId = table.Column<string>(type: "text", nullable: false),
                    DefinitionVersion = table.Column<int>(type: "integer", nullable: false),
                    DefinitionName = table.Column<string>(type: "text", nullable: false),
                    Priority = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Source = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Subject = table.Column<string>(type: "text", nullable: false),
                    SubjectKey = table.Column<string>(type: "text", nullable: true),
                    Alarms = table.Column<int>(type: "integer", nullable: false),
                    AreaPath = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    JurisdictionCode = table.Column<string>(type: "text", nullable: true),
                    StreetCode = table.Column<string>(type: "text", nullable: true),
                    StartedById = table.Column<string>(type: "text", nullable: true),
                    StartedByName = table.Column<string>(type: "text", nullable: true),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    Status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Outcome = table.Column<string>(type: "text", nullable: true),
                    CloseOutReason = table.Column<string>(type: "text", nullable: true),
                    AcknowledgedAt = table.Column<long>(type: "bigint", nullable: true),
                    OfferedAt = table.Column<long>(type: "bigint", nullable: true),
                    HandlingEnteredAt = table.Column<long>(type: "bigint", nullable: true),
                    HandlingEndedAt = table.Column<long>(type: "bigint", nullable: true),
                    HandlingDue = table.Column<long>(type: "bigint", nullable: true),
                    HandlingBreachedAt = table.Column<long>(type: "bigint", nullable: true),
                    Due = table.Column<long>(type: "bigint", nullable: true),
                    Clock = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    BreachedAt = table.Column<long>(type: "bigint", nullable: true),
                    PausedSeconds = table.Column<long>(type: "bigint", nullable: false),
                    WorkItems = table.Column<int>(type: "integer", nullable: false),
                    Returns = table.Column<int>(type: "integer", nullable: false),
                    SentBack = table.Column<int>(type: "integer", nullable: false),
                    Rework = table.Column<int>(type: "integer", nullable: false),
                    Declines = table.Column<int>(type: "integer", nullable: false),
                    Transfers = table.Column<int>(type: "integer", nullable: false),
                    Extensions = table.Column<int>(type: "integer", nullable: false),
                    Urgings = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_task_summaries", x => x.InstanceId);
                });

            migrationBuilder.CreateTable(
                name: "task_texts",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    Grams = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_task_texts", x => x.InstanceId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_work_items_HolderId_DoneAt_InstanceId_Number",
                table: "work_items",
                columns: new[] { "HolderId", "DoneAt", "InstanceId", "Number" },
                filter: "\"DoneAt\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_work_items_HolderId_OpenDue_InstanceId_Number",
                table: "work_items",
                columns: new[] { "HolderId", "OpenDue", "InstanceId", "Number" },
                filter: "\"OpenDue\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_work_items_JurisdictionCode_OpenDue_InstanceId_Number",
                table: "work_items",
                columns: new[] { "JurisdictionCode", "OpenDue", "InstanceId", "Number" },
                filter: "\"OpenDue\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_work_items_OfferedAt_InstanceId_Number",
                table: "work_items",
                columns: new[] { "OfferedAt", "InstanceId", "Number" },
                filter: "\"OpenDue\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_work_items_OpenDue_InstanceId_Number_DefinitionId_Priority_~",
                table: "work_items",
                columns: new[] { "OpenDue", "InstanceId", "Number", "DefinitionId", "Priority", "Stage", "TeamKind" },
                filter: "\"OpenDue\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_work_items_StreetCode_OpenDue_InstanceId_Number",
                table: "work_items",
                columns: new[] { "StreetCode", "OpenDue", "InstanceId", "Number" },
                filter: "\"OpenDue\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_work_items_TeamId_OpenDue_InstanceId_Number",
                table: "work_items",
                columns: new[] { "TeamId", "OpenDue", "InstanceId", "Number" },
                filter: "\"OpenDue\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_work_items_WaitsFor_OpenDue_InstanceId_Number",
                table: "work_items",
                columns: new[] { "WaitsFor", "OpenDue", "InstanceId", "Number" },
                filter: "\"WaitsFor\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_JurisdictionCode_OpenDue_InstanceId",
                table: "tasks",
                columns: new[] { "JurisdictionCode", "OpenDue", "InstanceId" },
                filter: "\"OpenDue\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_JurisdictionCode_StartedAt_InstanceId",
                table: "tasks",
                columns: new[] { "JurisdictionCode", "StartedAt", "InstanceId" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_OpenDue_InstanceId",
                table: "tasks",
                columns: new[] { "OpenDue", "InstanceId" },
                filter: "\"OpenDue\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_OpenSince_InstanceId",
                table: "tasks",
                columns: new[] { "OpenSince", "InstanceId" },
                filter: "\"OpenSince\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_RaisedById_StartedAt_InstanceId",
                table: "tasks",
                columns: new[] { "RaisedById", "StartedAt", "InstanceId" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_StartedAt_InstanceId",
                table: "tasks",
                columns: new[] { "StartedAt", "InstanceId" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_StreetCode_OpenDue_InstanceId",
                table: "tasks",
                columns: new[] { "StreetCode", "OpenDue", "InstanceId" },
                filter: "\"OpenDue\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_StreetCode_StartedAt_InstanceId",
                table: "tasks",
                columns: new[] { "StreetCode", "StartedAt", "InstanceId" });

            migrationBuilder.CreateIndex(
                name: "IX_task_summaries_EndedAt",
                table: "task_summaries",
                column: "EndedAt",
                filter: "\"EndedAt\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_task_summaries_StartedAt",
                table: "task_summaries",
                column: "StartedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hands");

            migrationBuilder.DropTable(
                name: "saved_filters");

            migrationBuilder.DropTable(
                name: "task_stages");

            migrationBuilder.DropTable(
                name: "task_summaries");

            migrationBuilder.DropTable(
                name: "task_texts");

            migrationBuilder.DropIndex(
                name: "IX_work_items_HolderId_DoneAt_InstanceId_Number",
                table: "work_items");

            migrationBuilder.DropIndex(
                name: "IX_work_items_HolderId_OpenDue_InstanceId_Number",
                table: "work_items");

            migrationBuilder.DropIndex(
                name: "IX_work_items_JurisdictionCode_OpenDue_InstanceId_Number",
                table: "work_items");

            migrationBuilder.DropIndex(
                name: "IX_work_items_OfferedAt_InstanceId_Number",
                table: "work_items");

            migrationBuilder.DropIndex(
                name: "IX_work_items_OpenDue_InstanceId_Number_DefinitionId_Priority_~",
                table: "work_items");

            migrationBuilder.DropIndex(
                name: "IX_work_items_StreetCode_OpenDue_InstanceId_Number",
                table: "work_items");

            migrationBuilder.DropIndex(
                name: "IX_work_items_TeamId_OpenDue_InstanceId_Number",
                table: "work_items");

            migrationBuilder.DropIndex(
                name: "IX_work_items_WaitsFor_OpenDue_InstanceId_Number",
                table: "work_items");

            migrationBuilder.DropIndex(
                name: "IX_tasks_JurisdictionCode_OpenDue_InstanceId",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_JurisdictionCode_StartedAt_InstanceId",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_OpenDue_InstanceId",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_OpenSince_InstanceId",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_RaisedById_StartedAt_InstanceId",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_StartedAt_InstanceId",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_StreetCode_OpenDue_InstanceId",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "IX_tasks_StreetCode_StartedAt_InstanceId",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "AreaPath",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "DefinitionId",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "JurisdictionCode",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "OpenDue",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "Priority",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "StreetCode",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "JurisdictionCode",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "OpenDue",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "OpenSince",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "StreetCode",
                table: "tasks");

            migrationBuilder.CreateIndex(
                name: "IX_work_items_HolderId_Status_Due",
                table: "work_items",
                columns: new[] { "HolderId", "Status", "Due" });

            migrationBuilder.CreateIndex(
                name: "IX_work_items_TeamId_Status_Due",
                table: "work_items",
                columns: new[] { "TeamId", "Status", "Due" });

            migrationBuilder.CreateIndex(
                name: "IX_work_items_WaitsFor_Due",
                table: "work_items",
                columns: new[] { "WaitsFor", "Due" },
                filter: "\"WaitsFor\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_tasks_AreaPath_StartedAt",
                table: "tasks",
                columns: new[] { "AreaPath", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_RaisedById_StartedAt",
                table: "tasks",
                columns: new[] { "RaisedById", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_StartedAt",
                table: "tasks",
                column: "StartedAt");
        }
    }
}
