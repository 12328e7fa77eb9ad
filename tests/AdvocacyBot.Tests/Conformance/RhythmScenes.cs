using System.Globalization;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Feeds;
using AdvocacyBot.Core.Leadership;
using AdvocacyBot.Core.Rhythm;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Conformance;

/// <summary>Feeds, sponsors, kick-off, calendar, recurring campaigns, warnings, templates and disclosure, one after the other.</summary>
internal static class RhythmScenes
{
    public static async Task LiveAsync(TestBot bot, string comms, string employee, string channel)
    {
        await bot.GiveAsync("olivia", Roles.Owner);
        await bot.GiveAsync(employee, Roles.Sponsor);

        // What is asked of a sponsor waits for the end of their quiet hours.
        await bot.QueryAsync(db => db.Preferences.ExecuteUpdateAsync(set => set.SetProperty(p => p.QuietFrom, (int?)null).SetProperty(p => p.QuietTo, (int?)null).SetProperty(p => p.QuietDays, 0)));
        await FeedsAsync(bot, comms, channel);
        await DiscloseAsync(bot, employee, channel);
        await TemplatesAsync(bot, comms, channel);
        await SponsorAsync(bot, comms, employee, channel);
        await KickOffAsync(bot, comms, employee, channel);
        await RepeatAsync(bot, comms, channel);
        await WarnAsync(bot, comms);
        await bot.GiveAsync(employee, Roles.None);
    }

    private static async Task FeedsAsync(TestBot bot, string comms, string channel)
    {
        var address = $"https://news.example.com/{channel}";
        bot.Feeds.Known[address] =
            $"<rss><channel><title>*News* _of_ us</title><item><title>1) &lt;b&gt;Big&lt;/b&gt; [day](x)</title><link>{address}/1</link><description>{new string('d', 900)}</description></item></channel></rss>";
        await bot.CommandAsync(comms, "feeds https://nowhere.example.com/", channel);
        var list = CardReader.Card(await bot.CommandAsync(comms, $"feeds {address}", channel));
        var form = CardReader.Form(await bot.PressAsync(comms, list, FeedRoutes.Add, channel));
        await bot.DispatchAsync(bot.Answer(comms, form, "add", channel, (FeedProbe.Field, "nonsense")));
        await bot.DispatchAsync(bot.Answer(comms, form, "add", channel, (FeedProbe.Field, address)));
        await bot.CommandAsync(comms, "approve", channel);
        bot.Feeds.Known.Remove(address);
        bot.Clock.Advance(TimeSpan.FromHours(2));
        await bot.Services.GetRequiredService<PollFeeds>().RunAsync(CancellationToken.None);
        list = CardReader.Card(await bot.CommandAsync(comms, "feeds", channel));
        await bot.PressAsync(comms, list, FeedRoutes.Look, channel);
        list = CardReader.Card(await bot.PressAsync(comms, list, FeedRoutes.Pause, channel));
        await bot.PressAsync(comms, list, FeedRoutes.Resume, channel);
        await bot.PressAsync(comms, list, FeedRoutes.Remove, channel);
        await bot.CommandAsync(comms, "approve", channel);
    }

    private static async Task DiscloseAsync(TestBot bot, string employee, string channel)
    {
        var form = CardReader.Form(await bot.CommandAsync("olivia", "disclosure", channel));
        await bot.DispatchAsync(bot.Answer("olivia", form, "save", channel, ("required", "true"), ("text_en", new string('x', 121))));
        await bot.DispatchAsync(bot.Answer("olivia", form, "save", channel, ("required", "true"), ("text_en", "I *work* here."), ("text_he", "העבודה שלי כאן.")));
        var card = await bot.ShareAsync(employee, CardReader.Card(await bot.CommandAsync(employee, "content", channel)));
        await bot.DispatchAsync(bot.Answer(employee, CardReader.Form(await bot.PressAsync(employee, card, "share.edit", channel)), "save", channel));
    }

    private static async Task TemplatesAsync(TestBot bot, string comms, string channel)
    {
        foreach (var action in new[] { "save", "default" })
        {
            var type = CardReader.Form(await bot.CommandAsync(comms, "templates", channel));
            var words = CardReader.Form(await bot.DispatchAsync(bot.Answer(comms, type, "next", channel, ("contentType", "Webinar"))));
            await bot.DispatchAsync(bot.Answer(comms, words, "save", channel, ("minutes", "0"), ("networks", "")));
            await bot.DispatchAsync(bot.Answer(comms, words, action, channel, ("title_en", "A *hint* with [words](x)"), ("text1_en", "1. _My_ own")));
        }
    }

