using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

/// <summary><c>/advocate audit</c>: the last entries of the audit log, newest first.</summary>
public sealed class ShowAudit(AdvocacyDb db) : ICommandHandler
{
    private const int Shown = 20;

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var entries = await db.Audit.AsNoTracking().Where(e => e.WorkspaceId == turn.Workspace.Id)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(Shown).ToListAsync(cancellationToken);
        if (entries.Count == 0)
        {
            return Reply.Private(Notice.Card(t, t["Programme.AuditEmpty"]));
        }

        var ids = entries.SelectMany(e => new[] { e.ActorId ?? 0, e.SubjectId }).Distinct().ToList();
        var names = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var zone = Campaigns.CampaignTimes.Zone(turn.Conversation.TimeZone);
        return Reply.Private(Notice.For(t,
        [
            new TextBlock(t.Plural("Programme.AuditTitle", entries.Count)) { Weight = "Bolder", Style = "heading" },
            new FactSet { Facts = [.. entries.Select(Row)] },
            new TextBlock(t["Programme.AuditExport"]) { IsSubtle = true, Size = "Small" },
        ]));

        Fact Row(AuditEntry entry)
        {
            var when = NodaTime.Instant.FromDateTimeOffset(entry.At).InZone(zone).ToString("uuuu-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
            var who = entry.ActorId is { } actor ? Name(actor) : t["Programme.AuditSettings"];
            var subject = entry.Action.StartsWith("person.", StringComparison.Ordinal) ? Name(entry.SubjectId) : $"#{entry.SubjectId}";
            var what = $"{t[$"Programme.Audit_{entry.Action.Replace('.', '_')}"]} {subject}";
            var change = (entry.Before, entry.After) switch
            {
                (null, null) => "",
                (null, { } after) => $": {Value(after)}",
                ({ } before, null) => $": {Value(before)}",
                ({ } before, { } after) => ": " + t.Format("Programme.AuditFromTo", ("before", CardText.Escape(before)), ("after", CardText.Escape(after))),
            };
            return new Fact(Bidi.Isolate(when, t.Language), $"{who} · {what}{change}");
        }

        string Name(long id) => Bidi.Isolate(CardText.Escape(names.GetValueOrDefault(id, $"#{id}")), t.Language);

        string Value(string value) => Bidi.Isolate(CardText.Escape(value), t.Language);
    }
}
