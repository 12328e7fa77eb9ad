using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>A campaign's card as it will stand in its first channel, and the facts that do not stand on it.</summary>
public sealed class CampaignPreview(AdvocacyDb db, NetworkCatalogue networks, PromptCards prompts, Credits credits, AudiencePreview audience)
{
    /// <param name="campaign">Whose words the draft takes the place of.</param>
    /// <param name="draft">What is shown.</param>
    /// <param name="turn">Who looks.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<(AdaptiveCard Card, IReadOnlyList<Fact> Facts)> BuildAsync(
        Campaign campaign, CampaignDraft draft, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var shown = new Campaign
        {
            Id = campaign.Id,
            Code = campaign.Code,
            Title = campaign.Title,
            Link = campaign.Link,
            Language = campaign.Language,
        };
        draft.ApplyTo(shown, turn.Now);
        var channels = await db.Conversations.AsNoTracking()
            .Where(c => draft.Channels.Contains(c.Id)).OrderBy(c => c.Name).ToListAsync(cancellationToken);
        var language = channels.Count == 0 ? t.Language : Language.First(channels[0].Language, turn.Workspace.Language.Code);
        List<Fact> facts =
        [
            new(t["Campaigns.Channels"], channels.Count == 0 ? t["Broadcasts.NoChannels"] : new JoinedText(channels.ConvertAll(c => CardText.Escape(c.Name)), t.Language).ToString()),
            .. await audience.FactsAsync(campaign, draft, turn, cancellationToken),
            new(t["Campaigns.Starts"], draft.Start.Length == 0 ? t["Campaigns.AtOnce"] : draft.Start.Replace('T', ' ')),
            new(t["Campaigns.Ends"], draft.End.Length == 0 ? t["Campaigns.OpenEnded"] : draft.End.Replace('T', ' ')),
            new(t["Campaigns.Networks"], string.Join(", ", draft.Networks.Select(key => Bidi.Isolate(networks.Find(key)?.Name(t.Language) ?? key, t.Language)))),
        ];
        var disclosure = await db.DisclosureAsync(turn.Workspace.Id, cancellationToken);
        for (var i = 0; i < draft.Texts.Count; i++)
        {
            var (written, text) = draft.Texts[i];
            facts.Add(new Fact(t.Format("Campaigns.Text", ("number", i + 1)), Bidi.Isolate(CardText.Escape(disclosure.Add(text, written)), t.Language)));
        }

        if (draft.SponsorAsk is { } ask)
        {
            facts.Add(new Fact(t["Leadership.Sponsor"], t.Format($"Leadership.Stands{ask}", ("sponsor", CardText.Escape(draft.SponsorName)))));
        }

        return (prompts.Live(shown, 0, language, turn.Now, await credits.OfAsync(draft.SuggestionId, cancellationToken)), facts);
    }
}
