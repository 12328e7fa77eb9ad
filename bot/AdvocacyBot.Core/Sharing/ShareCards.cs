using AdvocacyBot.Core.Assistance;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Sharing;

/// <summary>What a person sees while sharing. All of these cards are private.</summary>
public sealed class ShareCards(ActionTokens tokens, PublicAddress address, NetworkCatalogue networks)
{
    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(30);

    /// <summary>The suggested text, the personal link and the ways to share it.</summary>
    /// <param name="share">The person's.</param>
    /// <param name="campaign">What it is about.</param>
    /// <param name="manyTexts">Whether another text can be asked for.</param>
    /// <param name="said">Whether the claim "I shared it" stands.</param>
    /// <param name="disclosure">What the programme adds to the text.</param>
    /// <param name="chosen">Keys of the person's own networks.</param>
    /// <param name="turn">Who, and in which language.</param>
    public AdaptiveCard Offer(Share share, Campaign campaign, bool manyTexts, bool said, DisclosureRule disclosure, IReadOnlySet<string> chosen, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(share);
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(disclosure);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var link = address.Tracked(share.Code, null).AbsoluteUri;
        var (offered, fewer) = OwnNetworks.Of(campaign, chosen, networks);
        var own = Language.First(share.Language);
        var text = disclosure.Add(share.Text, share.Language);
        List<CardElement> body =
        [
            new TextBlock(t.Format("Sharing.OfferTitle", ("title", CardText.Escape(campaign.Title)))) { Weight = "Bolder", Style = "heading" },
            new TextBlock(t["Sharing.YourText"]) { IsSubtle = true, Size = "Small" },
            .. OwnWords.In(own, t.Language, "emphasis", new TextBlock(CardText.Escape(text))),
            new TextBlock(t.Format("Sharing.YourLink", ("link", link))) { Size = "Small" },
        ];

        if (disclosure.IsRequired)
        {
            body.Insert(3, new TextBlock(t["Disclosures.Added"]) { IsSubtle = true, Size = "Small", Spacing = "Small" });
        }

        var open = new List<CardAction>();
        foreach (var network in offered)
        {
            var count = network.Count(text, address.Tracked(share.Code, network.Letter).AbsoluteUri, campaign.Title);
            if (!count.Fits)
            {
                body.Add(new TextBlock(NetworkTexts.TooLong(network, count, t.Language) ?? "") { Color = "Warning", Size = "Small" });
            }
            else if (network.Template is not null)
            {
                open.Add(new OpenUrlAction { Title = NetworkTexts.Open(network, t.Language), Url = address.Composer(share.PrivateCode, network.Key).AbsoluteUri });
            }
        }

        foreach (var hint in offered.Select(network => NetworkTexts.CopyFirst(network, t.Language)).OfType<string>())
        {
            body.Add(new TextBlock(hint) { IsSubtle = true, Size = "Small", Spacing = "Small" });
        }

        if (fewer)
        {
            body.Add(new TextBlock(t.Format("Sharing.OwnNetworks", ("copy", t["Sharing.CopyText"]))) { IsSubtle = true, Size = "Small", Spacing = "Small" });
        }

        open.Add(new OpenUrlAction { Title = t["Sharing.CopyText"], Url = address.SharePage(share.PrivateCode).AbsoluteUri });

        // A set takes five buttons.
        body.AddRange(open.Chunk(5).Select(some => new ActionSet { Actions = some }));
        if (said)
        {
            body.Add(new TextBlock(t["Sharing.SaidAlready"]) { Color = "Good" });
        }

        var actions = new List<CardAction>();
        if (said)
        {
            actions.Add(Button(t["Sharing.AddPost"], ShareRoutes.Post, share.Id, share.Generation, turn));
            actions.Add(Button(t["Sharing.Undo"], ShareRoutes.Undo, share.Id, share.Generation, turn));
        }
        else
        {
            actions.Add(Button(t["Sharing.ISharedIt"], ShareRoutes.Said, share.Id, share.Generation, turn) with { Style = "positive" });
        }

        actions.Add(Button(t["Sharing.EditText"], ShareRoutes.EditText, share.Id, share.Generation, turn));
        if (manyTexts)
        {
            actions.Add(Button(t["Sharing.AnotherText"], ShareRoutes.AnotherText, share.Id, share.Generation, turn));
        }

        actions.Add(Button(t["Assistance.Button"], AskHowFromShare.Verb, share.Id, share.Generation, turn));
        return Notice.For(t, body, actions);
    }

    /// <summary>Thanks after "I shared it".</summary>
    /// <param name="shareId">Which share.</param>
    /// <param name="generation">Of the claim.</param>
    /// <param name="isNew">False: it was recorded before.</param>
    /// <param name="turn">Who.</param>
    public AdaptiveCard Thanks(long shareId, int generation, bool isNew, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        return Notice.For(
            t,
            [new TextBlock(t[isNew ? "Sharing.Thanks" : "Sharing.ThanksAgain"]), new TextBlock(t["Sharing.ThanksHow"]) { IsSubtle = true, Size = "Small" }],
            [
                Button(t["Sharing.AddPost"], ShareRoutes.Post, shareId, generation, turn),
                Button(t["Sharing.Undo"], ShareRoutes.Undo, shareId, generation, turn),
            ]);
    }

    public static Form PostForm(Texts t) => new()
    {
        Token = "",
        Title = t["Sharing.PostTitle"],
        Card = Notice.For(t,
        [
            new InputText { Id = "post", Label = t["Sharing.PostLabel"], Style = "Url", Placeholder = "https://", IsRequired = true, ErrorMessage = t["Sharing.PostBroken"] },
            new TextBlock(t["Sharing.PostHint"]) { IsSubtle = true, Size = "Small" },
        ]),
        Actions = [new FormAction("save", t["Dialogs.Save"]), new FormAction(Dialogs.DialogEngine.CancelAction, t["Dialogs.Cancel"], Validates: false)],
    };

    public static Form TextForm(Share share, DisclosureRule disclosure, Texts t)
    {
        ArgumentNullException.ThrowIfNull(share);
        ArgumentNullException.ThrowIfNull(disclosure);
        return new Form
        {
            Token = "",
            Title = t["Sharing.EditTitle"],
            Card = Notice.For(t,
            [
                new InputText { Id = "text", Label = t["Sharing.EditLabel"], IsMultiline = true, Value = share.Text, IsRequired = true, ErrorMessage = t["Sharing.EditMissing"] },
                new TextBlock(t["Sharing.EditHint"]) { IsSubtle = true, Size = "Small" },
                .. disclosure.For(share.Text, share.Language) is { } words
                    ? [new TextBlock(t.Format("Disclosures.WillBeAdded", ("words", CardText.Escape(words)))) { IsSubtle = true, Size = "Small" }]
                    : Array.Empty<CardElement>(),
            ]),
            Actions = [new FormAction("save", t["Dialogs.Save"]), new FormAction(Dialogs.DialogEngine.CancelAction, t["Dialogs.Cancel"], Validates: false)],
        };
    }

    private ExecuteAction Button(string title, string verb, long shareId, int generation, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, shareId, 0, generation, "", turn.Now + ButtonLifetime))),
    };
}
