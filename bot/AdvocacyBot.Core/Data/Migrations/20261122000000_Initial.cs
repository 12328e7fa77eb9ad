using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace AdvocacyBot.Core.Data.Migrations;

/// <summary>The first schema. Column types are left to the provider, so that one migration serves SQLite and PostgreSQL.</summary>
[DbContext(typeof(AdvocacyDb))]
[Migration("20261122000000_Initial")]
internal sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "clicks",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                ShareId = table.Column<long>(nullable: false),
                ConversationId = table.Column<long>(nullable: false),
                CampaignId = table.Column<long>(nullable: false),
                Network = table.Column<string>(nullable: true),
                At = table.Column<long>(nullable: false),
                UserAgentId = table.Column<long>(nullable: false),
                Visitor = table.Column<long>(nullable: false),
                Flags = table.Column<int>(nullable: false),
                Class = table.Column<int>(nullable: false),
                RuleVersion = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_clicks", x => x.Id);
            });
        migrationBuilder.CreateTable(
            "deliveries",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                PublicId = table.Column<Guid>(nullable: false),
                WorkspaceId = table.Column<long>(nullable: false),
                ConversationId = table.Column<long>(nullable: false),
                Kind = table.Column<int>(nullable: false),
                Key = table.Column<string>(nullable: false),
                CampaignId = table.Column<long>(nullable: true),
                PromptId = table.Column<long>(nullable: true),
                Period = table.Column<string>(nullable: true),
                State = table.Column<int>(nullable: false),
                Reason = table.Column<string>(nullable: true),
                Attempts = table.Column<int>(nullable: false),
                NotBefore = table.Column<long>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                UpdatedAt = table.Column<long>(nullable: false),
                MessageId = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_deliveries", x => x.Id);
            });
        migrationBuilder.CreateTable(
            "dialog_states",
            table => new
            {
                ConversationId = table.Column<long>(nullable: false),
                PersonId = table.Column<long>(nullable: false),
                Stack = table.Column<string>(nullable: false),
                Version = table.Column<int>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
                UpdatedAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_dialog_states", x => new { x.ConversationId, x.PersonId });
            });
        migrationBuilder.CreateTable(
            "ledger",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                Key = table.Column<string>(nullable: false),
                WorkspaceId = table.Column<long>(nullable: false),
                ConversationId = table.Column<long>(nullable: false),
                CampaignId = table.Column<long>(nullable: false),
                PersonId = table.Column<long>(nullable: false),
                ShareId = table.Column<long>(nullable: true),
                Kind = table.Column<int>(nullable: false),
                Amount = table.Column<int>(nullable: false),
                Network = table.Column<string>(nullable: true),
                Detail = table.Column<string>(nullable: true),
                At = table.Column<long>(nullable: false),
                RecordedAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ledger", x => x.Id);
            });
        migrationBuilder.CreateTable(
            "prompt_reactions",
            table => new
            {
                PromptId = table.Column<long>(nullable: false),
                PersonId = table.Column<long>(nullable: false),
                Reaction = table.Column<string>(nullable: false),
                On = table.Column<bool>(nullable: false),
                ChangedAt = table.Column<long>(nullable: false),
                OnAt = table.Column<long>(nullable: false),
                Changes = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_prompt_reactions", x => new { x.PromptId, x.PersonId, x.Reaction });
            });
        migrationBuilder.CreateTable(
            "secrets",
            table => new
            {
                Name = table.Column<string>(nullable: false),
                Value = table.Column<byte[]>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_secrets", x => x.Name);
            });
        migrationBuilder.CreateTable(
            "seen_interactions",
            table => new
            {
                Key = table.Column<string>(nullable: false),
                At = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_seen_interactions", x => x.Key);
            });
        migrationBuilder.CreateTable(
            "user_agents",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                Text = table.Column<string>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_user_agents", x => x.Id);
            });
        migrationBuilder.CreateTable(
            "workspaces",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                Platform = table.Column<string>(nullable: false),
                ExternalId = table.Column<string>(nullable: false),
                Name = table.Column<string>(nullable: false),
                Language = table.Column<string>(nullable: false),
                TimeZone = table.Column<string>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
                RemovedAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_workspaces", x => x.Id);
            });
        migrationBuilder.CreateTable(
            "conversations",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                ExternalId = table.Column<string>(nullable: false),
                Kind = table.Column<int>(nullable: false),
                Name = table.Column<string>(nullable: false),
                Language = table.Column<string>(nullable: true),
                TimeZone = table.Column<string>(nullable: true),
                DigestOn = table.Column<bool>(nullable: false),
                DigestDay = table.Column<int>(nullable: true),
                DigestHour = table.Column<int>(nullable: false),
                ServiceUrl = table.Column<string>(nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
                RemovedAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_conversations", x => x.Id);
                table.ForeignKey("FK_conversations_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "people",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                ExternalId = table.Column<string>(nullable: false),
                Name = table.Column<string>(nullable: false),
                Language = table.Column<string>(nullable: true),
                TimeZone = table.Column<string>(nullable: true),
                Roles = table.Column<int>(nullable: false),
                ConsentedAt = table.Column<long>(nullable: true),
                PolicyVersion = table.Column<string>(nullable: true),
                PolicyAcknowledgedAt = table.Column<long>(nullable: true),
                AppearByName = table.Column<bool>(nullable: false),
                Reachable = table.Column<bool>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_people", x => x.Id);
                table.ForeignKey("FK_people_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "campaigns",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                AuthorId = table.Column<long>(nullable: false),
                Code = table.Column<string>(nullable: false),
                State = table.Column<int>(nullable: false),
                Title = table.Column<string>(nullable: false),
                Summary = table.Column<string>(nullable: false),
                Link = table.Column<string>(nullable: false),
                ImageUrl = table.Column<string>(nullable: true),
                ImageAlt = table.Column<string>(nullable: true),
                ContentType = table.Column<int>(nullable: false),
                Networks = table.Column<string>(nullable: false),
                Minutes = table.Column<int>(nullable: false),
                SponsorName = table.Column<string>(nullable: true),
                SponsorMessage = table.Column<string>(nullable: true),
                Language = table.Column<string>(nullable: false),
                LocalStart = table.Column<string>(nullable: true),
                LocalEnd = table.Column<string>(nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
                UpdatedAt = table.Column<long>(nullable: false),
                PublishedAt = table.Column<long>(nullable: true),
                ClosedAt = table.Column<long>(nullable: true),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_campaigns", x => x.Id);
                table.ForeignKey("FK_campaigns_people_AuthorId", x => x.AuthorId, "people", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_campaigns_workspaces_WorkspaceId", x => x.WorkspaceId, "workspaces", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "memberships",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                ConversationId = table.Column<long>(nullable: false),
                PersonId = table.Column<long>(nullable: false),
                JoinedAt = table.Column<long>(nullable: false),
                LeftAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_memberships", x => x.Id);
                table.ForeignKey("FK_memberships_conversations_ConversationId", x => x.ConversationId, "conversations", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_memberships_people_PersonId", x => x.PersonId, "people", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "campaign_texts",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                CampaignId = table.Column<long>(nullable: false),
                Position = table.Column<int>(nullable: false),
                Language = table.Column<string>(nullable: false),
                Text = table.Column<string>(nullable: false),
                Uses = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_campaign_texts", x => x.Id);
                table.ForeignKey("FK_campaign_texts_campaigns_CampaignId", x => x.CampaignId, "campaigns", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "prompts",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                CampaignId = table.Column<long>(nullable: false),
                ConversationId = table.Column<long>(nullable: false),
                StartsAt = table.Column<long>(nullable: false),
                EndsAt = table.Column<long>(nullable: true),
                PostedAt = table.Column<long>(nullable: true),
                EndedAt = table.Column<long>(nullable: true),
                MessageId = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_prompts", x => x.Id);
                table.ForeignKey("FK_prompts_campaigns_CampaignId", x => x.CampaignId, "campaigns", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_prompts_conversations_ConversationId", x => x.ConversationId, "conversations", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateTable(
            "shares",
            table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                WorkspaceId = table.Column<long>(nullable: false),
                CampaignId = table.Column<long>(nullable: false),
                ConversationId = table.Column<long>(nullable: false),
                PersonId = table.Column<long>(nullable: false),
                TextId = table.Column<long>(nullable: true),
                Text = table.Column<string>(nullable: false),
                Language = table.Column<string>(nullable: false),
                Code = table.Column<string>(nullable: false),
                PrivateCode = table.Column<string>(nullable: false),
                Generation = table.Column<int>(nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_shares", x => x.Id);
                table.ForeignKey("FK_shares_campaigns_CampaignId", x => x.CampaignId, "campaigns", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_shares_people_PersonId", x => x.PersonId, "people", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_campaign_texts_CampaignId", "campaign_texts", "CampaignId");
        migrationBuilder.CreateIndex("IX_campaigns_AuthorId", "campaigns", "AuthorId");
        migrationBuilder.CreateIndex("IX_campaigns_Code", "campaigns", "Code", unique: true);
        migrationBuilder.CreateIndex("IX_campaigns_WorkspaceId_State", "campaigns", (string[])["WorkspaceId", "State"]);
        migrationBuilder.CreateIndex("IX_clicks_ConversationId_At_Class_CampaignId", "clicks", (string[])["ConversationId", "At", "Class", "CampaignId"]);
        migrationBuilder.CreateIndex("IX_conversations_WorkspaceId_ExternalId", "conversations", (string[])["WorkspaceId", "ExternalId"], unique: true);
        migrationBuilder.CreateIndex("IX_deliveries_Key", "deliveries", "Key", unique: true);
        migrationBuilder.CreateIndex("IX_deliveries_PromptId", "deliveries", "PromptId");
        migrationBuilder.CreateIndex("IX_deliveries_PublicId", "deliveries", "PublicId", unique: true);
        migrationBuilder.CreateIndex("IX_deliveries_WorkspaceId_State_NotBefore", "deliveries", (string[])["WorkspaceId", "State", "NotBefore"]);
        migrationBuilder.CreateIndex("IX_ledger_CampaignId_Kind_PersonId_Amount", "ledger", (string[])["CampaignId", "Kind", "PersonId", "Amount"]);
        migrationBuilder.CreateIndex("IX_ledger_ConversationId_At_Kind_PersonId_Amount_CampaignId", "ledger", (string[])["ConversationId", "At", "Kind", "PersonId", "Amount", "CampaignId"]);
        migrationBuilder.CreateIndex("IX_ledger_Key", "ledger", "Key", unique: true);
        migrationBuilder.CreateIndex("IX_memberships_ConversationId_PersonId_JoinedAt", "memberships", (string[])["ConversationId", "PersonId", "JoinedAt"], unique: true);
        migrationBuilder.CreateIndex("IX_memberships_PersonId", "memberships", "PersonId");
        migrationBuilder.CreateIndex("IX_people_WorkspaceId_ExternalId", "people", (string[])["WorkspaceId", "ExternalId"], unique: true);
        migrationBuilder.CreateIndex("IX_prompts_CampaignId_ConversationId", "prompts", (string[])["CampaignId", "ConversationId"], unique: true);
        migrationBuilder.CreateIndex("IX_prompts_ConversationId_MessageId", "prompts", (string[])["ConversationId", "MessageId"]);
        migrationBuilder.CreateIndex("IX_seen_interactions_At", "seen_interactions", "At");
        migrationBuilder.CreateIndex("IX_shares_CampaignId_PersonId", "shares", (string[])["CampaignId", "PersonId"], unique: true);
        migrationBuilder.CreateIndex("IX_shares_Code", "shares", "Code", unique: true);
        migrationBuilder.CreateIndex("IX_shares_PersonId", "shares", "PersonId");
        migrationBuilder.CreateIndex("IX_shares_PrivateCode", "shares", "PrivateCode", unique: true);
        migrationBuilder.CreateIndex("IX_user_agents_Text", "user_agents", "Text", unique: true);
        migrationBuilder.CreateIndex("IX_workspaces_Platform_ExternalId", "workspaces", (string[])["Platform", "ExternalId"], unique: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("shares");
        migrationBuilder.DropTable("prompts");
        migrationBuilder.DropTable("campaign_texts");
        migrationBuilder.DropTable("memberships");
        migrationBuilder.DropTable("campaigns");
        migrationBuilder.DropTable("people");
        migrationBuilder.DropTable("conversations");
        migrationBuilder.DropTable("workspaces");
        migrationBuilder.DropTable("user_agents");
        migrationBuilder.DropTable("seen_interactions");
        migrationBuilder.DropTable("secrets");
        migrationBuilder.DropTable("prompt_reactions");
        migrationBuilder.DropTable("ledger");
        migrationBuilder.DropTable("dialog_states");
        migrationBuilder.DropTable("deliveries");
        migrationBuilder.DropTable("clicks");
    }
}
