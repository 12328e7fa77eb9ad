using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdvocacyBot.Web.Data.Migrations;

/// <summary>Column types are left to the provider, so that one migration serves SQLite and PostgreSQL.</summary>
[DbContext(typeof(WebDb))]
[Migration("20260101000000_InitialWebChannel")]
internal sealed class InitialWebChannel : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "web_messages",
            table => new
            {
                Id = table.Column<string>(),
                ChannelId = table.Column<string>(),
                AuthorId = table.Column<string>(nullable: true),
                VisibleTo = table.Column<string>(nullable: true),
                Text = table.Column<string>(nullable: true),
                Card = table.Column<string>(nullable: true),
                Summary = table.Column<string>(nullable: true),
                At = table.Column<long>(),
                RemovedAt = table.Column<long>(nullable: true),
                Seq = table.Column<long>(),
                ContentSeq = table.Column<long>(),
                ChangeSeq = table.Column<long>(),
                DeliveryId = table.Column<string>(nullable: true),
                DedupKey = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_web_messages", x => x.Id));
        migrationBuilder.CreateIndex("IX_web_messages_ChannelId_Seq_VisibleTo", "web_messages", ["ChannelId", "Seq", "VisibleTo"]);
        migrationBuilder.CreateIndex("IX_web_messages_ChangeSeq_VisibleTo", "web_messages", ["ChangeSeq", "VisibleTo"]);
        migrationBuilder.CreateIndex("IX_web_messages_DeliveryId", "web_messages", "DeliveryId", unique: true);
        migrationBuilder.CreateIndex("IX_web_messages_DedupKey", "web_messages", "DedupKey", unique: true);

        migrationBuilder.CreateTable(
            "web_overlays",
            table => new
            {
                MessageId = table.Column<string>(),
                PersonId = table.Column<string>(),
                Card = table.Column<string>(),
                ChangeSeq = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_web_overlays", x => new { x.MessageId, x.PersonId }));
        migrationBuilder.CreateIndex("IX_web_overlays_PersonId_ChangeSeq", "web_overlays", ["PersonId", "ChangeSeq"]);

        migrationBuilder.CreateTable(
            "web_reactions",
            table => new
            {
                MessageId = table.Column<string>(),
                PersonId = table.Column<string>(),
                Reaction = table.Column<string>(),
                At = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_web_reactions", x => new { x.MessageId, x.PersonId, x.Reaction }));

        migrationBuilder.CreateTable(
            "web_clock",
            table => new
            {
                Id = table.Column<int>(),
                Seq = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("PK_web_clock", x => x.Id));
        migrationBuilder.Sql("""INSERT INTO web_clock ("Id", "Seq") VALUES (1, 0)""");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("web_clock");
        migrationBuilder.DropTable("web_reactions");
        migrationBuilder.DropTable("web_overlays");
        migrationBuilder.DropTable("web_messages");
    }
}
