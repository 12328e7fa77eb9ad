using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>Suggests what the form is filled in with; who has not joined agrees to this one.</summary>
    public static async Task<AdaptiveCard> SuggestAsync(this TestBot bot, string person, string typed, bool byName = false, params (string Id, string Value)[] changed)
    {
        var form = CardReader.Form(await bot.CommandAsync(person, $"suggest {typed}"));
        var consent = CardReader.Inputs(form.Card).ContainsKey("agree") ? new[] { ("agree", "true") } : [];
        return Assert.IsType<PrivateReply>(await bot.SubmitAsync(person, form, "suggest", [.. consent, ("appear", byName ? "true" : "false"), .. changed])).Card;
    }

    /// <summary>Gives roles past the programme's own rules, as the start of a story.</summary>
    public static async Task GiveAsync(this TestBot bot, string person, Roles roles)
    {
        await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == person).ExecuteUpdateAsync(set => set.SetProperty(p => p.Roles, roles)));
        bot.Services.GetRequiredService<PeopleDirectory>().Forget();
    }

    /// <summary>The direct messages a person got, oldest first.</summary>
    public static IReadOnlyList<AdaptiveCard> NotesTo(this TestBot bot, string person) =>
        [.. bot.Sender.Sent.Where(sent => sent.Message.Recipient?.Id == person).Select(sent => sent.Message.Card)];

    /// <summary>The press of a button that the bot could have made for a person, whether or not it would.</summary>
    public static async Task<ActionPressed> PressOfAsync(this TestBot bot, string person, string verb, long subject, string channel = TestBot.General)
    {
        var id = await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == person).Select(p => p.Id).SingleAsync());
        var command = bot.Command(person, "x", channel);
        return new ActionPressed
        {
            Token = bot.Services.GetRequiredService<ActionTokens>().Protect(new ActionToken(verb, id, subject, 0, 0, "", bot.Clock.GetUtcNow().AddDays(1))),
            Workspace = command.Workspace,
            Conversation = command.Conversation,
            Person = command.Person,
            DedupKey = command.DedupKey,
            At = command.At,
        };
    }
}
