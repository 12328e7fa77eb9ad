using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>What people do again and again.</summary>
internal static class Journeys
{
    /// <summary>Composes a campaign up to its preview.</summary>
    public static async Task<Form> ComposeAsync(this TestBot bot, string person, string title, string? channels = null, string[]? texts = null, string link = "https://example.com/news")
    {
        var content = CardReader.Form(await bot.CommandAsync(person, "campaign"));
        return await bot.FinishComposingAsync(person, content, title, channels, texts, link);
    }

    public static async Task<Form> FinishComposingAsync(
        this TestBot bot, string person, Form content, string title, string? channels = null, string[]? texts = null, string link = "https://example.com/news")
    {
        var textsForm = CardReader.Form(await bot.SubmitAsync(person, content, "next", ("link", link), ("title", title), ("summary", "What it is about.")));
        var given = (texts ?? ["We are proud of this."]).Select((text, i) => ($"text{i + 1}", text)).ToArray();
        var schedule = CardReader.Form(await bot.SubmitAsync(person, textsForm, "next", given));
        return CardReader.Form(channels is null
            ? await bot.SubmitAsync(person, schedule, "next")
            : await bot.SubmitAsync(person, schedule, "next", ("channels", channels)));
    }

    /// <summary>Composes and publishes; the card that stands in the channel.</summary>
    public static async Task<AdaptiveCard> PublishAsync(this TestBot bot, string title, string[]? texts = null, string person = "carmen", string? channels = null)
    {
        var preview = await bot.ComposeAsync(person, title, channels, texts);
        Assert.IsType<PrivateReply>(await bot.SubmitAsync(person, preview, "publish"));
        await bot.SendOutboxAsync();
        return bot.Sender.Sent[^1].Message.Card;
    }

    /// <summary>Joins where that is asked, and comes to the share card.</summary>
    public static async Task<AdaptiveCard> ShareAsync(this TestBot bot, string person, AdaptiveCard prompt, bool byName = false)
    {
        var reply = await bot.PressAsync(person, prompt, "share");
        if (reply is OpenFormReply join)
        {
            reply = await bot.SubmitAsync(person, join.Form, "join", ("agree", "true"), ("appear", byName ? "true" : "false"));
        }

        return Assert.IsType<PrivateReply>(reply).Card;
    }
}
