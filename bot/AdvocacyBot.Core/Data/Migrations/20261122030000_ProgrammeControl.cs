using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>Suggestions, help with answering, the audit log, approval by a second person, stopping everything, and direct messages in the outbox.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122030000_ProgrammeControl")]
internal sealed class ProgrammeControl : Migration
{
    /// <summary>Nullable, so that rows that are there need no value.</summary>
    private static readonly (string Table, string Column, Type Type)[] Added =
    [
        ("workspaces", "StoppedAt", typeof(long)),
        ("workspaces", "FourEyes", typeof(string)),
        ("campaigns", "SuggestionId", typeof(long)),
        ("campaigns", "WrittenBy", typeof(string)),
        ("campaigns", "SentBackReason", typeof(string)),
        ("campaigns", "HeldAt", typeof(long)),
        ("deliveries", "PersonId", typeof(long)),
        ("deliveries", "Topic", typeof(string)),
        ("deliveries", "SubjectId", typeof(long)),
    ];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var (table, column, type) in Added)
        {
            if (type == typeof(long))
            {
                migrationBuilder.AddColumn<long>(column, table, nullable: true);
            }
            else
            {
                migrationBuilder.AddColumn<string>(column, table, nullable: true);
            }
        }

        migrationBuilder.CreateTable(
            "audit",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                At = table.Column<long>(nullable: false),
                ActorId = table.Column<long>(nullable: true),
                Action = table.Column<string>(nullable: false),
                SubjectId = table.Column<long>(nullable: false),
                Before = table.Column<string>(nullable: true),
                After = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_audit", x => x.Id));
        migrationBuilder.CreateTable(
            "suggestions",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                State = table.Column<int>(nullable: false),
                Link = table.Column<string>(nullable: true),
                OpenKey = table.Column<string>(nullable: true),
                Title = table.Column<string>(nullable: false),
                Why = table.Column<string>(nullable: false),
                Text = table.Column<string>(nullable: false),
                MediaUrl = table.Column<string>(nullable: true),
                Language = table.Column<string>(nullable: false),
                ReasonKey = table.Column<string>(nullable: true),
                Reason = table.Column<string>(nullable: true),
                Question = table.Column<string>(nullable: true),
                AskedById = table.Column<long>(nullable: true),
                Answer = table.Column<string>(nullable: true),
                CampaignId = table.Column<long>(nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
                UpdatedAt = table.Column<long>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_suggestions", x => x.Id);
                table.ForeignKey("FK_suggestions_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "suggestion_credits",
            table => new
            {
                SuggestionId = table.Column<long>(nullable: false),
                PersonId = table.Column<long>(nullable: false),
                ConversationId = table.Column<long>(nullable: false),
                ByName = table.Column<bool>(nullable: false),
                Why = table.Column<string>(nullable: false),
                Text = table.Column<string>(nullable: false),
                At = table.Column<long>(nullable: false),
                WithdrawnAt = table.Column<long>(nullable: true),
                Generation = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_suggestion_credits", x => new { x.SuggestionId, x.PersonId });
                table.ForeignKey("FK_suggestion_credits_suggestions_SuggestionId", x => x.SuggestionId, "suggestions", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_suggestion_credits_people_PersonId", x => x.PersonId, "people", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "help_requests",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                PersonId = table.Column<long>(nullable: false),
                CampaignId = table.Column<long>(nullable: true),
                State = table.Column<int>(nullable: false),
                Said = table.Column<string>(nullable: false),
                Language = table.Column<string>(nullable: false),
                Answer = table.Column<string>(nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
                AnsweredAt = table.Column<long>(nullable: true),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_help_requests", x => x.Id);
                table.ForeignKey("FK_help_requests_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_help_requests_people_PersonId", x => x.PersonId, "people", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "approved_answers",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                Occasion = table.Column<string>(nullable: false),
                Text = table.Column<string>(nullable: false),
                Language = table.Column<string>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                Uses = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_approved_answers", x => x.Id);
                table.ForeignKey("FK_approved_answers_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_approved_answers_WorkspaceId", "approved_answers", "WorkspaceId");
        migrationBuilder.CreateIndex("IX_help_requests_PersonId", "help_requests", "PersonId");
        migrationBuilder.CreateIndex("IX_help_requests_WorkspaceId_State_CreatedAt", "help_requests", (string[])["WorkspaceId", "State", "CreatedAt"]);
        migrationBuilder.CreateIndex("IX_audit_WorkspaceId_At", "audit", (string[])["WorkspaceId", "At"]);
        migrationBuilder.CreateIndex("IX_suggestion_credits_PersonId", "suggestion_credits", "PersonId");
        migrationBuilder.CreateIndex("IX_suggestions_OpenKey", "suggestions", "OpenKey", unique: true);
        migrationBuilder.CreateIndex("IX_suggestions_WorkspaceId_State_CreatedAt", "suggestions", (string[])["WorkspaceId", "State", "CreatedAt"]);
        KeepAudit(migrationBuilder);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("approved_answers");
        migrationBuilder.DropTable("help_requests");
        migrationBuilder.DropTable("suggestion_credits");
        migrationBuilder.DropTable("suggestions");
        migrationBuilder.DropTable("audit");
        if (!Sqlite(migrationBuilder))
        {
            migrationBuilder.Sql("DROP FUNCTION audit_is_append_only()");
        }

        // Said in SQL, because EF Core would rebuild SQLite's tables from a model snapshot, and there is none.
        foreach (var (table, column, _) in Added.Reverse())
        {
            migrationBuilder.Sql($"""ALTER TABLE {table} DROP COLUMN "{column}" """);
        }
    }

    /// <summary>The database itself refuses to change what was noted, whoever asks.</summary>
    private static void KeepAudit(MigrationBuilder migrationBuilder)
    {
        if (Sqlite(migrationBuilder))
        {
            migrationBuilder.Sql("CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END");
            migrationBuilder.Sql("CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END");
            return;
        }

        migrationBuilder.Sql(
            "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The audit log is append-only.'; END $$");
        migrationBuilder.Sql(
            "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()");
    }

    private static bool Sqlite(MigrationBuilder migrationBuilder) => migrationBuilder.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite";
}
