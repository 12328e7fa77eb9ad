using System.Text.Json.Nodes;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using AdvocacyBot.Web.Chat;
using AdvocacyBot.Web.Hub;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Web.Data;

/// <summary>
/// The browser chat's messages. What the person wrote or alone could see is deleted; where others' messages name them, the name is taken out, since these messages
/// stand in our own database.
/// </summary>
internal sealed class WebTraces(ChangeSignal signal) : IPersonTraces
{
    private const int Page = 500;

    public string Section => "webChat";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken)
    {
        if (person.Platform != Platforms.Web)
        {
            return null;
        }

        var messages = await db.Database.SqlQuery<Said>(
            $"""
            SELECT "ChannelId" AS "Channel", "Text", "At" FROM web_messages WHERE "AuthorId" = {person.ExternalId} AND "RemovedAt" IS NULL ORDER BY "Seq"
            """).ToListAsync(cancellationToken);
        var reactions = await db.Database.SqlQuery<Reacted>(
            $"""SELECT "Reaction", "At" FROM web_reactions WHERE "PersonId" = {person.ExternalId} ORDER BY "At" """).ToListAsync(cancellationToken);
        return messages.Count + reactions.Count == 0 ? null : ExportJson.Of(new
        {
            Messages = messages.ConvertAll(m => new { m.Channel, m.Text, At = DateTimeOffset.FromUnixTimeMilliseconds(m.At) }),
            Reactions = reactions.ConvertAll(r => new { r.Reaction, At = DateTimeOffset.FromUnixTimeMilliseconds(r.At) }),
        });
    }

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        if (person.Platform != Platforms.Web)
        {
            return;
        }

        var (id, own) = (person.ExternalId, Roster.PersonalId(person.ExternalId));
        await db.Database.ExecuteSqlAsync($"""DELETE FROM web_overlays WHERE "PersonId" = {id}""", cancellationToken);
        await db.Database.ExecuteSqlAsync($"""DELETE FROM web_reactions WHERE "PersonId" = {id}""", cancellationToken);
        await db.Database.ExecuteSqlAsync($"""DELETE FROM web_messages WHERE "AuthorId" = {id} OR "VisibleTo" = {id} OR "ChannelId" = {own}""", cancellationToken);
        await ErasedPlaces.EraseConversationAsync(person, own, db, cancellationToken);
        await TakeNameOutAsync(new NameRemover(person.Name, person.ExternalId), db, cancellationToken);
    }

    public void Forget(TracedPerson person) => signal.Raise();

    private static async Task TakeNameOutAsync(NameRemover remover, AdvocacyDb db, CancellationToken cancellationToken)
    {
        for (var after = 0L; ;)
        {
            var page = await db.Database.SqlQuery<Shown>(
                $"""SELECT "Id", "Seq", "Text", "Card", "Summary" FROM web_messages WHERE "Seq" > {after} ORDER BY "Seq" LIMIT {Page}""").ToListAsync(cancellationToken);
            if (page.Count == 0)
            {
                break;
            }

            after = page[^1].Seq;
            foreach (var message in page)
            {
                var (text, card, summary) = (remover.Text(message.Text), remover.Card(message.Card), remover.Text(message.Summary));
                if ((text, card, summary) != (message.Text, message.Card, message.Summary))
                {
                    await db.Database.ExecuteSqlAsync(
                        $"""UPDATE web_messages SET "Text" = {text}, "Card" = {card}, "Summary" = {summary} WHERE "Id" = {message.Id}""", cancellationToken);
                }
            }
        }

        var overlays = await db.Database.SqlQuery<Covered>($"""SELECT "MessageId", "PersonId", "Card" FROM web_overlays""").ToListAsync(cancellationToken);
        foreach (var overlay in overlays)
        {
            if (remover.Card(overlay.Card) is { } card && card != overlay.Card)
            {
                await db.Database.ExecuteSqlAsync(
                    $"""UPDATE web_overlays SET "Card" = {card} WHERE "MessageId" = {overlay.MessageId} AND "PersonId" = {overlay.PersonId}""", cancellationToken);
            }
        }
    }

    private sealed record Said(string Channel, string? Text, long At);

    private sealed record Reacted(string Reaction, long At);

    private sealed record Shown(string Id, long Seq, string? Text, string? Card, string? Summary);

    private sealed record Covered(string MessageId, string PersonId, string Card);
}
