using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Workflow.Engine.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "absences",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    From = table.Column<long>(type: "bigint", nullable: false),
                    Until = table.Column<long>(type: "bigint", nullable: false),
                    SubstituteId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_absences", x => new { x.UserId, x.From });
                });

            migrationBuilder.CreateTable(
                name: "areas",
                columns: table => new
                {
                    Code = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Path = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    JurisdictionName = table.Column<string>(type: "text", nullable: false),
                    DistrictName = table.Column<string>(type: "text", nullable: false),
                    DistrictCode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, defaultValue: ""),
                    Calendar = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_areas", x => x.Code);
                });

            migrationBuilder.CreateTable(
                name: "bookmarks",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    Key = table.Column<string>(type: "text", nullable: false),
                    LookupKey = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bookmarks", x => new { x.InstanceId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "certificates",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    From = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    Until = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_certificates", x => new { x.UserId, x.Kind, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "changes",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Key = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_changes", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "clock_changes",
                columns: table => new
                {
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Version = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Replaces = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Document = table.Column<string>(type: "text", nullable: true),
                    ProposedAt = table.Column<long>(type: "bigint", nullable: false),
                    ProposedById = table.Column<string>(type: "text", nullable: true),
                    ProposedByName = table.Column<string>(type: "text", nullable: true),
                    AppliedAt = table.Column<long>(type: "bigint", nullable: true),
                    ApprovedById = table.Column<string>(type: "text", nullable: true),
                    ApprovedByName = table.Column<string>(type: "text", nullable: true),
                    Reason = table.Column<string>(type: "text", nullable: true),
                    DoneAt = table.Column<long>(type: "bigint", nullable: true),
                    Visited = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clock_changes", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "clocks",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Scope = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Stage = table.Column<string>(type: "text", nullable: true),
                    WorkItem = table.Column<int>(type: "integer", nullable: true),
                    Target = table.Column<string>(type: "text", nullable: false),
                    Calendar = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    Due = table.Column<long>(type: "bigint", nullable: true),
                    BreachedAt = table.Column<long>(type: "bigint", nullable: true),
                    IsProvisional = table.Column<bool>(type: "boolean", nullable: false),
                    Node = table.Column<string>(type: "text", nullable: false),
                    CalendarVersion = table.Column<string>(type: "text", nullable: false),
                    DayEnd = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    OpenCalendar = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Spans = table.Column<string>(type: "text", nullable: true),
                    Turns = table.Column<string>(type: "text", nullable: true),
                    PolicyVersion = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clocks", x => new { x.InstanceId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "contacts",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Channel = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Address = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contacts", x => new { x.UserId, x.Channel });
                });

            migrationBuilder.CreateTable(
                name: "copies",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    WorkItem = table.Column<int>(type: "integer", nullable: false),
                    UserId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_copies", x => new { x.InstanceId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "definitions",
                columns: table => new
                {
                    DefinitionId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    IsTask = table.Column<bool>(type: "boolean", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    Used = table.Column<string>(type: "text", nullable: true),
                    Hash = table.Column<string>(type: "text", nullable: false),
                    PublishedAt = table.Column<long>(type: "bigint", nullable: false),
                    PublishedById = table.Column<string>(type: "text", nullable: true),
                    PublishedByName = table.Column<string>(type: "text", nullable: true),
                    RetractedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_definitions", x => new { x.DefinitionId, x.Version });
                });

            migrationBuilder.CreateTable(
                name: "drafts",
                columns: table => new
                {
                    DefinitionId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    IsTask = table.Column<bool>(type: "boolean", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: false),
                    Hash = table.Column<string>(type: "text", nullable: false),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    BasedOn = table.Column<int>(type: "integer", nullable: true),
                    SavedAt = table.Column<long>(type: "bigint", nullable: false),
                    SavedById = table.Column<string>(type: "text", nullable: false),
                    SavedByName = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_drafts", x => x.DefinitionId);
                });

            migrationBuilder.CreateTable(
                name: "duties",
                columns: table => new
                {
                    TeamId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Shift = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    UserId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    From = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    Days = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Until = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    IsLeader = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_duties", x => new { x.TeamId, x.Shift, x.UserId, x.From, x.Days });
                });

            migrationBuilder.CreateTable(
                name: "evidence",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    WorkItem = table.Column<int>(type: "integer", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evidence", x => new { x.InstanceId, x.WorkItem, x.Position });
                });

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
                name: "idempotency_keys",
                columns: table => new
                {
                    KeyHash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    Caller = table.Column<string>(type: "text", nullable: false),
                    Route = table.Column<string>(type: "text", nullable: false),
                    Key = table.Column<string>(type: "text", nullable: false),
                    BodyHash = table.Column<string>(type: "text", nullable: false),
                    Schema = table.Column<int>(type: "integer", nullable: false),
                    Answer = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency_keys", x => x.KeyHash);
                });

            migrationBuilder.CreateTable(
                name: "incidents",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    DefinitionId = table.Column<string>(type: "text", nullable: false),
                    Node = table.Column<string>(type: "text", nullable: false),
                    Message = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    IsOpen = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incidents", x => new { x.InstanceId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "instances",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    DefinitionId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    DefinitionVersion = table.Column<int>(type: "integer", nullable: false),
                    Status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    CorrelationId = table.Column<string>(type: "text", nullable: true),
                    CorrelationKey = table.Column<long>(type: "bigint", nullable: true),
                    ParentId = table.Column<Guid>(type: "uuid", nullable: true),
                    Name = table.Column<string>(type: "text", nullable: true),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    Schema = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<byte[]>(type: "bytea", nullable: false),
                    JournalHash = table.Column<byte[]>(type: "bytea", nullable: false),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    UpdatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_instances", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "journal",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Stimulus = table.Column<string>(type: "text", nullable: false),
                    ActorId = table.Column<string>(type: "text", nullable: true),
                    ActorName = table.Column<string>(type: "text", nullable: true),
                    ActorAddress = table.Column<string>(type: "text", nullable: true),
                    Schema = table.Column<int>(type: "integer", nullable: false),
                    Facts = table.Column<byte[]>(type: "bytea", nullable: false),
                    HashAlgorithm = table.Column<string>(type: "text", nullable: false),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_journal", x => new { x.InstanceId, x.Revision });
                });

            migrationBuilder.CreateTable(
                name: "members",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    LeftAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_members", x => x.UserId);
                });

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Address = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Version = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    SeenAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nodes", x => new { x.Name, x.Address });
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Effect = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    UserId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    TeamId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    Role = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    WorkItem = table.Column<int>(type: "integer", nullable: true),
                    TaskNumber = table.Column<string>(type: "text", nullable: false),
                    Subject = table.Column<string>(type: "text", nullable: false),
                    Rung = table.Column<string>(type: "text", nullable: false),
                    Stage = table.Column<string>(type: "text", nullable: true),
                    Due = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notices", x => new { x.InstanceId, x.Effect, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "notifications",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    WorkItem = table.Column<int>(type: "integer", nullable: false),
                    UserId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Rung = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    ReadAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notifications", x => new { x.InstanceId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "open_alarms",
                columns: table => new
                {
                    DefinitionId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    SubjectKey = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_open_alarms", x => new { x.DefinitionId, x.SubjectKey });
                });

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
                name: "outbox",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false),
                    Schema = table.Column<int>(type: "integer", nullable: false),
                    Payload = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    NextAt = table.Column<long>(type: "bigint", nullable: false),
                    Epoch = table.Column<int>(type: "integer", nullable: false),
                    ClaimedUntil = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    LastError = table.Column<string>(type: "text", nullable: true),
                    Result = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => new { x.InstanceId, x.Number });
                });

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
                name: "pauses",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    WorkItem = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    UserId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    UserName = table.Column<string>(type: "text", nullable: false),
                    TeamId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    TeamName = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    Approval = table.Column<string>(type: "text", nullable: true),
                    AskedSince = table.Column<long>(type: "bigint", nullable: true),
                    IsRefused = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pauses", x => new { x.InstanceId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "recurrences",
                columns: table => new
                {
                    PreviousId = table.Column<Guid>(type: "uuid", nullable: false),
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recurrences", x => x.PreviousId);
                });

            migrationBuilder.CreateTable(
                name: "reporter_looks",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ReporterId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Act = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    UserId = table.Column<string>(type: "text", nullable: true),
                    UserName = table.Column<string>(type: "text", nullable: true),
                    Address = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reporter_looks", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "reporters",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    AcceptedById = table.Column<string>(type: "text", nullable: false),
                    AreaPath = table.Column<string>(type: "text", nullable: false),
                    IsConfidential = table.Column<bool>(type: "boolean", nullable: false),
                    StoredAt = table.Column<long>(type: "bigint", nullable: false),
                    Sealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    ErasedAt = table.Column<long>(type: "bigint", nullable: true),
                    ErasedById = table.Column<string>(type: "text", nullable: true),
                    ErasedByName = table.Column<string>(type: "text", nullable: true),
                    OutlivesTask = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reporters", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "routing_rules",
                columns: table => new
                {
                    DefinitionId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    LookupKey = table.Column<long>(type: "bigint", nullable: false),
                    Node = table.Column<string>(type: "text", nullable: false),
                    AreaCode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    TeamId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    TaskNumber = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    RuledAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_rules", x => new { x.DefinitionId, x.LookupKey });
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
                name: "sequences",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Value = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sequences", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "shift_handovers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TeamId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    ById = table.Column<string>(type: "text", nullable: false),
                    ByName = table.Column<string>(type: "text", nullable: false),
                    ToId = table.Column<string>(type: "text", nullable: false),
                    ToName = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Note = table.Column<string>(type: "text", nullable: true),
                    Items = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shift_handovers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "shifts",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    From = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    To = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    Calendar = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shifts", x => x.Id);
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

            migrationBuilder.CreateTable(
                name: "task_pauses",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    Times = table.Column<int>(type: "integer", nullable: false),
                    Seconds = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_task_pauses", x => new { x.InstanceId, x.Number });
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
                    DeliveredAt = table.Column<long>(type: "bigint", nullable: true),
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
                    Urgings = table.Column<int>(type: "integer", nullable: false),
                    TeamId = table.Column<string>(type: "text", nullable: true),
                    TeamName = table.Column<string>(type: "text", nullable: true),
                    TeamKind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    PersonId = table.Column<string>(type: "text", nullable: true),
                    PersonName = table.Column<string>(type: "text", nullable: true),
                    Category = table.Column<string>(type: "text", nullable: true),
                    Satisfaction = table.Column<int>(type: "integer", nullable: true),
                    IsDrawn = table.Column<bool>(type: "boolean", nullable: false),
                    AcknowledgeSeconds = table.Column<long>(type: "bigint", nullable: true),
                    InitiationSeconds = table.Column<long>(type: "bigint", nullable: true),
                    ResponseSeconds = table.Column<long>(type: "bigint", nullable: true),
                    AnalysisSeconds = table.Column<long>(type: "bigint", nullable: true),
                    HandlingSeconds = table.Column<long>(type: "bigint", nullable: true),
                    PostEvaluationSeconds = table.Column<long>(type: "bigint", nullable: true),
                    TotalSeconds = table.Column<long>(type: "bigint", nullable: true),
                    Marks = table.Column<long>(type: "bigint", nullable: false),
                    ReachesTo = table.Column<long>(type: "bigint", nullable: false)
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

            migrationBuilder.CreateTable(
                name: "task_work",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    TeamId = table.Column<string>(type: "text", nullable: false),
                    TeamName = table.Column<string>(type: "text", nullable: false),
                    TeamKind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    PersonId = table.Column<string>(type: "text", nullable: true),
                    PersonName = table.Column<string>(type: "text", nullable: true),
                    Items = table.Column<int>(type: "integer", nullable: false),
                    WaitSeconds = table.Column<long>(type: "bigint", nullable: false),
                    WorkSeconds = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_task_work", x => new { x.InstanceId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "tasks",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Subject = table.Column<string>(type: "text", nullable: false),
                    SubjectKey = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Alarms = table.Column<int>(type: "integer", nullable: false),
                    Repeats = table.Column<int>(type: "integer", nullable: false),
                    DefinitionId = table.Column<string>(type: "text", nullable: false),
                    DefinitionName = table.Column<string>(type: "text", nullable: false),
                    AreaCode = table.Column<string>(type: "text", nullable: false),
                    AreaName = table.Column<string>(type: "text", nullable: false),
                    AreaPath = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    JurisdictionCode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    StreetCode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    JurisdictionName = table.Column<string>(type: "text", nullable: false),
                    Priority = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    IsOrdered = table.Column<bool>(type: "boolean", nullable: false),
                    RaisedById = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    HiddenUntil = table.Column<long>(type: "bigint", nullable: true),
                    Stage = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    StartedAt = table.Column<long>(type: "bigint", nullable: false),
                    ClosedAt = table.Column<long>(type: "bigint", nullable: true),
                    NextDue = table.Column<long>(type: "bigint", nullable: true),
                    OpenDue = table.Column<long>(type: "bigint", nullable: true),
                    OpenSince = table.Column<long>(type: "bigint", nullable: true),
                    IsWarned = table.Column<bool>(type: "boolean", nullable: false),
                    IsBreached = table.Column<bool>(type: "boolean", nullable: false),
                    EscalatedTo = table.Column<string>(type: "text", nullable: false),
                    Revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tasks", x => x.InstanceId);
                });

            migrationBuilder.CreateTable(
                name: "team_areas",
                columns: table => new
                {
                    TeamId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    AreaCode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Shift = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, defaultValue: "")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_team_areas", x => new { x.TeamId, x.AreaCode });
                });

            migrationBuilder.CreateTable(
                name: "team_members",
                columns: table => new
                {
                    TeamId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    UserId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Roles = table.Column<string>(type: "text", nullable: false, defaultValue: "Member")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_team_members", x => new { x.TeamId, x.UserId });
                });

            migrationBuilder.CreateTable(
                name: "teams",
                columns: table => new
                {
                    Id = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Calendar = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_teams", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "timers",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    DueAt = table.Column<long>(type: "bigint", nullable: false),
                    ClaimedUntil = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_timers", x => new { x.InstanceId, x.Kind, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "work_items",
                columns: table => new
                {
                    InstanceId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Title = table.Column<string>(type: "text", nullable: false),
                    DefinitionId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Priority = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    AreaPath = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    HiddenUntil = table.Column<long>(type: "bigint", nullable: true),
                    JurisdictionCode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    StreetCode = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Stage = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    TeamId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    TeamName = table.Column<string>(type: "text", nullable: false),
                    TeamKind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    HolderId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    HolderName = table.Column<string>(type: "text", nullable: true),
                    Role = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    WaitsFor = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    AssigneeId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    Turn = table.Column<long>(type: "bigint", nullable: true),
                    OfferedAt = table.Column<long>(type: "bigint", nullable: false),
                    DoneAt = table.Column<long>(type: "bigint", nullable: true),
                    Due = table.Column<long>(type: "bigint", nullable: true),
                    OpenDue = table.Column<long>(type: "bigint", nullable: true),
                    IsWarned = table.Column<bool>(type: "boolean", nullable: false),
                    IsBreached = table.Column<bool>(type: "boolean", nullable: false),
                    UrgedAt = table.Column<long>(type: "bigint", nullable: true),
                    UnansweredSince = table.Column<long>(type: "bigint", nullable: true),
                    Revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_work_items", x => new { x.InstanceId, x.Number });
                });

            migrationBuilder.CreateIndex(
                name: "IX_areas_Path",
                table: "areas",
                column: "Path");

            migrationBuilder.CreateIndex(
                name: "IX_bookmarks_LookupKey",
                table: "bookmarks",
                column: "LookupKey");

            migrationBuilder.CreateIndex(
                name: "IX_clock_changes_Subject_AppliedAt",
                table: "clock_changes",
                columns: new[] { "Subject", "AppliedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_clocks_OpenCalendar",
                table: "clocks",
                column: "OpenCalendar",
                filter: "\"OpenCalendar\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_copies_UserId_At",
                table: "copies",
                columns: new[] { "UserId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_evidence_Sha256",
                table: "evidence",
                column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_keys_At",
                table: "idempotency_keys",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_incidents_IsOpen_At",
                table: "incidents",
                columns: new[] { "IsOpen", "At" });

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

            migrationBuilder.CreateIndex(
                name: "IX_notices_Role_At",
                table: "notices",
                columns: new[] { "Role", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_notices_TeamId_At",
                table: "notices",
                columns: new[] { "TeamId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_notices_UserId_At",
                table: "notices",
                columns: new[] { "UserId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_notifications_UserId_At",
                table: "notifications",
                columns: new[] { "UserId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_outbox_State_NextAt",
                table: "outbox",
                columns: new[] { "State", "NextAt" });

            migrationBuilder.CreateIndex(
                name: "IX_pauses_AskedSince",
                table: "pauses",
                column: "AskedSince",
                filter: "\"AskedSince\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_pauses_At",
                table: "pauses",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_recurrences_InstanceId",
                table: "recurrences",
                column: "InstanceId");

            migrationBuilder.CreateIndex(
                name: "IX_reporter_looks_ReporterId_Sequence",
                table: "reporter_looks",
                columns: new[] { "ReporterId", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_reporters_InstanceId",
                table: "reporters",
                column: "InstanceId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_shift_handovers_TeamId_At",
                table: "shift_handovers",
                columns: new[] { "TeamId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_subjects_AreaCode_Key",
                table: "subjects",
                columns: new[] { "AreaCode", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_subjects_Category_Key",
                table: "subjects",
                columns: new[] { "Category", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_task_summaries_ReachesTo_StartedAt",
                table: "task_summaries",
                columns: new[] { "ReachesTo", "StartedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_task_tree_RootId",
                table: "task_tree",
                column: "RootId");

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
                name: "IX_tasks_Number",
                table: "tasks",
                column: "Number",
                unique: true);

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
                name: "IX_tasks_SubjectKey_StartedAt",
                table: "tasks",
                columns: new[] { "SubjectKey", "StartedAt" },
                filter: "\"SubjectKey\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_team_members_UserId",
                table: "team_members",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_timers_DueAt",
                table: "timers",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_work_items_AssigneeId_Turn",
                table: "work_items",
                columns: new[] { "AssigneeId", "Turn" },
                filter: "\"AssigneeId\" is not null");

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
                name: "IX_work_items_UnansweredSince",
                table: "work_items",
                column: "UnansweredSince",
                filter: "\"UnansweredSince\" is not null");

            migrationBuilder.CreateIndex(
                name: "IX_work_items_WaitsFor_OpenDue_InstanceId_Number",
                table: "work_items",
                columns: new[] { "WaitsFor", "OpenDue", "InstanceId", "Number" },
                filter: "\"WaitsFor\" is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "absences");

            migrationBuilder.DropTable(
                name: "areas");

            migrationBuilder.DropTable(
                name: "bookmarks");

            migrationBuilder.DropTable(
                name: "certificates");

            migrationBuilder.DropTable(
                name: "changes");

            migrationBuilder.DropTable(
                name: "clock_changes");

            migrationBuilder.DropTable(
                name: "clocks");

            migrationBuilder.DropTable(
                name: "contacts");

            migrationBuilder.DropTable(
                name: "copies");

            migrationBuilder.DropTable(
                name: "definitions");

            migrationBuilder.DropTable(
                name: "drafts");

            migrationBuilder.DropTable(
                name: "duties");

            migrationBuilder.DropTable(
                name: "evidence");

            migrationBuilder.DropTable(
                name: "hands");

            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "incidents");

            migrationBuilder.DropTable(
                name: "instances");

            migrationBuilder.DropTable(
                name: "journal");

            migrationBuilder.DropTable(
                name: "members");

            migrationBuilder.DropTable(
                name: "nodes");

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropTable(
                name: "notifications");

            migrationBuilder.DropTable(
                name: "open_alarms");

            migrationBuilder.DropTable(
                name: "orders");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "outlines");

            migrationBuilder.DropTable(
                name: "pauses");

            migrationBuilder.DropTable(
                name: "recurrences");

            migrationBuilder.DropTable(
                name: "reporter_looks");

            migrationBuilder.DropTable(
                name: "reporters");

            migrationBuilder.DropTable(
                name: "routing_rules");

            migrationBuilder.DropTable(
                name: "saved_filters");

            migrationBuilder.DropTable(
                name: "sequences");

            migrationBuilder.DropTable(
                name: "shift_handovers");

            migrationBuilder.DropTable(
                name: "shifts");

            migrationBuilder.DropTable(
                name: "subjects");

            migrationBuilder.DropTable(
                name: "task_evaluations");

            migrationBuilder.DropTable(
                name: "task_pauses");

            migrationBuilder.DropTable(
                name: "task_stages");

            migrationBuilder.DropTable(
                name: "task_summaries");

            migrationBuilder.DropTable(
                name: "task_texts");

            migrationBuilder.DropTable(
                name: "task_tree");

            migrationBuilder.DropTable(
                name: "task_work");

            migrationBuilder.DropTable(
                name: "tasks");

            migrationBuilder.DropTable(
                name: "team_areas");

            migrationBuilder.DropTable(
                name: "team_members");

            migrationBuilder.DropTable(
                name: "teams");

            migrationBuilder.DropTable(
                name: "timers");

            migrationBuilder.DropTable(
                name: "work_items");
        }
    }
}
