using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Web.Data;

/// <summary>What is written, as batched statements. Each list starts by raising <see cref="WebClock"/>.</summary>
internal static class WebStatements
{
    private const string Now = "(SELECT \"Seq\" FROM web_clock)";

    private static readonly BatchStatement Tick = new("UPDATE web_clock SET \"Seq\" = \"Seq\" + 1");

    /// <summary>The second statement affects no row where its delivery or request has made a message before.</summary>
    public static BatchStatement[] Insert(NewMessage m) =>
    [
        Tick,
        new(
            $"""
            INSERT INTO web_messages
                ("Id", "ChannelId", "AuthorId", "VisibleTo", "Text", "Card", "Summary", "At", "DeliveryId", "DedupKey", "Seq", "ContentSeq", "ChangeSeq")
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, {Now}, {Now}, {Now}) ON CONFLICT DO NOTHING
            """,
            m.Id, m.ChannelId, m.AuthorId, m.VisibleTo, m.Text, m.Card, m.Summary, m.At.ToUnixTimeMilliseconds(), m.DeliveryId, m.DedupKey),
    ];

    /// <summary>A new card in a person's own message; the second statement affects no row where it is not theirs or is gone.</summary>
    public static BatchStatement[] ReplaceOwn(string messageId, string personId, string card, string? summary) =>
    [
        Tick,
        new(
            $"""
            UPDATE web_messages SET "Card" = $1, "Summary" = $2, "ContentSeq" = {Now}, "ChangeSeq" = {Now}
            WHERE "Id" = $3 AND "VisibleTo" = $4 AND "RemovedAt" IS NULL
            """,
            card, summary, messageId, personId),
    ];

    /// <summary>A new card in a shared message for one person only.</summary>
    public static BatchStatement[] Overlay(string messageId, string personId, string card) =>
    [
        Tick,
        new(
            $"""
            INSERT INTO web_overlays ("MessageId", "PersonId", "Card", "ChangeSeq") VALUES ($1, $2, $3, {Now})
            ON CONFLICT ("MessageId", "PersonId") DO UPDATE SET "Card" = excluded."Card", "ChangeSeq" = excluded."ChangeSeq"
            """,
            messageId, personId, card),
    ];

    /// <summary>A new card in a message for all who see it, what single people saw in its place included.</summary>
    public static BatchStatement[] ReplaceForAll(string messageId, string card, string summary) =>
    [
        Tick,
        new(
            $"""
            UPDATE web_messages SET "Card" = $1, "Summary" = $2, "ContentSeq" = {Now}, "ChangeSeq" = {Now} WHERE "Id" = $3 AND "RemovedAt" IS NULL
            """,
            card, summary, messageId),
        new("DELETE FROM web_overlays WHERE \"MessageId\" = $1", messageId),
    ];

    /// <summary>Its place and number stay, so that readers hear of it; what it said does not.</summary>
    public static BatchStatement[] Remove(string messageId, DateTimeOffset at) =>
    [
        Tick,
        new(
            $"""
            UPDATE web_messages SET "Text" = NULL, "Card" = NULL, "Summary" = NULL, "RemovedAt" = $1, "ChangeSeq" = {Now}
            WHERE "Id" = $2 AND "RemovedAt" IS NULL
            """,
            at.ToUnixTimeMilliseconds(), messageId),
    ];

    public static BatchStatement[] React(string messageId, string personId, string reaction, bool added, DateTimeOffset at) =>
    [
        Tick,
        added
            ? new(
                """INSERT INTO web_reactions ("MessageId", "PersonId", "Reaction", "At") VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING""",
                messageId, personId, reaction, at.ToUnixTimeMilliseconds())
            : new("""DELETE FROM web_reactions WHERE "MessageId" = $1 AND "PersonId" = $2 AND "Reaction" = $3""", messageId, personId, reaction),
        new($"""UPDATE web_messages SET "ChangeSeq" = {Now} WHERE "Id" = $1""", messageId),
    ];
}

/// <summary>A message to be stored; the members are those of <see cref="WebMessage"/>.</summary>
internal sealed record NewMessage(string Id, string ChannelId, DateTimeOffset At)
{
    public string? AuthorId { get; init; }

    public string? VisibleTo { get; init; }

    public string? Text { get; init; }

    public string? Card { get; init; }

    public string? Summary { get; init; }

    public string? DeliveryId { get; init; }

    public string? DedupKey { get; init; }
}
