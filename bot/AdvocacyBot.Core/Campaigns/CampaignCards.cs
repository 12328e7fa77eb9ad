using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Rhythm;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>What comms see of campaigns: the list and the results.</summary>
public sealed class CampaignCards(ActionTokens tokens, NetworkCatalogue networks)
{
    public const int PageSize = 6;

    private const int MostInSet = 5;

    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(30);

    public AdaptiveCard List(IReadOnlyList<Campaign> page, int pageNumber, int total, bool stopped, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        if (total == 0)
        {
            return Notice.Card(t, t["Campaigns.ListEmpty"]);
        }

        var body = new List<CardElement> { new TextBlock(t.Plural("Campaigns.ListTitle", total)) { Weight = "Bolder", Size = "Medium", Style = "heading" } };
        if (stopped)
        {
            body.Add(new TextBlock(t["Programme.StoppedBanner"]) { Color = "Attention", Weight = "Bolder" });
        }

        foreach (var campaign in page)
        {
            body.Add(new Container
            {
                Separator = true,
                Rtl = t.Language.RightToLeft,
                Items = [.. Row(campaign, t), .. Sets(Buttons(campaign, turn))],
            });
        }

        var pages = (total + PageSize - 1) / PageSize;
        if (pages > 1)
        {
            body.Add(new TextBlock(t.Format(
                "Campaigns.ListPage", ("page", pageNumber), ("pages", pages), ("command", $"/advocate campaigns {pageNumber % pages + 1}"))) { IsSubtle = true, Separator = true });
        }

        return Notice.For(t, body);
    }

    /// <summary>One campaign with its buttons, after a move.</summary>
    public AdaptiveCard One(Campaign campaign, string said, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return Notice.For(turn.Texts, [new TextBlock(said), .. Row(campaign, turn.Texts), .. Sets(Buttons(campaign, turn))]);
    }

    public AdaptiveCard Results(Campaign campaign, CampaignNumbers numbers, People.Reach? reach, IReadOnlyList<Budgets.SpentOn> spent, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var body = new List<CardElement>(Row(campaign, t));
        if (numbers.CouldSee == 0)
        {
            body.Add(new TextBlock(t["Campaigns.ResultsNone"]));
        }
        else if (numbers.CouldSee < CampaignNumbers.SmallestGroup)
        {
            body.Add(new TextBlock(t.Format("Campaigns.ResultsSmall", ("limit", CampaignNumbers.SmallestGroup))));
        }
        else
        {
            body.Add(new TextBlock(t.Format(
                "Campaigns.ResultsRate",
                ("rate", Texts.Percent((double)numbers.Sharers / numbers.CouldSee)),
                ("sharers", numbers.Sharers),
                ("couldSee", numbers.CouldSee))) { Weight = "Bolder" });
            body.Add(new FactSet
            {
                Facts =
                [
                    new(t["Campaigns.RungOpened"], t.Number(numbers.Opened)),
                    new(t["Campaigns.RungSaid"], t.Number(numbers.Said)),
                    new(t["Campaigns.RungPosted"], t.Number(numbers.Posted)),
                    new(t["Campaigns.RungFetched"], Fetched(numbers, t)),
                    new(t["Campaigns.RungClicked"], t.Number(numbers.Clicks)),
                    new(t["Campaigns.Reactions"], t.Number(numbers.Reactions)),
                    .. Converted(campaign, numbers, t),
                ],
            });
            if (reach is not null)
            {
                body.Add(new TextBlock(t.Plural("Preferences.ReachOf", reach.People)));
            }

            body.Add(new TextBlock(t["Campaigns.ResultsHow"]) { IsSubtle = true, Size = "Small" });
        }

        if (spent.Count > 0)
        {
            var amounts = new JoinedText([.. spent.Select(s => Rewards.Money.Say(s.Amount, s.Currency, t))], t.Language);
            body.Add(new TextBlock(t.Format("Budget.SpentOnCampaign", ("amounts", amounts))));
        }

        return Notice.For(t, [.. body, .. Sets(Buttons(campaign, turn, results: true))]);
    }

