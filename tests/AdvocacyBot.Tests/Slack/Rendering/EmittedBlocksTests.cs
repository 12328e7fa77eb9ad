using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Home;
using AdvocacyBot.Slack.Rendering;
using AdvocacyBot.Tests.Conformance;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Home;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Slack.Rendering;

/// <summary>Every card, form and Home tab of a whole life with the bot in each language, as Slack gets them, judged by Slack's own types and limits.</summary>
public sealed class EmittedBlocksTests
{
    [Fact]
    public async Task Everything_the_bot_says_is_what_Slack_takes()
    {
        await using var bot = await TestBot.StartAsync(services => services.AddScoped<HomeQuery>());
        var homes = new List<string> { BlockConformance.Json(await HomeTab.OfAsync(bot, "h2")) };
        await EmittedCardsTests.LiveAsync(bot);
        foreach (var person in new[] { "carmen", "dana", "e1", "h1", "e2" })
        {
            homes.Add(BlockConformance.Json(await HomeTab.OfAsync(bot, person)));
        }

        var answered = bot.Replies.Where(reply => reply is PrivateReply or PublicReply or ReplaceCardReply).Select(CardReader.Card).ToList();
        var forms = bot.Replies.OfType<OpenFormReply>().Select(reply => reply.Form).ToList();
        var sent = bot.Sender.Sent.Concat(bot.Sender.Updated).Select(sent => sent.Message).ToList();
        Assert.All(answered.Concat(forms.Select(form => form.Card)).Concat(sent.Select(message => message.Card)), AssertReadsInItsDirection);
        Assert.All(answered.Concat(sent.Select(message => message.Card)), card => Assert.Empty(MessageRenderer.Render(card, null).More));

        var errors = new Dictionary<string, string> { ["title"] = "Give it a title.", [""] = "הקמפיין כבר לא קיים." };
        await BlockConformance.AssertValidAsync(
        [
            .. answered.Select(card => MessageRenderer.Render(card, null)).Concat(sent.Select(message => MessageRenderer.Render(message.Card, message.Summary)))
                .SelectMany(BlockConformance.Json).Distinct(),
            .. answered.Select(card => ViewRenderer.Notice(card, "A notice", "{}")).Select(BlockConformance.Json).Distinct(),
            .. forms.Select(form => ViewRenderer.Modal(form, form.Token)).SelectMany(view => new[] { view, ViewRenderer.WithErrors(view, errors) }).Select(BlockConformance.Json),
            .. forms.Select(form => MessageRenderer.Render(form.Card, form.Title)).SelectMany(BlockConformance.Json).Distinct(),
            .. Language.All.Select(language => ViewRenderer.Loading(language)).Select(BlockConformance.Json),
            .. homes,
        ]);
    }

    /// <summary>The first strong letter decides the direction, so in a Hebrew card each line must begin with a Hebrew one, or a mark; parts with a direction of their own apart.</summary>
    private static void AssertReadsInItsDirection(AdaptiveCard card)
    {
        var rightToLeft = card.Rtl is true;
        if (CardReader.Elements(card).Any(element => element is Container { Rtl: { } own } && own != rightToLeft))
        {
            return;
        }

        var lines = BlockReader.Texts(new CardBlocks(card, new FieldBlocks("n"), new ButtonBlocks()).Body(card.Body)).SelectMany(text => text.Split('\n')).Where(line => line.Any(char.IsLetter));
        Assert.All(lines, line => Assert.True((Bidi.IsRightToLeft(line.TrimStart('\u200E')) is true && line[0] != '\u200E') == rightToLeft, line));
    }
}
