using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>What was spent on the programme and its campaigns, rewards aside.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122061500_Spending")]
internal sealed class SpendingMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "spending",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                BudgetId = table.Column<long>(nullable: false),
                CampaignId = table.Column<long>(nullable: true),
                What = table.Column<string>(nullable: false),
                Currency = table.Column<string>(nullable: false),
                Amount = table.Column<long>(nullable: false),
                SpentAt = table.Column<long>(nullable: false),
                RecordedAt = table.Column<long>(nullable: false),
                RecordedById = table.Column<long>(nullable: false),
                ReversedAt = table.Column<long>(nullable: true),
                ReversedById = table.Column<long>(nullable: true),
                ReversedReason = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_spending", x => x.Id));
        migrationBuilder.CreateIndex("IX_spending_WorkspaceId_SpentAt", "spending", (string[])["WorkspaceId", "SpentAt"]);
        migrationBuilder.CreateIndex("IX_spending_BudgetId", "spending", "BudgetId");
        migrationBuilder.CreateIndex("IX_spending_CampaignId", "spending", "CampaignId");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("spending");
}