    private static async Task SponsorAsync(TestBot bot, string comms, string employee, string channel)
    {
        var sponsor = (await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == employee).Select(p => p.Id).SingleAsync())).ToString(CultureInfo.InvariantCulture);
        foreach (var (ask, verb) in new[] { ("agree", LeadershipRoutes.Agree), ("write", LeadershipRoutes.Write), ("agree", LeadershipRoutes.Decline) })
        {
            var content = CardReader.Form(await bot.CommandAsync(comms, "campaign", channel));
            content = CardReader.Form(await bot.DispatchAsync(bot.Answer(comms, content, "template", channel, ("contentType", "Webinar"))));
            var texts = CardReader.Form(await bot.DispatchAsync(bot.Answer(
                comms, content, "next", channel, ("link", $"https://example.com/{ask}"), ("title", "1. With _words_"), ("sponsor", sponsor), ("sponsorAsk", ask),
                ("sponsorMessage", ask == "write" ? "" : "*Please* share"), ("sponsorImage", "https://example.com/s.png"), ("sponsorImageAlt", "A sponsor"))));
            texts = CardReader.Form(await bot.DispatchAsync(bot.Answer(comms, texts, "examples", channel)));
            var schedule = CardReader.Form(await bot.DispatchAsync(bot.Answer(comms, texts, "next", channel)));
            var preview = CardReader.Form(await bot.DispatchAsync(bot.Answer(comms, schedule, "next", channel)));
            await bot.DispatchAsync(bot.Answer(comms, preview, "publish", channel));
            await bot.SendOutboxAsync();
            var asked = bot.NotesTo(employee).Last(note => CardReader.Actions(note).OfType<ExecuteAction>().Any(action => action.Verb == verb));
            var answered = await bot.PressAsync(employee, asked, verb, channel);
            if (verb == LeadershipRoutes.Write)
            {
                await bot.DispatchAsync(bot.Answer(employee, CardReader.Form(answered), "save", channel, ("message", "My own [words](x).")));
            }

            await bot.SendOutboxAsync();
        }
    }

    private static async Task KickOffAsync(TestBot bot, string comms, string employee, string channel)
    {
        var words = CardReader.Form(await bot.CommandAsync(comms, "kickoff", channel));
        await bot.DispatchAsync(bot.Answer(comms, words, "preview", channel, ("title", "")));
        var preview = CardReader.Form(await bot.DispatchAsync(bot.Answer(
            comms, words, "preview", channel, ("sponsorName", "Sam *S*"), ("sponsorMessage", "I _do_."), ("sponsorImage", "https://example.com/s.png"), ("sponsorImageAlt", "Sam"))));
        await bot.DispatchAsync(bot.Answer(comms, preview, "send", channel));
        await bot.SendOutboxAsync();
        await bot.PressAsync(employee, bot.Sender.Sent.Last(sent => sent.Message.Recipient is null).Message.Card, LeadershipRoutes.Content, channel);
        await bot.DispatchAsync(bot.Answer(comms, CardReader.Form(await bot.CommandAsync(comms, "kickoff", channel)), "cancel", channel));
    }

    private static async Task RepeatAsync(TestBot bot, string comms, string channel)
    {
        await bot.CommandAsync(comms, "campaigns recurring", channel);
        var form = CardReader.Form(await bot.PressAsync(comms, CardReader.Card(await bot.CommandAsync(comms, "campaigns", channel)), RhythmRoutes.Repeat, channel));
        await bot.DispatchAsync(bot.Answer(comms, form, "save", channel, ("every", "0")));
        var one = CardReader.Card(await bot.DispatchAsync(bot.Answer(comms, form, "save", channel, ("every", "2"), ("unit", "Months"), ("nth", "5"))));
        var list = CardReader.Card(await bot.PressAsync(comms, one, RhythmRoutes.Skip, channel));
        list = CardReader.Card(await bot.PressAsync(comms, list, RhythmRoutes.Keep, channel));
        var calendar = CardReader.Card(await bot.CommandAsync(comms, "campaigns calendar", channel));
        await bot.PressAsync(comms, calendar, RhythmRoutes.Page, channel);
        await bot.PressAsync(comms, calendar, RhythmRoutes.List, channel);
        await bot.PressAsync(comms, list, RhythmRoutes.Stop, channel);
        await bot.PressAsync(comms, list, RhythmRoutes.Stop, channel);
    }

    /// <summary>The last campaigns were many in a short time; then it goes quiet.</summary>
    private static async Task WarnAsync(TestBot bot, string comms)
    {
        var before = bot.NotesTo(comms).Count;
        for (var hours = 0; hours < 24 * 10; hours += 4)
        {
            bot.Clock.Advance(TimeSpan.FromHours(4));
            await bot.ScopedAsync((PlanWarnings plan) => plan.RunAsync(CancellationToken.None));
        }

        await bot.SendOutboxAsync();
        Assert.True(bot.NotesTo(comms).Count > before);
    }
}
