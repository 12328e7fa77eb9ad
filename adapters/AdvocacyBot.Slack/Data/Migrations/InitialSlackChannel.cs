using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace AdvocacyBot.Slack.Data.Migrations;

/// <summary>Column types are left to the provider, so that one migration serves SQLite and PostgreSQL.</summary>
[DbContext(typeof(SlackDb))]
[Migration("20261122000000_InitialSlackChannel")]
internal sealed class InitialSlackChannel : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "slack_installations",
            table => new
            {
                Id = table.Column<string>(),
                TeamId = table.Column<string>(nullable: true),
                EnterpriseId = table.Column<string>(nullable: true),
                Name = table.Column<string>(),
                BotUserId = table.Column<string>(),
                BotToken = table.Column<string>(),
                RefreshToken = table.Column<string>(nullable: true),
                ExpiresAt = table.Column<long>(nullable: true),
                Scopes = table.Column<string>(),
                InstalledAt = table.Column<long>(),
                Version = table.Column<int>(),
                RenewingUntil = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_slack_installations", x => x.Id));

        migrationBuilder.CreateTable(
            "slack_people",
            table => new
            {
                InstallationId = table.Column<string>(),
                UserId = table.Column<string>(),
                Name = table.Column<string>(),
                Locale = table.Column<string>(nullable: true),
                TimeZone = table.Column<string>(nullable: true),
                Colleague = table.Column<bool>(),
                RefreshedAt = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_slack_people", x => new { x.InstallationId, x.UserId }));

        migrationBuilder.CreateTable(
            "slack_channels",
            table => new
            {
                InstallationId = table.Column<string>(),
                ChannelId = table.Column<string>(),
                CountedAt = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_slack_channels", x => new { x.InstallationId, x.ChannelId }));

        migrationBuilder.CreateTable(
            "slack_keys",
            table => new
            {
                Id = table.Column<long>()
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                Xml = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("PK_slack_keys", x => x.Id));
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("slack_keys");
        migrationBuilder.DropTable("slack_channels");
        migrationBuilder.DropTable("slack_people");
        migrationBuilder.DropTable("slack_installations");
    }
}
