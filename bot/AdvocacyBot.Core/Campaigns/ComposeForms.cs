using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>The forms of the compose dialog.</summary>
internal static class ComposeForms
{
    public const string Next = "next";
    public const string Back = "back";
    public const string Publish = "publish";
    public const string Keep = "keep";
    public const string Template = "template";
    public const string Examples = "examples";

    public static Form Content(CampaignDraft draft, ContentTemplate template, IReadOnlyList<SponsorChoice> sponsors, string? note, Texts t) => new()
    {
        Token = "",
        Title = t["Campaigns.ContentTitle"],
        Card = Notice.For(t,
        [
            .. note is null ? Array.Empty<CardElement>() : [new TextBlock(note) { Color = "Warning" }],
            new InputText { Id = "link", Label = t["Campaigns.Link"], IsRequired = true, Style = "Url", Value = draft.Link, Placeholder = "https://", ErrorMessage = t["Campaigns.LinkMissing"] },
            new InputText { Id = "title", Label = t["Campaigns.Title"], IsRequired = true, Value = draft.Title, Placeholder = Hint(template.TitleHint(t)), ErrorMessage = t["Campaigns.TitleMissing"] },
            new InputText { Id = "summary", Label = t["Campaigns.Summary"], IsMultiline = true, Value = draft.Summary, Placeholder = Hint(template.SummaryHint(t)) },
            new InputText { Id = "imageUrl", Label = t["Campaigns.Image"], Style = "Url", Value = draft.ImageUrl, Placeholder = "https://" },
            new InputText { Id = "imageAlt", Label = t["Campaigns.ImageAlt"], Value = draft.ImageAlt },
            new InputChoiceSet
            {
                Id = "contentType",
                Label = t["Campaigns.ContentType"],
                Value = draft.ContentType.ToString(),
                Style = "compact",
                Choices = [.. Enum.GetValues<ContentType>().Select(type => new Choice(t[$"Campaigns.Type{type}"], type.ToString()))],
            },
            new TextBlock(t["Templates.Offer"]) { IsSubtle = true, Size = "Small" },
            LanguageChoice("language", t["Campaigns.Language"], draft.Language, t),
            new InputNumber { Id = "minutes", Label = t["Campaigns.Minutes"], Value = draft.Minutes, Min = 1, Max = 60 },
            .. SponsorFields.Show(
                new SponsorWords(draft.SponsorId, draft.SponsorName, draft.SponsorMessage, draft.SponsorImageUrl, draft.SponsorImageAlt, draft.SponsorAsk), sponsors, mayAsk: true, t),
        ]),
        Actions = [new FormAction(Next, t["Campaigns.Next"]), new FormAction(Template, t["Templates.Use"], Validates: false), Cancel(t)],
    };

    public static Form Texts(CampaignDraft draft, NetworkCatalogue networks, DisclosureRule disclosure, Texts t)
    {
        var body = new List<CardElement>
        {
            new InputChoiceSet
            {
                Id = "networks",
                Label = t["Campaigns.Networks"],
                IsRequired = true,
                IsMultiSelect = true,
                Style = "expanded",
                ErrorMessage = t["Campaigns.NetworksMissing"],
                Value = string.Join(',', draft.Networks.Count > 0 ? draft.Networks : networks.All.Select(network => network.Key)),
                Choices = [.. networks.All.Select(network => new Choice(network.Name(t.Language), network.Key))],
            },
            new TextBlock(t["Campaigns.TextsHint"]) { IsSubtle = true, Spacing = "Medium" },
        };
        if (disclosure.For("", draft.Language) is { } words)
        {
            body.Add(new TextBlock(t.Format("Disclosures.WillBeAdded", ("words", CardText.Escape(words)))) { IsSubtle = true });
        }

        for (var i = 0; i < CampaignDraft.MaxTexts; i++)
        {
            var text = i < draft.Texts.Count ? draft.Texts[i] : new DraftText(draft.Language, "");
            body.Add(new InputText
            {
                Id = $"text{i + 1}",
                Label = t.Format("Campaigns.Text", ("number", i + 1)),
                IsMultiline = true,
                Value = text.Text,
                IsRequired = i == 0 ? true : null,
                ErrorMessage = i == 0 ? t["Campaigns.TextsMissing"] : null,
                Separator = i > 0 ? true : null,
            });
            body.Add(LanguageChoice($"textLanguage{i + 1}", t.Format("Campaigns.TextLanguage", ("number", i + 1)), text.Language, t));
        }

        body.Add(new TextBlock(t.Format("Templates.ExamplesOffer", ("type", t[$"Campaigns.Type{draft.ContentType}"]))) { IsSubtle = true, Size = "Small", Separator = true });

        return new Form
        {
            Token = "",
            Title = t["Campaigns.TextsTitle"],
            Card = Notice.For(t, body),
            Actions = [new FormAction(Next, t["Campaigns.Next"]), new FormAction(Examples, t["Templates.UseExamples"], Validates: false), BackAction(t), Cancel(t)],
        };
    }

