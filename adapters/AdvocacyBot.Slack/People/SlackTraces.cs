using System.Text.Json.Nodes;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Slack.People;

/// <summary>What Slack said of a person, kept so that it need not be asked again. No tokens of people's own are ever asked for.</summary>
internal sealed class SlackTraces(PeopleBook book) : IPersonTraces
{
    public string Section => "slackProfile";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken) => person.Platform != Platforms.Slack
        ? null
        : ExportJson.List((await db.Database.SqlQuery<Row>(
            $"""SELECT "InstallationId", "Name", "Locale", "TimeZone", "RefreshedAt" FROM slack_people WHERE "UserId" = {person.ExternalId}""").ToListAsync(cancellationToken))
            .ConvertAll(r => new { Installation = r.InstallationId, r.Name, r.Locale, r.TimeZone, RefreshedAt = DateTimeOffset.FromUnixTimeMilliseconds(r.RefreshedAt) }));

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        if (person.Platform == Platforms.Slack)
        {
            await db.Database.ExecuteSqlAsync($"""DELETE FROM slack_people WHERE "UserId" = {person.ExternalId}""", cancellationToken);

            // What they wrote or did a moment ago and nobody has looked at yet.
            await db.Database.ExecuteSqlAsync($"""DELETE FROM slack_events WHERE "Payload" LIKE {'%' + person.ExternalId + '%'}""", cancellationToken);

            // The Home tab is a place of its own, named by the person.
            await ErasedPlaces.EraseConversationAsync(person, person.ExternalId, db, cancellationToken);
        }
    }

    public void Forget(TracedPerson person) => book.Forget(person.ExternalId);

    private sealed record Row(string InstallationId, string Name, string? Locale, string? TimeZone, long RefreshedAt);
}
