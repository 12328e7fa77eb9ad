using System.Globalization;
using System.Text;
using System.Text.Json;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Sharing;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace AdvocacyBot.Benchmarks.Interactions;

/// <summary>A programme in which everybody has taken up every campaign, has the share card in the chat, and has not yet said "I shared it".</summary>
internal sealed class InteractionData
{
    private const string Channel = "general";

    private readonly DbConnection database;
    private readonly List<(string Person, string Message, string Token)> shares = [];
    private readonly int people;

    private InteractionData(DbConnection database, int people)
    {
        this.database = database;
        this.people = people;
    }

    public int Count => shares.Count;

    public long Answered { get; set; }

    public static InteractionData Create(string folder, int people, int campaigns)
    {
        using var connection = Open(folder);
        return Create(connection, people, campaigns);
    }

    /// <param name="connection">Open, to a database that a host has migrated.</param>
    /// <param name="people">How many.</param>
    /// <param name="campaigns">Each has a share of everybody.</param>
    public static InteractionData Create(DbConnection connection, int people, int campaigns)
    {
        var data = new InteractionData(connection, people);
        using var transaction = connection.BeginTransaction();
        data.Fill(campaigns);
        transaction.Commit();
        return data;
    }

    /// <summary>Rows of "I shared it".</summary>
    public static long LedgerRows(string folder)
    {
        using var reading = Open(folder);
        using var command = reading.CreateCommand();
        command.CommandText = """SELECT COUNT(*) FROM ledger WHERE "Kind" = 2 AND "Amount" = 1""";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>One press for every share.</summary>
    public IEnumerable<byte[]> Presses() => shares.Select((share, i) => Request(
        "/web/api/actions",
        share.Person,
        JsonSerializer.Serialize(new { channel = Channel, messageId = share.Message, token = share.Token, inputs = new { }, id = $"p{i.ToString(CultureInfo.InvariantCulture)}" })));

    /// <summary>"/advocate help" by everybody.</summary>
    public IEnumerable<byte[]> Commands() => Enumerable.Range(0, people).Select(i => Request(
        "/web/api/messages", Id(i), JsonSerializer.Serialize(new { channel = Channel, text = "/advocate help" })));

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "data", "advocacy.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private static string Id(int person) => "p" + person.ToString(CultureInfo.InvariantCulture);

    private static byte[] Request(string path, string person, string body) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Person: {person}\r\nContent-Type: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}");

    private void Fill(int campaigns)
    {
        var now = TimeProvider.System.GetUtcNow();
        var at = now.ToUnixTimeMilliseconds();
        var workspace = database.Scalar("SELECT \"Id\" FROM workspaces WHERE \"ExternalId\" = 'demo'");
        var channel = database.Scalar("SELECT \"Id\" FROM conversations WHERE \"ExternalId\" = $1", Channel);
        var cards = new SampleCards(new ActionTokens(database.ActionKey(), TimeProvider.System));
        var ids = new long[people];
        for (var i = 0; i < people; i++)
        {
            ids[i] = database.Scalar(
                """
                INSERT INTO people ("WorkspaceId", "ExternalId", "Name", "Language", "Roles", "ConsentedAt", "PolicyVersion", "PolicyAcknowledgedAt", "AppearByName", "Reachable", "CreatedAt")
                VALUES ($1, $2, $3, 'en', 0, $4, '1', $4, FALSE, TRUE, $4) RETURNING "Id"
                """,
                workspace, Id(i), $"Person {i.ToString(CultureInfo.InvariantCulture)}", at);
            database.Run("""INSERT INTO memberships ("ConversationId", "PersonId", "JoinedAt") VALUES ($1, $2, $3)""", channel, ids[i], at);
        }

        for (var campaign = 0; campaign < campaigns; campaign++)
        {
            var campaignId = database.Scalar(
                """
                INSERT INTO campaigns ("WorkspaceId", "AuthorId", "Code", "State", "Title", "Summary", "Link", "ContentType", "Networks", "Minutes", "Language", "CreatedAt", "UpdatedAt", "Version")
                VALUES ($1, $2, $3, 2, 'Title', '', 'https://www.example.com/', 0, 'linkedin,x,facebook,whatsapp', 2, 'en', $4, $4, 1) RETURNING "Id"
                """,
                workspace, ids[0], $"bench{campaign.ToString(CultureInfo.InvariantCulture)}", at);
            for (var i = 0; i < people; i++)
            {
                AddShare(new SampleShare(campaignId, ids[i], workspace, channel, now), Id(i), cards);
            }
        }

        database.Run("UPDATE web_clock SET \"Seq\" = $1", (long)shares.Count);
    }

    private void AddShare(SampleShare share, string person, SampleCards cards)
    {
        var code = (shares.Count + 1).ToString("x8", CultureInfo.InvariantCulture);
        var at = share.At.ToUnixTimeMilliseconds();
        var id = database.Scalar(
            """
            INSERT INTO shares ("WorkspaceId", "CampaignId", "ConversationId", "PersonId", "Text", "Language", "Code", "PrivateCode", "Generation", "CreatedAt")
            VALUES ($1, $2, $3, $4, 'We are proud of this.', 'en', $5, $6, 0, $7) RETURNING "Id"
            """,
            share.Workspace, share.Campaign, share.Channel, share.Person, code, "private" + code, at);
        var message = Guid.CreateVersion7(share.At).ToString("N");
        var card = cards.Share(id, code, share.Person);
        database.Run(
            """
            INSERT INTO web_messages ("Id", "ChannelId", "VisibleTo", "Card", "At", "Seq", "ContentSeq", "ChangeSeq") VALUES ($1, $2, $3, $4, $5, $6, $6, $6)
            """,
            message, Channel, person, CardJson.Serialize(card), at, (long)shares.Count + 1);
        shares.Add((person, message, card.Actions!.OfType<ExecuteAction>().First(action => action.Verb == ShareRoutes.Said).Data.Token));
    }

    private sealed record SampleShare(long Campaign, long Person, long Workspace, long Channel, DateTimeOffset At);
}
