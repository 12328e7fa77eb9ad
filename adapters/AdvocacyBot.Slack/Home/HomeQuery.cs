using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Sharing;
using AdvocacyBot.Slack.Rendering;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AdvocacyBot.Slack.Home;

/// <summary>
/// Reads a person's Home tab: own numbers, what can be shared now, for comms what runs, own settings. Buttons carry the tokens of the commands' own cards.
/// Scoped, as the database context is.
/// </summary>
internal sealed class HomeQuery(AdvocacyDb db, ListContent content, CampaignCards campaigns, ActionTokens tokens)
{
    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(30);

    /// <param name="turn">Who looks; the conversation is the person's own with the bot.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<HomeContent> ReadAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var sections = new List<AdaptiveCard> { await NumbersAsync(turn, cancellationToken) };
        if (await content.HandleAsync(AsCommand("content", turn), turn, cancellationToken) is PrivateReply shareable)
        {
            sections.Add(shareable.Card);
        }

        if (turn.Person.Has(Roles.Comms | Roles.Owner))
        {
            sections.Add(await CampaignsAsync(turn, cancellationToken));
        }

        sections.Add(Settings(turn));
        return new HomeContent(sections);
    }

    /// <summary>The first instant of the month it is where the person is.</summary>
    internal static DateTimeOffset MonthStart(DateTimeOffset now, string? timeZone)
    {
        var zone = (timeZone is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone)) ?? DateTimeZone.Utc;
        var today = Instant.FromDateTimeOffset(now).InZone(zone).Date;
        return new LocalDate(today.Year, today.Month, 1).AtStartOfDayInZone(zone).ToDateTimeOffset();
    }

    private async Task<AdaptiveCard> NumbersAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var t = RenderingTexts.In(turn.Language);
        var numbers = await HomeNumbers.ReadAsync(db, turn.Person.Id, MonthStart(turn.Now, turn.Person.Ref.TimeZone ?? turn.Workspace.TimeZone), cancellationToken);
        return Notice.For(t,
        [
            Heading(t["SlackCards.HomeNumbers"]),
            new FactSet
            {
                Facts =
                [
                    Fact("Campaigns.RungOpened", numbers.Opened),
                    Fact("Campaigns.RungSaid", numbers.Said),
                    Fact("Campaigns.RungPosted", numbers.Posted),
                    Fact("Campaigns.RungClicked", numbers.Clicked),
                ],
            },
            new TextBlock(t["SlackCards.HomePrivate"]) { IsSubtle = true, Size = "Small" },
        ]);

        Fact Fact(string rung, HomeNumber number) => new(t[rung], t.Format("SlackCards.HomeNumber", ("month", number.Month), ("all", number.All)));
    }

    private async Task<AdaptiveCard> CampaignsAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        var t = RenderingTexts.In(turn.Language);
        var now = await db.Campaigns.AsNoTracking()
            .Where(c => c.WorkspaceId == turn.Workspace.Id && (c.State != CampaignState.Draft && c.State != CampaignState.Closed))
            .OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id)
            .Take(CampaignCards.PageSize)
            .ToListAsync(cancellationToken);
        if (now.Count == 0)
        {
            return Notice.For(t, [Heading(t["SlackCards.HomeCampaigns"]), new TextBlock(t["SlackCards.HomeNoCampaigns"])]);
        }

        // The command's own list under our heading.
        var stopped = await db.Workspaces.AnyAsync(w => w.Id == turn.Workspace.Id && w.StoppedAt != null, cancellationToken);
        var list = campaigns.List(now, 1, now.Count, stopped, turn);
        return list with
        {
            Body = [Heading(t["SlackCards.HomeCampaigns"]), .. list.Body.Skip(1), new TextBlock(t["SlackCards.HomeAllCampaigns"]) { IsSubtle = true, Size = "Small" }],
        };
    }

    private AdaptiveCard Settings(TurnContext turn)
    {
        var t = RenderingTexts.In(turn.Language);
        var person = turn.Person;
        var joined = person.ConsentedAt is not null;
        return Notice.For(t,
        [
            Heading(t["SlackCards.HomeSettings"]),
            new FactSet
            {
                Facts =
                [
                    new(t["People.Membership"], t[joined ? "People.Joined" : "People.NotJoined"]),
                    new(t["People.Language"], turn.Person.Language is null ? t["People.LanguageChannel"] : t[$"Common.Language_{turn.Person.Language.Code}"]),
                    new(t["People.ByName"], t[person.AppearByName ? "Common.Yes" : "Common.No"]),
                ],
            },
        ],
        [
            Button(t["People.ChangeSettings"], Me.SettingsVerb, turn),
            joined ? Button(t["People.Leave"], Me.LeaveVerb, turn) with { Style = "destructive" } : Button(t["Sharing.Join"], Me.JoinVerb, turn),
        ]);
    }

    private ExecuteAction Button(string title, string verb, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, turn.Conversation.Id, 0, 0, "", turn.Now + ButtonLifetime))),
    };

    private static TextBlock Heading(string text) => new(text) { Size = "Large", Weight = "Bolder", Style = "heading" };

    private static CommandInvoked AsCommand(string name, TurnContext turn) => new()
    {
        Name = name,
        Workspace = turn.Workspace.Ref,
        Conversation = turn.Conversation.Ref,
        Person = turn.Person.Ref,
        DedupKey = "",
        At = turn.Now,
    };
}
