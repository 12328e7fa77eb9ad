using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.People;

/// <summary><c>/advocate me</c>: own numbers, seen by nobody else, own choices, and the ways to change them, to take one's data along, and to go.</summary>
public sealed class Me(
    AdvocacyDb db, OwnPreferences own, TimeAllowance allowance, ReachEstimate reach, NetworkCatalogue networks, IOptions<ContactOptions> contact, ActionTokens tokens) : ICommandHandler
{
    public const string SettingsVerb = "me.settings";
    public const string SetUpVerb = "me.setup";
    public const string PauseVerb = "me.pause";
    public const string ExportVerb = "me.export";
    public const string EraseVerb = "me.erase";
    public const string LeaveVerb = "me.leave";
    public const string JoinVerb = "me.join";

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var chosen = await own.ReadAsync(turn.Person.Id, cancellationToken);
        var joined = turn.Person.ConsentedAt is not null;
        return Reply.Private(Notice.For(
            t,
            [
                new TextBlock(t["People.MeTitle"]) { Weight = "Bolder", Style = "heading" },
                new FactSet { Facts = [.. await NumbersAsync(turn, cancellationToken)] },
                new TextBlock(t["People.MePrivate"]) { IsSubtle = true, Size = "Small" },
                new TextBlock(t["Preferences.Chosen"]) { Weight = "Bolder", Style = "heading", Separator = true },
                new FactSet { Facts = [.. await ChoicesAsync(chosen, turn, cancellationToken)] },
                new ActionSet
                {
                    Actions =
                    [
                        Button(t["People.ChangeSettings"], SettingsVerb, turn),
                        Button(t[chosen.SetUpStep is > 0 and < SetUpDialog.Done ? "Preferences.ContinueSetUp" : "Preferences.SetUp"], SetUpVerb, turn),
                        Button(t["Preferences.PauseButton"], PauseVerb, turn),
                    ],
                },
            ],
            [
                joined ? Button(t["People.Leave"], LeaveVerb, turn) : Button(t["Sharing.Join"], JoinVerb, turn),
                Button(t["Preferences.Export"], ExportVerb, turn),
                Button(t["Preferences.Erase"], EraseVerb, turn) with { Style = "destructive" },
            ]));
    }

    private async Task<List<Fact>> NumbersAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var t = turn.Texts;
        var shares = await db.Shares.AsNoTracking().Where(s => s.PersonId == turn.Person.Id)
            .Select(s => new { s.Id, s.ConversationId }).ToListAsync(cancellationToken);
        var ids = shares.ConvertAll(s => (long?)s.Id);
        var channels = shares.Select(s => s.ConversationId).Distinct().ToList();
        var rungs = await db.Ledger.AsNoTracking()
            .Where(e => channels.Contains(e.ConversationId) && e.PersonId == turn.Person.Id && ids.Contains(e.ShareId))
            .GroupBy(e => new { e.Kind, e.ShareId })
            .Select(g => new { g.Key.Kind, Sum = g.Sum(e => e.Amount) })
            .Where(g => g.Sum > 0)
            .ToListAsync(cancellationToken);
        var clicks = await db.Clicks.CountAsync(
            c => channels.Contains(c.ConversationId) && c.Class == (int)ClickClass.Human && ids.Contains(c.ShareId), cancellationToken);
        var spent = await allowance.SpentAsync(turn.Person.Id, turn.Now, cancellationToken);
        var minutes = await allowance.OfAsync(turn.Workspace.Id, cancellationToken);
        var people = await reach.OfPersonAsync(turn.Person.Id, cancellationToken);

        var fetched = await db.Clicks.AsNoTracking()
            .Where(c => channels.Contains(c.ConversationId) && c.Class == (int)ClickClass.Crawler && ids.Contains(c.ShareId))
            .LeftJoin(db.UserAgents, c => c.UserAgentId, a => a.Id, (c, a) => new { c.ShareId, Network = a!.Network ?? c.Network })
            .Distinct().CountAsync(cancellationToken);
        var converted = await db.Conversions.AsNoTracking()
            .Where(c => c.PersonId == turn.Person.Id && c.WorkspaceId == turn.Workspace.Id && c.CampaignId != null && c.Type != null && c.ReversedAt == null)
            .GroupBy(c => c.Type).Select(g => new { Type = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Type!.Value, g => g.Count, cancellationToken);

        string Count(LedgerKind kind) => t.Number(rungs.Count(r => r.Kind == kind));
        return
        [
            new(t["Campaigns.RungOpened"], Count(LedgerKind.Opened)),
            new(t["Campaigns.RungSaid"], Count(LedgerKind.Said)),
            new(t["Campaigns.RungPosted"], Count(LedgerKind.Posted)),
            new(t["Campaigns.RungFetched"], t.Number(fetched)),
            new(t["Campaigns.RungClicked"], t.Number(clicks)),
            .. converted.OrderBy(c => c.Key).Select(c => new Fact(t[c.Key == ConversionType.Applicant ? "Conversions.Applicants" : "Conversions.Leads"], t.Number(c.Value))),
            new(t["Preferences.Time"], minutes > 0 ? t.Format("Preferences.TimeOf", ("spent", spent), ("minutes", minutes)) : t.Plural("Preferences.TimeAbout", spent)),
            .. people > 0 ? [new Fact(t["Preferences.Reach"], t.Plural("Preferences.ReachAbout", people))] : Array.Empty<Fact>(),
        ];
    }

    private async Task<List<Fact>> ChoicesAsync(PersonPreferences chosen, TurnContext turn, CancellationToken cancellationToken)
    {
        var t = turn.Texts;
        var mine = await db.PersonNetworks.AsNoTracking().Where(n => n.PersonId == turn.Person.Id).Select(n => n.Network).ToListAsync(cancellationToken);
        var fewer = await db.FewerLikeThis.AsNoTracking().Where(f => f.PersonId == turn.Person.Id).Select(f => f.ContentType).ToListAsync(cancellationToken);
        var quiet = MeDialog.QuietOf(chosen, contact.Value);
        var days = Enum.GetValues<DayOfWeek>().Where(day => (quiet.Days & (1 << (int)day)) != 0).Select(day => t.Language.Culture.DateTimeFormat.DayNames[(int)day]).ToList();
        var most = chosen.PromptsPerWeek ?? contact.Value.PromptsPerWeek;
        var facts = new List<Fact>
        {
            new(t["People.Membership"], t[turn.Person.ConsentedAt is not null ? "People.Joined" : "People.NotJoined"]),
            new(t["People.Language"], turn.Person.Language is null ? t["People.LanguageChannel"] : t[$"Common.Language_{turn.Person.Language.Code}"]),
            new(t["People.ByName"], t[turn.Person.AppearByName ? "Common.Yes" : "Common.No"]),
            new(t["Preferences.PromptsFact"], most == 0 ? t["Preferences.PromptsNone"] : t.Number(most)),
        };
        if (quiet.From != quiet.To)
        {
            facts.Add(new(t["Preferences.QuietFact"], Bidi.Isolate($"{MeDialog.Clock(quiet.From)}–{MeDialog.Clock(quiet.To)}", t.Language)));
        }

        Add("Preferences.QuietDaysFact", days);
        Add("Preferences.NetworksFact", [.. networks.All.Where(n => mine.Contains(n.Key)).Select(n => n.Name(t.Language))]);
        Add("Preferences.InterestsFact", [.. chosen.InterestTypes.Select(type => t[$"Campaigns.Type{type}"])]);
        Add("Preferences.FewerFact", fewer.ConvertAll(type => t[$"Campaigns.Type{type}"]));
        if (PauseDialog.Until(chosen.PausedUntil, PauseDialog.Today(turn)) is not null)
        {
            facts.Add(new(t["Preferences.PausedFact"], Bidi.Isolate(chosen.PausedUntil!, t.Language)));
        }

        return facts;

        void Add(string key, List<string> values)
        {
            if (values.Count > 0)
            {
                facts.Add(new(t[key], new JoinedText(values.ConvertAll(CardText.Escape), t.Language).ToString()));
            }
        }
    }

    private ExecuteAction Button(string title, string verb, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, turn.Conversation.Id, 0, 0, "", turn.Now.AddDays(30)))),
    };
}