    /// <param name="draft">What is filled in.</param>
    /// <param name="channels">That can be chosen.</param>
    /// <param name="workspaces">Where they are, by id.</param>
    /// <param name="values">What people can be chosen by.</param>
    /// <param name="t">The composing person's language.</param>
    public static Form Schedule(
        CampaignDraft draft,
        IReadOnlyList<Conversation> channels,
        IReadOnlyDictionary<long, Workspace> workspaces,
        IReadOnlyDictionary<Facet, IReadOnlyList<FacetValue>> values,
        Texts t) => new()
    {
        Token = "",
        Title = t["Campaigns.ScheduleTitle"],
        Card = Notice.For(t,
        [
            new InputChoiceSet
            {
                Id = "channels",
                Label = t["Campaigns.Channels"],
                IsMultiSelect = true,
                Style = "expanded",
                Value = string.Join(',', draft.Channels),
                Choices = [.. channels.Select(channel => new Choice(ChannelName(channel, workspaces), channel.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)))],
            },
            .. AudienceForm.Inputs(draft.Audience, values, t),
            new TextBlock(t["Campaigns.TimesHint"]) { IsSubtle = true, Spacing = "Medium" },
            new InputDate { Id = "startDate", Label = t["Campaigns.StartDate"], Value = Part(draft.Start, 0) },
            new InputTime { Id = "startTime", Label = t["Campaigns.StartTime"], Value = Part(draft.Start, 1) },
            new InputDate { Id = "endDate", Label = t["Campaigns.EndDate"], Value = Part(draft.End, 0) },
            new InputTime { Id = "endTime", Label = t["Campaigns.EndTime"], Value = Part(draft.End, 1) },
        ]),
        Actions = [new FormAction(Next, t["Campaigns.Preview"]), BackAction(t), Cancel(t)],
    };

    private static string ChannelName(Conversation channel, IReadOnlyDictionary<long, Workspace> workspaces)
    {
        var workspace = workspaces[channel.WorkspaceId];
        var zone = channel.TimeZone ?? workspace.TimeZone;
        return workspaces.Count == 1 ? $"{channel.Name} ({zone})" : $"{channel.Name}, {workspace.Name} ({zone})";
    }

    /// <param name="prompt">The card exactly as it will stand in the channel.</param>
    /// <param name="facts">Where and when.</param>
    /// <param name="draft">Decides between "publish" and "schedule".</param>
    /// <param name="editing">A published campaign is being changed.</param>
    /// <param name="t">The composing person's language.</param>
    public static Form PreviewForm(AdaptiveCard prompt, IReadOnlyList<Fact> facts, CampaignDraft draft, bool editing, Texts t)
    {
        return new Form
        {
            Token = "",
            Title = t["Campaigns.PreviewTitle"],
            Card = PreviewCard(prompt, facts, t),
            Actions = editing
                ? [new FormAction(Publish, t["Campaigns.SaveChanges"]), BackAction(t), Cancel(t)]
                :
                [
                    new FormAction(Publish, t[draft.Start.Length == 0 ? "Campaigns.PublishNow" : "Campaigns.Schedule"]),
                    new FormAction(Keep, t["Campaigns.KeepDraft"], Validates: false),
                    BackAction(t),
                    Cancel(t),
                ],
        };
    }

    /// <summary>A campaign's card inside another card, with where and when.</summary>
    public static AdaptiveCard PreviewCard(AdaptiveCard prompt, IReadOnlyList<Fact> facts, Texts t)
    {
        var buttons = string.Join(" · ", (prompt.Actions ?? []).Select(action => action.Title));
        return Notice.For(t,
        [
            new TextBlock(t["Campaigns.PreviewHint"]) { IsSubtle = true },
            new Container { Style = "emphasis", Rtl = prompt.Rtl, Items = prompt.Body },

            // In the composing person's language, which may not be the channel's: it has no place in the box.
            new TextBlock(t.Format("Campaigns.PreviewButtons", ("buttons", buttons))) { IsSubtle = true },
            new FactSet { Facts = facts },
        ]);
    }

    public static InputChoiceSet LanguageChoice(string id, string label, string value, Texts t) => new()
    {
        Id = id,
        Label = label,
        Value = value,
        Style = "compact",
        Choices = [.. Language.All.Select(language => new Choice(t[$"Common.Language_{language.Code}"], language.Code))],
    };

    public static FormAction Cancel(Texts t) => new(DialogEngine.CancelAction, t["Dialogs.Cancel"], Validates: false);

    private static FormAction BackAction(Texts t) => new(Back, t["Dialogs.Back"], Validates: false);

    private static string? Hint(string words) => words.Length == 0 ? null : words;

    private static string? Part(string local, int index)
    {
        var parts = local.Split('T');
        return parts.Length == 2 ? parts[index] : null;
    }
}
