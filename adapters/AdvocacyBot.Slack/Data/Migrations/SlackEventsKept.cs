using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdvocacyBot.Slack.Data.Migrations;

/// <summary>Events that are acknowledged before they are carried out.</summary>
[DbContext(typeof(SlackDb))]
[Migration("20261122053000_SlackEventsKept")]
internal sealed class SlackEventsKept : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "slack_events",
            table => new
            {
                Key = table.Column<string>(),
                Payload = table.Column<string>(),
                KeptAt = table.Column<long>(),
                DueAt = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_slack_events", x => x.Key));
        migrationBuilder.CreateIndex("IX_slack_events_DueAt", "slack_events", "DueAt");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("slack_events");
}
