using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Programme;

/// <summary><c>/advocate audit</c> and its pages: the entries of the audit log, newest first, all or filtered, and the way to them as a file.</summary>
public sealed class ShowAudit(AdvocacyDb db, ActionTokens tokens, AuditFile file) : ICommandHandler, IActionHandler
{
    public const string PageVerb = "audit.page";
    public const string FilterVerb = "audit.filter";
    private const int Shown = 20;

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken) =>
        Reply.Private(await CardAsync(AuditFilter.All, before: 0, turn, cancellationToken));

    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Reply.ReplaceCard(await CardAsync(AuditFilter.Parse(token.Text), token.Subject, turn, cancellationToken));
    }

    /// <param name="filter">What to show.</param>
    /// <param name="before">Only entries with a lower id; 0 for the newest.</param>
    /// <param name="turn">Who asks, and where.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<AdaptiveCard> CardAsync(AuditFilter filter, long before, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var fitting = filter.Apply(db.Audit.AsNoTracking(), turn.Workspace.Id, turn.Now).Where(e => before == 0 || e.Id < before);
        var found = await fitting.OrderByDescending(e => e.Id).Take(Shown + 1).ToListAsync(cancellationToken);
        var entries = found.Take(Shown).ToList();
        var ids = entries.SelectMany(e => new[] { e.ActorId ?? 0, e.SubjectId }).Append(filter.Actor).Distinct().ToList();
        var names = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id) && p.Name != "").ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var words = new AuditWords(names, turn);
        var said = words.Filter(filter);
        List<CardElement> body =
        [
            entries.Count == 0
                ? new TextBlock(t[filter == AuditFilter.All ? "Programme.AuditEmpty" : "Programme.AuditNothing"])
                : new TextBlock(before == 0 ? t.Plural("Programme.AuditTitle", entries.Count) : t["Programme.AuditEarlierTitle"]) { Weight = "Bolder", Style = "heading" },
        ];
        if (said.Length > 0)
        {
            body.Add(new TextBlock(said) { IsSubtle = true, Spacing = "None" });
        }

        if (entries.Count > 0)
        {
            body.Add(new FactSet { Facts = [.. entries.Select(words.Row)] });
            body.Add(new TextBlock(t.Plural("Programme.AuditExport", (long)AuditFile.Lifetime.TotalMinutes)) { IsSubtle = true, Size = "Small" });
        }

        List<CardAction> actions = [];
        if (found.Count > Shown)
        {
            actions.Add(Button(t["Programme.AuditEarlier"], PageVerb, entries[^1].Id, filter, turn));
        }

        if (before != 0)
        {
            actions.Add(Button(t["Programme.AuditNewest"], PageVerb, 0, filter, turn));
        }

        if (entries.Count > 0 || filter != AuditFilter.All)
        {
            actions.Add(Button(t["Programme.AuditFilter"], FilterVerb, 0, filter, turn));
        }

        if (entries.Count > 0)
        {
            actions.Add(new OpenUrlAction { Title = t["Programme.AuditFile"], Url = file.Address(filter, turn).AbsoluteUri });
        }

        return Notice.For(t, body, actions);
    }

    private ExecuteAction Button(string title, string verb, long subject, AuditFilter filter, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, subject, 0, 0, filter.ToString(), turn.Now.AddDays(1)))),
    };

    /// <summary>Entries as people read them.</summary>
    private sealed class AuditWords(Dictionary<long, string> names, TurnContext turn)
    {
        private readonly Texts t = turn.Texts;
        private readonly NodaTime.DateTimeZone zone = CampaignTimes.Zone(turn.Conversation.TimeZone);

        /// <summary>"Campaigns · Dana Cohen · last 30 days"; "" where all is shown.</summary>
        public string Filter(AuditFilter filter)
        {
            List<string> parts = [];
            if (filter.Kind.Length > 0)
            {
                parts.Add(t[$"Programme.AuditKind_{filter.Kind}"]);
            }

            if (filter.Actor != 0)
            {
                parts.Add(filter.Actor == AuditFilter.BySettings ? t["Programme.AuditSettings"] : Name(filter.Actor));
            }

            if (filter.Days > 0)
            {
                parts.Add(t.Plural("Programme.AuditLastDays", filter.Days));
            }

            return string.Join(" · ", parts);
        }

        public Fact Row(AuditEntry entry)
        {
            var when = NodaTime.Instant.FromDateTimeOffset(entry.At).InZone(zone).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);
            var who = entry.ActorId is { } actor ? Name(actor) : t["Programme.AuditSettings"];
            var what = t[$"Programme.Audit_{entry.Action.Replace('.', '_')}"];
            if (entry.SubjectId != 0)
            {
                what += entry.Action.StartsWith("person.", StringComparison.Ordinal) ? $" {Name(entry.SubjectId)}" : $" #{entry.SubjectId}";
            }

            var change = (entry.Before, entry.After) switch
            {
                (null or "", null or "") => "",
                (null or "", { } after) => $": {Value(after)}",
                ({ } before, null or "") => $": {Value(before)}",
                ({ } before, { } after) => ": " + t.Format("Programme.AuditFromTo", ("before", CardText.Escape(before)), ("after", CardText.Escape(after))),
            };
            return new Fact(Bidi.Isolate(when, t.Language), $"{who} · {what}{change}");
        }

        private string Name(long id) => Bidi.Isolate(CardText.Escape(names.GetValueOrDefault(id, $"#{id}")), t.Language);

        private string Value(string value) => Bidi.Isolate(CardText.Escape(value), t.Language);
    }
}
