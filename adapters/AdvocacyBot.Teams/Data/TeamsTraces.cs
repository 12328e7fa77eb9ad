using System.Text.Json.Nodes;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Teams.Data;

/// <summary>Where the person's own chat with the bot is.</summary>
internal sealed class TeamsTraces(IConversationReferences references) : IPersonTraces
{
    public string Section => "teamsChats";

    public async Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken) => person.Platform != Platforms.Teams
        ? null
        : ExportJson.List((await RowsAsync(person, db, cancellationToken)).ConvertAll(r => new { r.Id, r.ServiceUrl, UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(r.UpdatedAt) }));

    public async Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken)
    {
        if (person.Platform != Platforms.Teams)
        {
            return;
        }

        foreach (var chat in await RowsAsync(person, db, cancellationToken))
        {
            await ErasedPlaces.EraseConversationAsync(person, chat.Id, db, cancellationToken);
        }

        await db.Database.ExecuteSqlAsync(
            $"""DELETE FROM teams_conversations WHERE "TenantId" = {person.WorkspaceExternalId} AND "UserId" = {person.ExternalId}""", cancellationToken);
    }

    public void Forget(TracedPerson person) => references.Forget(person.WorkspaceExternalId, person.ExternalId);

    private static Task<List<Row>> RowsAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken) => db.Database.SqlQuery<Row>(
        $"""
        SELECT "Id", "ServiceUrl", "UpdatedAt" FROM teams_conversations WHERE "TenantId" = {person.WorkspaceExternalId} AND "UserId" = {person.ExternalId} ORDER BY "Id"
        """).ToListAsync(cancellationToken);

    private sealed record Row(string Id, string ServiceUrl, long UpdatedAt);
}
