using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workflow.Engine.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Places : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SubjectKey",
                table: "tasks",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DistrictCode",
                table: "areas",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "outlines",
                columns: table => new
                {
                    AreaCode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Shape = table.Column<byte[]>(type: "bytea", nullable: false),
                    Change = table.Column<double>(type: "double precision", nullable: true),
                    ImportedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outlines", x => x.AreaCode);
                });

            migrationBuilder.CreateTable(
                name: "subjects",
                columns: table => new
                {
                    Key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Category = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Longitude = table.Column<double>(type: "double precision", nullable: true),
                    Latitude = table.Column<double>(type: "double precision", nullable: true),
                    Datum = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    AreaCode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ImportedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_subjects", x => x.Key);
                });

            migrationBuilder.CreateIndex(
                name: "IX_tasks_SubjectKey_StartedAt",
                table: "tasks",
                columns: new[] { "SubjectKey", "StartedAt" },
                filter: "\"SubjectKey\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_subjects_AreaCode_Key",
                table: "subjects",
                columns: new[] { "AreaCode", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_subjects_Category_Key",
                table: "subjects",
                columns: new[] { "Category", "Key" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "outlines");

            migrationBuilder.DropTable(
                name: "subjects");

            migrationBuilder.DropIndex(
                name: "IX_tasks_SubjectKey_StartedAt",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "SubjectKey",
                table: "tasks");

            migrationBuilder.DropColumn(
                name: "DistrictCode",
                table: "areas");
        }
    }
}