    /// <summary>"5 (LinkedIn 3, facebook 2)".</summary>
    private string Fetched(CampaignNumbers numbers, Texts t)
    {
        var all = t.Number(numbers.Fetched);
        if (numbers.Fetched == 0)
        {
            return all;
        }

        var named = numbers.FetchedByNetwork.OrderByDescending(f => f.Value).ThenBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => $"{Bidi.Isolate(Name(f.Key), t.Language)} {t.Number(f.Value)}");
        return $"{all} ({string.Join(t["Common.ListComma"], named)})";

        string Name(string network) => networks.Find(network)?.Name(t.Language) ?? (network.Length == 0 ? "?" : network);
    }

    /// <summary>Applicants of a job and leads of anything else where a system reports them, and whatever came in spite of that.</summary>
    private static IEnumerable<Fact> Converted(Campaign campaign, CampaignNumbers numbers, Texts t)
    {
        if (numbers.Applicants > 0 || (numbers.Reported && campaign.ContentType == ContentType.Job))
        {
            yield return new Fact(t["Conversions.Applicants"], t.Number(numbers.Applicants));
        }

        if (numbers.Leads > 0 || (numbers.Reported && campaign.ContentType != ContentType.Job))
        {
            yield return new Fact(t["Conversions.Leads"], t.Number(numbers.Leads));
        }
    }

    private static List<CardElement> Row(Campaign campaign, Texts t)
    {
        var held = campaign is { State: CampaignState.Paused, HeldAt: not null };
        var when = new List<string> { held ? t["Programme.StateHeld"] : t[$"Campaigns.State{campaign.State}"], t[$"Campaigns.Type{campaign.ContentType}"] };
        if (campaign.LocalStart is { } start)
        {
            when.Add(t.Format("Campaigns.From", ("when", start.Replace('T', ' '))));
        }

        if (campaign.LocalEnd is { } end)
        {
            when.Add(t.Format("Campaigns.Until", ("when", end.Replace('T', ' '))));
        }

        return
        [
            new TextBlock(Bidi.Isolate(CardText.Escape(campaign.Title), t.Language)) { Weight = "Bolder" },
            new TextBlock(string.Join(" · ", when)) { IsSubtle = true, Size = "Small", Spacing = "None" },
        ];
    }

    /// <summary>A set takes five buttons.</summary>
    private static IEnumerable<ActionSet> Sets(List<CardAction> buttons) => buttons.Chunk(MostInSet).Select(some => new ActionSet { Actions = some });

    private List<CardAction> Buttons(Campaign campaign, TurnContext turn, bool results = false)
    {
        var t = turn.Texts;
        var buttons = new List<CardAction>();
        if (campaign.State is not CampaignState.Draft)
        {
            // Beside the results stands what comes after them.
            if (results)
            {
                Add("Delivery", Broadcasts.BroadcastRoutes.Report);
            }
            else
            {
                Add("Results", CampaignRoutes.Results);
            }
        }

        if (CampaignStates.CanEdit(campaign.State))
        {
            Add(campaign.State == CampaignState.Draft ? "GoOn" : "Edit", CampaignRoutes.Edit);
        }

        if (CampaignStates.Allows(campaign.State, CampaignMove.Pause))
        {
            Add("Pause", CampaignRoutes.Pause);
        }

        if (CampaignStates.Allows(campaign.State, CampaignMove.Resume))
        {
            Add("Resume", CampaignRoutes.Resume);
        }

        if (CampaignStates.Allows(campaign.State, CampaignMove.Close))
        {
            Add(campaign.State == CampaignState.Draft ? "Discard" : "Close", CampaignRoutes.Close, "destructive");
        }

        Add("Duplicate", CampaignRoutes.Duplicate);
        if (campaign.State is not CampaignState.Draft)
        {
            Add("Repeat", RhythmRoutes.Repeat);
            if (results)
            {
                Add("Spend", Budgets.BudgetRoutes.Spend);
            }
        }

        return buttons;

        void Add(string key, string verb, string? style = null) => buttons.Add(new ExecuteAction
        {
            Title = t[$"Campaigns.Button{key}"],
            Verb = verb,
            Style = style,
            Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, campaign.Id, 0, 0, "", turn.Now + ButtonLifetime))),
        });
    }
}
