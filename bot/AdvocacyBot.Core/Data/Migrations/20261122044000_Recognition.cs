using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>Recognition: people's choices, the trace of badges, thanks, rewards and what may be spent on them.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122044000_Recognition")]
internal sealed class RecognitionMigration : Migration
{
    private static readonly string[] Tables = ["rewards", "reward_budgets", "thanks", "rests", "badge_trace", "recognition_choices", "recognition_settings"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "recognition_settings",
            table => new
            {
                WorkspaceId = table.Column<long>(nullable: false),
                Leaderboards = table.Column<bool>(nullable: false),
                Holidays = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_recognition_settings", x => x.WorkspaceId));
        migrationBuilder.CreateTable(
            "recognition_choices",
            table => new
            {
                PersonId = table.Column<long>(nullable: false),
                WorkspaceId = table.Column<long>(nullable: false),
                ConversationId = table.Column<long>(nullable: false),
                WeeklyNote = table.Column<bool>(nullable: false),
                NextNoteAt = table.Column<long>(nullable: true),
                LeaderboardSince = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_recognition_choices", x => x.PersonId));
        migrationBuilder.CreateTable(
            "badge_trace",
            table => new
            {
                Id = Key(table),
                WorkspaceId = table.Column<long>(nullable: false),
                PersonId = table.Column<long>(nullable: false),
                Badge = table.Column<string>(nullable: false),
                Gained = table.Column<bool>(nullable: false),
                At = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_badge_trace", x => x.Id));
        migrationBuilder.CreateTable(
            "rests",
            table => new
            {
                PersonId = table.Column<long>(nullable: false),
                FirstDay = table.Column<string>(nullable: false),
                Until = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_rests", x => new { x.PersonId, x.Until }));
        migrationBuilder.CreateTable(
            "thanks",
            table => new
            {
                Id = Key(table),
                WorkspaceId = table.Column<long>(nullable: false),
                ConversationId = table.Column<long>(nullable: false),
                FromId = table.Column<long>(nullable: false),
                ToId = table.Column<long>(nullable: false),
                Words = table.Column<string>(nullable: false),
                Public = table.Column<bool>(nullable: false),
                AgreedAt = table.Column<long>(nullable: true),
                HiddenAt = table.Column<long>(nullable: true),
                WithdrawnAt = table.Column<long>(nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
                MessageId = table.Column<string>(nullable: true),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_thanks", x => x.Id));
        migrationBuilder.CreateTable(
            "reward_budgets",
            table => new
            {
                Id = Key(table),
                WorkspaceId = table.Column<long>(nullable: false),
                Currency = table.Column<string>(nullable: false),
                FirstDay = table.Column<string>(nullable: false),
                LastDay = table.Column<string>(nullable: false),
                Amount = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_reward_budgets", x => x.Id));
        migrationBuilder.CreateTable(
            "rewards",
            table => new
            {
                Id = Key(table),
                WorkspaceId = table.Column<long>(nullable: false),
                BudgetId = table.Column<long>(nullable: true),
                PersonId = table.Column<long>(nullable: false),
                GivenById = table.Column<long>(nullable: false),
                What = table.Column<string>(nullable: false),
                Reason = table.Column<string>(nullable: false),
                Currency = table.Column<string>(nullable: true),
                Amount = table.Column<long>(nullable: false),
                GivenAt = table.Column<long>(nullable: false),
                ReversedAt = table.Column<long>(nullable: true),
                ReversedById = table.Column<long>(nullable: true),
                ReversedReason = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_rewards", x => x.Id));
        migrationBuilder.CreateIndex("IX_recognition_choices_NextNoteAt", "recognition_choices", "NextNoteAt");
        migrationBuilder.CreateIndex("IX_recognition_choices_WorkspaceId_LeaderboardSince", "recognition_choices", (string[])["WorkspaceId", "LeaderboardSince"]);
        migrationBuilder.CreateIndex("IX_badge_trace_PersonId", "badge_trace", "PersonId");
        migrationBuilder.CreateIndex("IX_thanks_ToId", "thanks", "ToId");
        migrationBuilder.CreateIndex("IX_thanks_FromId_CreatedAt", "thanks", (string[])["FromId", "CreatedAt"]);
        migrationBuilder.CreateIndex("IX_reward_budgets_WorkspaceId_Currency_FirstDay", "reward_budgets", (string[])["WorkspaceId", "Currency", "FirstDay"], unique: true);
        migrationBuilder.CreateIndex("IX_rewards_WorkspaceId_GivenAt", "rewards", (string[])["WorkspaceId", "GivenAt"]);
        migrationBuilder.CreateIndex("IX_rewards_BudgetId", "rewards", "BudgetId");
        migrationBuilder.CreateIndex("IX_rewards_PersonId", "rewards", "PersonId");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.DropTable(table);
        }
    }

    private static OperationBuilder<AddColumnOperation> Key(ColumnsBuilder table) => table.Column<long>(nullable: false)
        .Annotation("Sqlite:Autoincrement", true)
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
}
