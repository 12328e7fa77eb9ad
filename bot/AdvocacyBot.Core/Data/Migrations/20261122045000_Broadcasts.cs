using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>Direct messages to people by segment: profiles, the imported list, one person's several accounts, programmes of several workspaces, progress.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122045000_Broadcasts")]
internal sealed class Broadcasts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("ProgrammeId", "workspaces", nullable: true);
        migrationBuilder.AddColumn<string>("Audience", "campaigns", nullable: true);
        migrationBuilder.AddColumn<long>("RetractedAt", "campaigns", nullable: true);
        migrationBuilder.AddColumn<bool>("Direct", "prompts", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<int>("Priority", "deliveries", nullable: false, defaultValue: 0);
        migrationBuilder.CreateTable(
            "person_profiles",
            table => new
            {
                PersonId = table.Column<long>(nullable: false),
                HumanId = table.Column<long>(nullable: false),
                Email = table.Column<string>(nullable: true),
                Title = table.Column<string>(nullable: true),
                Role = table.Column<string>(nullable: true),
                Department = table.Column<string>(nullable: true),
                Location = table.Column<string>(nullable: true),
                Personas = table.Column<string>(nullable: true),
                Interests = table.Column<string>(nullable: true),
                Language = table.Column<string>(nullable: true),
                DeactivatedAt = table.Column<long>(nullable: true),
                UpdatedAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_person_profiles", x => x.PersonId);
                table.ForeignKey("FK_person_profiles_people_PersonId", x => x.PersonId, "people", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "directory",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                ProgrammeId = table.Column<long>(nullable: false),
                Key = table.Column<string>(nullable: false),
                Email = table.Column<string>(nullable: true),
                Name = table.Column<string>(nullable: true),
                Role = table.Column<string>(nullable: true),
                Department = table.Column<string>(nullable: true),
                Location = table.Column<string>(nullable: true),
                Personas = table.Column<string>(nullable: true),
                Interests = table.Column<string>(nullable: true),
                Language = table.Column<string>(nullable: true),
                Active = table.Column<bool>(nullable: false),
                UpdatedAt = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_directory", x => x.Id));
        migrationBuilder.CreateTable(
            "account_codes",
            table => new
            {
                Hash = table.Column<string>(nullable: false),
                Purpose = table.Column<int>(nullable: false),
                PersonId = table.Column<long>(nullable: false),
                WorkspaceId = table.Column<long>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_account_codes", x => x.Hash));
        migrationBuilder.CreateTable(
            "code_attempts",
            table => new
            {
                PersonId = table.Column<long>(nullable: false),
                Since = table.Column<long>(nullable: false),
                Count = table.Column<int>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_code_attempts", x => x.PersonId));
        migrationBuilder.CreateTable(
            "broadcast_progress",
            table => new
            {
                CampaignId = table.Column<long>(nullable: false),
                NoteId = table.Column<Guid>(nullable: false),
                StartedAt = table.Column<long>(nullable: false),
                Shown = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_broadcast_progress", x => x.CampaignId));
        migrationBuilder.CreateIndex("IX_person_profiles_HumanId", "person_profiles", "HumanId");
        migrationBuilder.CreateIndex("IX_person_profiles_Email", "person_profiles", "Email");
        migrationBuilder.CreateIndex("IX_directory_ProgrammeId_Key", "directory", (string[])["ProgrammeId", "Key"], unique: true);
        migrationBuilder.CreateIndex("IX_directory_Email", "directory", "Email");
        migrationBuilder.CreateIndex("IX_account_codes_PersonId", "account_codes", "PersonId");
        migrationBuilder.DropIndex("IX_deliveries_WorkspaceId_State_NotBefore", "deliveries");
        migrationBuilder.DropIndex("IX_deliveries_PromptId", "deliveries");
        migrationBuilder.CreateIndex("IX_deliveries_WorkspaceId_State_Priority_NotBefore", "deliveries", (string[])["WorkspaceId", "State", "Priority", "NotBefore"]);
        migrationBuilder.CreateIndex("IX_deliveries_PromptId_Kind_State", "deliveries", (string[])["PromptId", "Kind", "State"]);
        migrationBuilder.CreateIndex("IX_prompts_Direct", "prompts", "Direct", filter: "\"Direct\"");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("IX_deliveries_WorkspaceId_State_Priority_NotBefore", "deliveries");
        migrationBuilder.DropIndex("IX_deliveries_PromptId_Kind_State", "deliveries");
        migrationBuilder.DropIndex("IX_prompts_Direct", "prompts");
        migrationBuilder.CreateIndex("IX_deliveries_WorkspaceId_State_NotBefore", "deliveries", (string[])["WorkspaceId", "State", "NotBefore"]);
        migrationBuilder.CreateIndex("IX_deliveries_PromptId", "deliveries", "PromptId");
        foreach (var table in new[] { "broadcast_progress", "code_attempts", "account_codes", "directory", "person_profiles" })
        {
            migrationBuilder.DropTable(table);
        }

        // Said in SQL, because EF Core would rebuild SQLite's tables from a model snapshot, and there is none.
        foreach (var (table, column) in new[] { ("deliveries", "Priority"), ("prompts", "Direct"), ("campaigns", "RetractedAt"), ("campaigns", "Audience"), ("workspaces", "ProgrammeId") })
        {
            migrationBuilder.Sql($"""ALTER TABLE {table} DROP COLUMN "{column}" """);
        }
    }
}
