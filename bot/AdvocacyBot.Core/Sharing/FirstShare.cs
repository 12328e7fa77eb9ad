using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Sharing;

/// <summary>The share card right after joining: with the manners of the networks that stand on it, and the way to the own networks where that is still to be done.</summary>
public sealed class FirstShare(AdvocacyDb db, ShowShare show, NetworkCatalogue networks, OwnPreferences own, ActionTokens tokens)
{
    public async Task<AdaptiveCard> RunAsync(long campaignId, long conversationId, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);

        // The language may have been chosen on the way here.
        var chosen = await db.People.AsNoTracking().Where(p => p.Id == turn.Person.Id).Select(p => p.Language).FirstOrDefaultAsync(cancellationToken);
        turn = turn with { Language = Language.Find(chosen) ?? turn.Language };
        var t = turn.Texts;
        var card = await show.RunAsync(campaignId, conversationId, turn, cancellationToken);
        var campaign = await db.Campaigns.FirstAsync(c => c.Id == campaignId, cancellationToken);
        var manners = OwnNetworks.Of(campaign, await db.ChosenNetworksAsync(turn.Person.Id, cancellationToken), networks).Shown
            .Select(network => NetworkTexts.Manners(network, t.Language) is { } said ? $"{Bidi.Isolate(network.Name(t.Language), t.Language)}: {said}" : null).OfType<string>().ToList();
        var more = new List<CardElement>();
        if (manners.Count > 0)
        {
            more.Add(new TextBlock(t["Preferences.MannersTitle"]) { Weight = "Bolder", Style = "heading", Separator = true });
            more.AddRange(manners.Select(line => new TextBlock(line) { Size = "Small", Spacing = "Small" }));
        }

        if ((await own.ReadAsync(turn.Person.Id, cancellationToken)).SetUpStep < SetUpDialog.Done)
        {
            more.Add(new TextBlock(t["Preferences.SetUpOffer"]) { IsSubtle = true, Size = "Small" });
            more.Add(new ActionSet
            {
                Actions =
                [
                    new ExecuteAction
                    {
                        Title = t["Preferences.SetUp"],
                        Verb = Me.SetUpVerb,
                        Data = new ActionData(tokens.Protect(new ActionToken(Me.SetUpVerb, turn.Person.Id, turn.Conversation.Id, 0, 0, "", turn.Now.AddDays(30)))),
                    },
                ],
            });
        }

        return card with { Body = [.. card.Body, .. more] };
    }
}
