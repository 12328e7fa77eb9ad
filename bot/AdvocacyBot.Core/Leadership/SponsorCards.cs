using System.Security.Cryptography;
using System.Text;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Leadership;

/// <summary>What a sponsor says, and what a sponsor is asked.</summary>
public sealed class SponsorCards(ActionTokens tokens, TimeProvider clock)
{
    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(90);

    /// <summary>A sponsor's words with picture, and the name, each in its own direction: words and name may be of two languages.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="message">Not empty.</param>
    /// <param name="imageUrl">Null: no picture.</param>
    /// <param name="imageAlt">What the picture shows.</param>
    /// <param name="written">Language of what they were written for.</param>
    /// <param name="around">Language of the card.</param>
    public static IReadOnlyList<CardElement> Words(string name, string message, string? imageUrl, string? imageAlt, Language written, Language around)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(around);
        return OwnWords.In(
            written,
            around,
            "accent",
            [
                .. imageUrl is null ? Array.Empty<CardElement>() : [new Image(imageUrl, imageAlt ?? name) { Size = "Small" }],
                new TextBlock($"“{CardText.Escape(message)}”"),
                new TextBlock($"— {Bidi.Isolate(CardText.Escape(name), around)}") { IsSubtle = true, Spacing = "Small" },
            ]);
    }

    /// <summary>What the sponsor is asked about a campaign.</summary>
    public AdaptiveCard Asked(Campaign campaign, long sponsorId, Texts t)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(t);
        var title = ("title", (object?)CardText.Escape(campaign.Title));
        var written = !string.IsNullOrEmpty(campaign.SponsorMessage);
        List<CardElement> body = [new TextBlock(t.Format(campaign.SponsorAsk == SponsorAsk.ToWrite ? "Leadership.AskedToWrite" : "Leadership.AskedToAgree", title))];
        if (campaign.Summary.Length > 0)
        {
            body.Add(new TextBlock(Bidi.Isolate(CardText.Escape(campaign.Summary), t.Language)) { IsSubtle = true });
        }

        if (written)
        {
            body.AddRange(Words(campaign.SponsorName ?? "", campaign.SponsorMessage!, campaign.SponsorImageUrl, campaign.SponsorImageAlt, Language.First(campaign.Language), t.Language));
        }

        body.Add(new TextBlock(t["Leadership.AskedHow"]) { IsSubtle = true, Size = "Small" });
        List<CardAction> actions = [];
        if (written)
        {
            actions.Add(Button(t["Leadership.Agree"], LeadershipRoutes.Agree, campaign, sponsorId) with { Style = "positive" });
        }

        actions.Add(Button(t[written ? "Leadership.Change" : "Leadership.Write"], LeadershipRoutes.Write, campaign, sponsorId));
        actions.Add(Button(t["Leadership.Decline"], LeadershipRoutes.Decline, campaign, sponsorId));
        return Notice.For(t, body, actions);
    }

    /// <summary>Tells the words that somebody agrees to from what they were edited to since.</summary>
    internal static int Mark(string? message) => BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(message ?? "")), 0) & int.MaxValue;

    private ExecuteAction Button(string title, string verb, Campaign campaign, long sponsorId) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, sponsorId, campaign.Id, 0, Mark(campaign.SponsorMessage), "", clock.GetUtcNow() + ButtonLifetime))),
    };
}
