using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>What people choose for themselves, versions of the policy, and links to one's own data.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122040000_Preferences")]
internal sealed class Preferences : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // Nullable: workspaces that are there follow the settings.
        migrationBuilder.AddColumn<int>("MinutesPerWeek", "workspaces", nullable: true);
        migrationBuilder.CreateTable(
            "person_preferences",
            table => new
            {
                PersonId = table.Column<long>(nullable: false),
                LeftAt = table.Column<long>(nullable: true),
                PausedUntil = table.Column<string>(nullable: true),
                PromptsPerWeek = table.Column<int>(nullable: true),
                QuietFrom = table.Column<int>(nullable: true),
                QuietTo = table.Column<int>(nullable: true),
                QuietDays = table.Column<int>(nullable: false),
                Interests = table.Column<string>(nullable: false),
                SetUpStep = table.Column<int>(nullable: false),
                UpdatedAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_person_preferences", x => x.PersonId);
                table.ForeignKey("FK_person_preferences_people_PersonId", x => x.PersonId, "people", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "person_networks",
            table => new
            {
                PersonId = table.Column<long>(nullable: false),
                Network = table.Column<string>(nullable: false),
                Profile = table.Column<string>(nullable: true),
                Size = table.Column<int>(nullable: true),
                UpdatedAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_person_networks", x => new { x.PersonId, x.Network });
                table.ForeignKey("FK_person_networks_people_PersonId", x => x.PersonId, "people", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "fewer_like_this",
            table => new
            {
                PersonId = table.Column<long>(nullable: false),
                ContentType = table.Column<int>(nullable: false),
                At = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_fewer_like_this", x => new { x.PersonId, x.ContentType });
                table.ForeignKey("FK_fewer_like_this_people_PersonId", x => x.PersonId, "people", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "policy_versions",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                Version = table.Column<string>(nullable: false),
                Texts = table.Column<string>(nullable: false),
                Changes = table.Column<string>(nullable: false),
                FromSettings = table.Column<bool>(nullable: false),
                PublishedAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_policy_versions", x => x.Id);
                table.ForeignKey("FK_policy_versions_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "export_links",
            table => new
            {
                CodeHash = table.Column<string>(nullable: false),
                PersonId = table.Column<long>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_export_links", x => x.CodeHash);
                table.ForeignKey("FK_export_links_people_PersonId", x => x.PersonId, "people", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "erased_people",
            table => new
            {
                Hash = table.Column<string>(nullable: false),
                At = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_erased_people", x => x.Hash));
        migrationBuilder.CreateIndex("IX_export_links_PersonId", "export_links", "PersonId");
        migrationBuilder.CreateIndex("IX_policy_versions_WorkspaceId_Id", "policy_versions", (string[])["WorkspaceId", "Id"]);
        migrationBuilder.CreateIndex("IX_deliveries_PersonId_Kind_State", "deliveries", (string[])["PersonId", "Kind", "State"]);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("IX_deliveries_PersonId_Kind_State", "deliveries");
        migrationBuilder.DropTable("erased_people");
        migrationBuilder.DropTable("export_links");
        migrationBuilder.DropTable("policy_versions");
        migrationBuilder.DropTable("fewer_like_this");
        migrationBuilder.DropTable("person_networks");
        migrationBuilder.DropTable("person_preferences");

        // Said in SQL, because EF Core would rebuild SQLite's tables from a model snapshot, and there is none.
        migrationBuilder.Sql("ALTER TABLE workspaces DROP COLUMN \"MinutesPerWeek\"");
    }
}
