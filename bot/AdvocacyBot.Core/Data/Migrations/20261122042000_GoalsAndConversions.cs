using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>Goals, the company's own costs per click, applicants and leads with the keys that sign them, and whose previews an agent makes.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122042000_GoalsAndConversions")]
internal sealed class GoalsAndConversions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Network", "user_agents", nullable: true);
        migrationBuilder.AddColumn<int>("RuleVersion", "user_agents", nullable: true);
        migrationBuilder.CreateTable(
            "goals",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                CampaignId = table.Column<long>(nullable: true),
                Kind = table.Column<int>(nullable: false),
                Target = table.Column<long>(nullable: false),
                Currency = table.Column<string>(nullable: true),
                StartsOn = table.Column<string>(nullable: false),
                EndsOn = table.Column<string>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_goals", x => x.Id);
                table.ForeignKey("FK_goals_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_goals_campaigns_CampaignId", x => x.CampaignId, "campaigns", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "click_costs",
            table => new
            {
                WorkspaceId = table.Column<long>(nullable: false),
                Currency = table.Column<string>(nullable: false),
                Network = table.Column<string>(nullable: false),
                Cost = table.Column<long>(nullable: false),
                CountsOpened = table.Column<bool>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_click_costs", x => new { x.WorkspaceId, x.Currency, x.Network });
                table.ForeignKey("FK_click_costs_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "conversions",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                ExternalId = table.Column<string>(nullable: false),
                Type = table.Column<int>(nullable: true),
                ShareId = table.Column<long>(nullable: true),
                PersonId = table.Column<long>(nullable: true),
                CampaignId = table.Column<long>(nullable: true),
                ConversationId = table.Column<long>(nullable: true),
                Network = table.Column<string>(nullable: true),
                At = table.Column<long>(nullable: false),
                Amount = table.Column<long>(nullable: true),
                Currency = table.Column<string>(nullable: true),
                RecordedAt = table.Column<long>(nullable: false),
                ReversedAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_conversions", x => x.Id);
                table.ForeignKey("FK_conversions_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "conversion_keys",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                PublicId = table.Column<string>(nullable: false),
                Secret = table.Column<byte[]>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: true),
                RevokedAt = table.Column<long>(nullable: true),
                UsedAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_conversion_keys", x => x.Id);
                table.ForeignKey("FK_conversion_keys_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_goals_WorkspaceId", "goals", "WorkspaceId");
        migrationBuilder.CreateIndex("IX_goals_CampaignId", "goals", "CampaignId");
        migrationBuilder.CreateIndex("IX_conversions_WorkspaceId_ExternalId", "conversions", (string[])["WorkspaceId", "ExternalId"], unique: true);
        migrationBuilder.CreateIndex("IX_conversions_WorkspaceId_At", "conversions", (string[])["WorkspaceId", "At"]);
        migrationBuilder.CreateIndex("IX_conversions_CampaignId", "conversions", "CampaignId");
        migrationBuilder.CreateIndex("IX_conversions_PersonId", "conversions", "PersonId");
        migrationBuilder.CreateIndex("IX_conversion_keys_PublicId", "conversion_keys", "PublicId", unique: true);
        migrationBuilder.CreateIndex("IX_conversion_keys_WorkspaceId", "conversion_keys", "WorkspaceId");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("conversion_keys");
        migrationBuilder.DropTable("conversions");
        migrationBuilder.DropTable("click_costs");
        migrationBuilder.DropTable("goals");

        // Said in SQL, because EF Core would rebuild SQLite's tables from a model snapshot, and there is none.
        migrationBuilder.Sql("""ALTER TABLE user_agents DROP COLUMN "RuleVersion" """);
        migrationBuilder.Sql("""ALTER TABLE user_agents DROP COLUMN "Network" """);
    }
}
