using System.Globalization;
using AdvocacyBot.Benchmarks.Interactions;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Sharing;
using Microsoft.Data.Sqlite;

namespace AdvocacyBot.Benchmarks.Teams;

/// <summary>Tenants full of people who each have a chat with the bot and have taken up every campaign, and have not yet said "I shared it".</summary>
internal sealed class TeamsData
{
    private readonly SqliteConnection database;
    private readonly TurnTemplates templates;
    private readonly List<(int Person, string Token)> shares = [];
    private readonly int tenants;
    private readonly int people;

    private TeamsData(SqliteConnection database, TurnTemplates templates, int tenants, int people)
    {
        this.database = database;
        this.templates = templates;
        this.tenants = tenants;
        this.people = people;
    }

    public int Count => shares.Count;

    public static TeamsData Create(string folder, int tenants, int people, int campaigns, TurnTemplates templates)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "data", "advocacy.db")};Pooling=False");
        connection.Open();
        var data = new TeamsData(connection, templates, tenants, people);
        using var transaction = connection.BeginTransaction();
        data.Fill(campaigns);
        transaction.Commit();
        return data;
    }

    /// <summary>"help" by everybody, tenant after tenant.</summary>
    public IEnumerable<byte[]> Messages() => Enumerable.Range(0, people).Select(i => templates.Message(i, i % tenants, "help"));

    /// <summary>One press for every share.</summary>
    public IEnumerable<byte[]> Presses() => shares.Select((share, i) => templates.Press(share.Person, share.Person % tenants, share.Token, i));

    private void Fill(int campaigns)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var cards = new SampleCards(new ActionTokens(database.ActionKey(), TimeProvider.System));
        var workspaces = Enumerable.Range(0, tenants).Select(i => database.Scalar(
            """
            INSERT INTO workspaces ("Platform", "ExternalId", "Name", "Language", "TimeZone", "CreatedAt") VALUES ('teams', $1, $1, 'en', 'Europe/London', $2) RETURNING "Id"
            """,
            TurnTemplates.Tenant(i), at)).ToArray();
        var chats = new long[people];
        var ids = new long[people];
        for (var i = 0; i < people; i++)
        {
            ids[i] = database.Scalar(
                """
                INSERT INTO people ("WorkspaceId", "ExternalId", "Name", "Language", "TimeZone", "Roles", "ConsentedAt", "PolicyVersion", "PolicyAcknowledgedAt", "AppearByName", "Reachable", "CreatedAt")
                VALUES ($1, $2, $3, 'en', 'Europe/London', 0, $4, '1', $4, 0, 1, $4) RETURNING "Id"
                """,
                workspaces[i % tenants], TurnTemplates.Person(i), $"Person {i.ToString(CultureInfo.InvariantCulture)}", at);
            chats[i] = database.Scalar(
                """
                INSERT INTO conversations ("WorkspaceId", "ExternalId", "Kind", "Name", "DigestOn", "DigestHour", "ServiceUrl", "CreatedAt")
                VALUES ($1, $2, 2, 'AdvocacyBot', 0, 9, $3, $4) RETURNING "Id"
                """,
                workspaces[i % tenants], TurnTemplates.Chat(i), templates.ServiceUrl, at);
        }

        for (var campaign = 0; campaign < campaigns; campaign++)
        {
            var campaignIds = workspaces.Select((workspace, i) => database.Scalar(
                """
                INSERT INTO campaigns ("WorkspaceId", "AuthorId", "Code", "State", "Title", "Summary", "Link", "ContentType", "Networks", "Minutes", "Language", "CreatedAt", "UpdatedAt", "Version")
                VALUES ($1, $2, $3, 2, 'Title', '', 'https://www.example.com/', 0, 'linkedin,x,facebook,whatsapp', 2, 'en', $4, $4, 1) RETURNING "Id"
                """,
                workspace, ids[i], $"bench{campaign.ToString(CultureInfo.InvariantCulture)}-{i.ToString(CultureInfo.InvariantCulture)}", at)).ToArray();
            for (var i = 0; i < people; i++)
            {
                AddShare(i, [workspaces[i % tenants], campaignIds[i % tenants], chats[i], ids[i]], at, cards);
            }
        }
    }

    private void AddShare(int person, long[] references, long at, SampleCards cards)
    {
        var code = (shares.Count + 1).ToString("x8", CultureInfo.InvariantCulture);
        var id = database.Scalar(
            """
            INSERT INTO shares ("WorkspaceId", "CampaignId", "ConversationId", "PersonId", "Text", "Language", "Code", "PrivateCode", "Generation", "CreatedAt")
            VALUES ($1, $2, $3, $4, 'We are proud of this.', 'en', $5, $6, 0, $7) RETURNING "Id"
            """,
            references[0], references[1], references[2], references[3], code, "private" + code, at);
        shares.Add((person, cards.Share(id, code, references[3]).Actions!.OfType<ExecuteAction>().First(action => action.Verb == ShareRoutes.Said).Data.Token));
    }

}
