using System.Text.Json;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Api;
using AdvocacyBot.Slack.Rendering;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Replies;

/// <summary>Cards and forms as the JSON that goes to Slack.</summary>
internal static class Drawing
{
    public static SlackMessage Message(AdaptiveCard card) => MessageRenderer.Render(card, card.FallbackText);

    public static RawJson Blocks(SlackMessage message) => message.Written ?? new(JsonSerializer.SerializeToUtf8Bytes(message.Blocks, BlockJson.Context.IReadOnlyListBlock));

    public static RawJson Form(Form form, Place place) => View(ViewRenderer.Modal(form, Meta(form, place)));

    /// <summary>The form as it was filled in, with what is wrong at its fields.</summary>
    public static RawJson Form(Form form, Place place, IReadOnlyDictionary<string, string> errors) =>
        View(ViewRenderer.WithErrors(ViewRenderer.Modal(form with { Card = FilledCard.With(form.Card, place.Typed) }, Meta(form, place)), errors));

    /// <summary>A card in a modal, to be read and closed.</summary>
    public static RawJson Reading(AdaptiveCard card, Place place) =>
        View(ViewRenderer.Notice(card, Texts.In(place.Language)["Slack.NoticeTitle"], place.Meta().Write()));

    public static RawJson Loading(Place place) => View(ViewRenderer.Loading(place.Language, place.Meta().Write()));

    public static RawJson View(View view) => new(JsonSerializer.SerializeToUtf8Bytes(view, BlockJson.Context.View));

    public static AdaptiveCard Notice(Language language, string key)
    {
        var texts = Texts.In(language);
        return Core.Cards.Notice.Card(texts, texts[key]);
    }

    private static string Meta(Form form, Place place) => (place.Meta() with { Token = form.Token, Primary = form.Actions[0].Id }).Write();
}
