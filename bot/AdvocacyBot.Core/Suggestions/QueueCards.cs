using AdvocacyBot.Core.Assistance;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Suggestions;

/// <param name="Suggestions">Of this page.</param>
/// <param name="Page">From 1.</param>
/// <param name="Pages">How many there are.</param>
/// <param name="Total">Suggestions in all.</param>
/// <param name="Campaigns">Waiting for a second person, oldest first.</param>
/// <param name="Requests">Of colleagues who ask how to answer a reply, oldest first.</param>
/// <param name="FourEyes">Whether publishing takes two people, for all campaigns or some.</param>
public sealed record QueuePage(
    IReadOnlyList<QueuedSuggestion> Suggestions,
    int Page,
    int Pages,
    int Total,
    IReadOnlyList<Campaign> Campaigns,
    IReadOnlyList<HelpRequest> Requests,
    bool FourEyes);

/// <summary>What those who look after suggestions and approvals see.</summary>
public sealed class QueueCards(SuggestionCards suggestions)
{
    /// <summary>So many fit Teams' 28 KB with the longest words.</summary>
    public const int PageSize = 4;
    public const int MostCampaigns = 5;
    public const int MostRequests = 3;
    private const int LongestQuote = 400;

    public AdaptiveCard Queue(QueuePage page, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var body = new List<CardElement>();
        if (page.Campaigns.Count > 0)
        {
            body.Add(Heading(t.Plural("Programme.WaitingTitle", page.Campaigns.Count)));
            body.AddRange(page.Campaigns.Select(campaign => Waiting(campaign, turn)));
        }

        if (page.Requests.Count > 0)
        {
            body.Add(Heading(t["Assistance.QueueTitle"]));
            body.AddRange(page.Requests.Select(request => Asking(request, turn)));
        }

        body.Add(Heading(page.Total == 0 ? t["Suggestions.QueueEmpty"] : t.Plural("Suggestions.QueueTitle", page.Total)));
        body.AddRange(page.Suggestions.Select(queued => Row(queued, turn)));
        if (page.Pages > 1)
        {
            body.Add(new TextBlock(t.Format(
                "Campaigns.ListPage", ("page", page.Page), ("pages", page.Pages), ("command", $"/advocate approve {page.Page % page.Pages + 1}"))) { IsSubtle = true, Separator = true });
        }

        if (!turn.Person.Has(Roles.Owner))
        {
            return Notice.For(t, body);
        }

        body.Add(new TextBlock(t[page.FourEyes ? "Programme.FourEyesIsOn" : "Programme.FourEyesIsOff"]) { IsSubtle = true, Separator = true });
        return Notice.For(t, body, [suggestions.Button(t["Programme.FourEyesChange"], ChangeFourEyes.Verb, 0, turn.Person.Id)]);
    }

    private static TextBlock Heading(string text) => new(text) { Weight = "Bolder", Size = "Medium", Style = "heading" };

    private Container Waiting(Campaign campaign, TurnContext turn)
    {
        var t = turn.Texts;
        var own = campaign.IsWrittenBy(turn.Person.Id);
        List<CardElement> items = [new TextBlock(Bidi.Isolate(CardText.Escape(campaign.Title), t.Language)) { Weight = "Bolder" }];
        if (own || !turn.Person.Has(Approvals.Approvers))
        {
            items.Add(new TextBlock(t[own ? "Programme.WaitingOwn" : "Programme.WaitingOthers"]) { IsSubtle = true, Size = "Small" });
        }
        else
        {
            items.Add(new ActionSet { Actions = [suggestions.Button(t["Programme.Review"], ReviewCampaign.Verb, campaign.Id, turn.Person.Id)] });
        }

        return new Container { Separator = true, Rtl = t.Language.RightToLeft, Items = items };
    }

    private Container Asking(HelpRequest request, TurnContext turn) => new()
    {
        Separator = true,
        Rtl = turn.Texts.Language.RightToLeft,
        Items =
        [
            SuggestionCards.Quote(Short(request.Said), turn.Texts),
            new ActionSet { Actions = [suggestions.Button(turn.Texts["Assistance.AnswerButton"], AnswerHelp.Verb, request.Id, turn.Person.Id)] },
        ],
    };

    private Container Row(QueuedSuggestion queued, TurnContext turn)
    {
        var t = turn.Texts;
        var suggestion = queued.Suggestion;
        List<CardElement> items = [new TextBlock(Bidi.Isolate(CardText.Escape(suggestion.Title), t.Language)) { Weight = "Bolder" }];
        if (queued.Voices.Count > 0)
        {
            var from = new JoinedText([.. queued.Voices.Select(v => CardText.Escape(v.Name))], t.Language);
            var named = queued.Voices.All(v => v.ByName) ? "Suggestions.FromNamed" : queued.Voices.Any(v => v.ByName) ? "Suggestions.FromSome" : "Suggestions.FromUnnamed";
            items.Add(new TextBlock(t.Format(named, ("people", from))) { IsSubtle = true, Size = "Small", Spacing = "None" });
        }

        if (suggestion.FeedId is not null)
        {
            var said = queued.Feed is { } feed ? t.Format("Feeds.From", ("feed", CardText.Escape(feed))) : t["Feeds.FromRemoved"];
            items.Add(new TextBlock(said) { IsSubtle = true, Size = "Small", Spacing = "None" });
        }

        foreach (var address in new[] { suggestion.Link, suggestion.MediaUrl }.OfType<string>())
        {
            items.Add(new TextBlock(Bidi.Isolate(CardText.Escape(Short(address)), t.Language)) { Size = "Small", Spacing = "Small" });
        }

        foreach (var words in new[] { suggestion.Why, suggestion.Text }.Concat(queued.Voices.SelectMany(v => new[] { v.Why, v.Text })).Where(words => words.Length > 0).Take(4))
        {
            items.Add(SuggestionCards.Quote(Short(words), t));
        }

        if (suggestion.Question is { } question)
        {
            items.Add(new TextBlock(t["Suggestions.Asked"]) { IsSubtle = true, Size = "Small" });
            items.Add(SuggestionCards.Quote(Short(question), t));
            items.Add(new TextBlock(t[suggestion.Answer is null ? "Suggestions.NoAnswerYet" : "Suggestions.Answered"]) { IsSubtle = true, Size = "Small" });
            if (suggestion.Answer is { } answer)
            {
                items.Add(SuggestionCards.Quote(Short(answer), t));
            }
        }

        items.Add(new ActionSet
        {
            Actions =
            [
                Button(t["Suggestions.Approve"], SuggestionRoutes.Approve) with { Style = "positive" },
                Button(t["Suggestions.Edit"], SuggestionRoutes.Edit),
                .. queued.Voices.Count == 0 ? Array.Empty<ExecuteAction>() : [Button(t["Suggestions.AskBack"], SuggestionRoutes.AskBack)],
                Button(t["Suggestions.Decline"], SuggestionRoutes.Decline),
            ],
        });
        return new Container { Separator = true, Rtl = t.Language.RightToLeft, Items = items };

        ExecuteAction Button(string title, string verb) => suggestions.Button(title, verb, suggestion.Id, turn.Person.Id);
    }

    private static string Short(string words) => words.Length <= LongestQuote ? words : words[..(char.IsHighSurrogate(words[LongestQuote - 2]) ? LongestQuote - 2 : LongestQuote - 1)] + "…";
}
