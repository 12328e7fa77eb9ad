using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Suggestions;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>The campaign's card in a channel.</summary>
public sealed class PromptCards(ActionTokens tokens)
{
    public const string ShareVerb = "share";
    public const string DeclineVerb = "share.decline";

    /// <summary>Buttons on posted cards work as long as a campaign may reasonably run.</summary>
    public static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(365);

    /// <summary>The live card, as it is posted.</summary>
    /// <param name="campaign">What it says.</param>
    /// <param name="promptId">Where it stands; 0 in a preview.</param>
    /// <param name="language">The channel's.</param>
    /// <param name="now">Buttons expire some time after it.</param>
    /// <param name="credit">Who suggested it; null where it was nobody's suggestion.</param>
    public AdaptiveCard Live(Campaign campaign, long promptId, Language language, DateTimeOffset now, Credit? credit = null)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        var t = Texts.In(language);
        return Notice.For(t, Body(campaign, credit, t), Buttons(campaign.Id, promptId, t, now));
    }

    public IReadOnlyList<CardAction> Buttons(long campaignId, long promptId, Texts texts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return
        [
            new ExecuteAction { Title = texts["Campaigns.Share"], Verb = ShareVerb, Style = "positive", Data = Data(ShareVerb) },
            new ExecuteAction { Title = texts["Campaigns.NotForMe"], Verb = DeclineVerb, Data = Data(DeclineVerb) },
        ];

        ActionData Data(string verb) => new(tokens.Protect(new ActionToken(verb, 0, campaignId, promptId, 0, "", now + ButtonLifetime)));
    }

    /// <summary>What stands in the channel while the campaign is paused and after it is closed.</summary>
    public static AdaptiveCard Ended(Campaign campaign, CampaignNumbers numbers, bool paused, Language language)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(numbers);
        var t = Texts.In(language);
        return Notice.For(t,
        [
            Heading(campaign, t),
            new TextBlock(t[paused ? "Campaigns.PausedCard" : "Campaigns.ClosedCard"]),
            .. numbers.CouldSee < CampaignNumbers.SmallestGroup
                ? Array.Empty<CardElement>()
                : [new TextBlock(t.Plural("Campaigns.ResultShared", numbers.Sharers)), new TextBlock(t.Plural("Campaigns.ResultClicks", numbers.Clicks))],
        ]);
    }

    /// <summary>What stands where a message was that has been taken back: none of its words.</summary>
    public static AdaptiveCard Retracted(Language language)
    {
        var t = Texts.In(language);
        return Notice.For(t, [new TextBlock(t["Broadcasts.Retracted"]) { IsSubtle = true }]);
    }

    /// <summary>Title, kind and time it takes, for lists.</summary>
    public static IReadOnlyList<CardElement> Brief(Campaign campaign, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(texts);
        return
        [
            new TextBlock(Bidi.Isolate(CardText.Escape(campaign.Title), texts.Language)) { Weight = "Bolder" },
            new TextBlock($"{texts[$"Campaigns.Type{campaign.ContentType}"]} · {texts.Plural("Campaigns.TakesMinutes", campaign.Minutes)}") { IsSubtle = true, Size = "Small", Spacing = "None" },
        ];
    }

    private static List<CardElement> Body(Campaign campaign, Credit? credit, Texts t)
    {
        // Title and summary are in the campaign's language, which may not be the channel's.
        var own = Language.First(campaign.Language);
        var words = new List<CardElement> { Heading(campaign, t) };
        if (campaign.ImageUrl is { } image)
        {
            words.Add(new Image(image, campaign.ImageAlt ?? campaign.Title) { Size = "Stretch" });
        }

        if (campaign.Summary.Length > 0)
        {
            words.Add(new TextBlock(CardText.Escape(campaign.Summary)));
        }

        // The sponsor's words may be in another language again.
        IReadOnlyList<CardElement> sponsor = campaign.ShowsSponsor
            ? SponsorCards.Words(campaign.SponsorName ?? "", campaign.SponsorMessage!, campaign.SponsorImageUrl, campaign.SponsorImageAlt, own, t.Language)
            : [];

        return
        [
            new TextBlock(t.Format("Campaigns.Kicker", ("type", t[$"Campaigns.Type{campaign.ContentType}"]))) { IsSubtle = true, Size = "Small" },
            .. OwnWords.In(own, t.Language, style: null, words).Select(part => part with { Spacing = "None" }),
            .. credit is null ? Array.Empty<CardElement>() : [new TextBlock(credit.Say(t)) { IsSubtle = true, Size = "Small" }],
            .. sponsor,
            new TextBlock(t.Plural("Campaigns.TakesMinutes", campaign.Minutes)) { IsSubtle = true, Size = "Small" },
        ];
    }

    private static TextBlock Heading(Campaign campaign, Texts t) =>
        new(Bidi.Isolate(CardText.Escape(campaign.Title), t.Language)) { Weight = "Bolder", Size = "Large", Style = "heading" };
}
