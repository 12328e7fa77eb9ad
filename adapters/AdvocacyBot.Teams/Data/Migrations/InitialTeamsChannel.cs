using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdvocacyBot.Teams.Data.Migrations;

/// <summary>Column types are left to the provider, so that one migration serves SQLite and PostgreSQL.</summary>
[DbContext(typeof(TeamsDb))]
[Migration("20260101000000_InitialTeamsChannel")]
internal sealed class InitialTeamsChannel : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "teams_conversations",
            table => new
            {
                TenantId = table.Column<string>(),
                Id = table.Column<string>(),
                Kind = table.Column<int>(),
                ServiceUrl = table.Column<string>(),
                UserId = table.Column<string>(nullable: true),
                TeamId = table.Column<string>(nullable: true),
                Blocked = table.Column<string>(nullable: true),
                UpdatedAt = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_teams_conversations", x => new { x.TenantId, x.Id }));
        migrationBuilder.CreateIndex("IX_teams_conversations_TenantId_UserId", "teams_conversations", ["TenantId", "UserId"]);
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("teams_conversations");
}
