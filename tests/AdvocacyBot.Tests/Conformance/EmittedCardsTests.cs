using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Tests.Broadcasts;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Conformance;

/// <summary>A whole life with the bot in each language; every card and form that it shows on the way is judged.</summary>
public sealed class EmittedCardsTests
{
    private static readonly Cast English = new("carmen", "e1", TestBot.General);
    private static readonly Cast Hebrew = new("dana", "h1", TestBot.Hebrew);

    [Fact]
    public async Task Every_card_and_form_is_what_the_channels_take()
    {
        await using var bot = await TestBot.StartAsync();
        await LiveAsync(bot);

        var cards = bot.Replies.Where(reply => reply is PrivateReply or PublicReply or ReplaceCardReply or OpenFormReply).Select(CardReader.Card)
            .Concat(bot.Sender.Sent.Concat(bot.Sender.Updated).Select(sent => sent.Message.Card))
            .ToList();
        Assert.All(new[] { "en", "he" }, language => Assert.True(cards.Count(card => card.Lang == language) > 30));
        Assert.All(cards.SelectMany(CardReader.Actions), button => Assert.InRange(button.Title.Length, 1, 40));
        Assert.All(bot.Replies.OfType<OpenFormReply>().Select(reply => reply.Form), AssertFits);
        await CardConformance.AssertValidAsync([.. cards.Select(CardJson.Serialize).Distinct()]);
    }

    /// <summary>Leaves every card in <see cref="TestBot.Replies"/> and <see cref="TestBot.Sender"/>.</summary>
    internal static async Task LiveAsync(TestBot bot)
    {
        foreach (var cast in new[] { English, Hebrew })
        {
            await TalkAsync(bot, cast);
            await ManageAsync(bot, cast, await PublishAsync(bot, cast));
            await ShareAsync(bot, cast);
            await SuggestAsync(bot, cast);
            await LookAfterAsync(bot, cast);
            await MeasureAsync(bot, cast);
            await RecogniseAsync(bot, cast);
            await BroadcastAsync(bot, cast);
        }

        await DigestAsync(bot);
        foreach (var cast in new[] { English, Hebrew })
        {
            await RhythmScenes.LiveAsync(bot, cast.Comms, cast.Employee, cast.Channel);
        }
    }

    private static void AssertFits(Form form)
    {
        Assert.InRange(form.Title.Length, 1, 24);
        Assert.All(form.Actions, action => Assert.InRange(action.Title.Length, 1, 24));
        Assert.Null(form.Card.Actions);
        Assert.True(form.Token.Length < 200);
    }

    private static async Task TalkAsync(TestBot bot, Cast cast)
    {
        foreach (var command in new[] { "help", "hlep", "me", "content", "campaigns", "digest", "cancel", "nonsense *x* [y](z)" })
        {
            await bot.CommandAsync(cast.Comms, command, cast.Channel);
            await bot.CommandAsync(cast.Employee, command, cast.Channel);
        }

        var settings = CardReader.Form(await bot.CommandAsync(cast.Comms, "settings", cast.Channel));
        await bot.CommandAsync(cast.Comms, "help", cast.Channel);
        await bot.DispatchAsync(bot.Answer(cast.Comms, settings, "save", cast.Channel));
        await bot.DispatchAsync(bot.Answer(cast.Comms, settings, "save", cast.Channel));
        var me = CardReader.Card(await bot.CommandAsync(cast.Employee, "me", cast.Channel));
        var own = CardReader.Form(await bot.PressAsync(cast.Employee, me, "me.settings", cast.Channel));
        await bot.DispatchAsync(bot.Answer(cast.Employee, own, "save", cast.Channel, ("quietFrom", "20:00"), ("quietTo", "20:00"), ("prompts", "many")));
        await bot.DispatchAsync(bot.Answer(cast.Employee, own, "save", cast.Channel, ("quietFrom", "20:00"), ("quietTo", "07:00"), ("quietDays", "Friday,Saturday"), ("fewer", "Webinar")));
        await ChooseAsync(bot, cast, me);
        var c = bot.Command(cast.Employee, "x", cast.Channel);
        await bot.DispatchAsync(new BotInstalled { Workspace = c.Workspace, Conversation = c.Conversation, Person = c.Person, DedupKey = $"installed-{cast.Channel}", At = c.At });
        await bot.DispatchAsync(new MessageReceived { Text = "hello", Workspace = c.Workspace, Conversation = c.Conversation, Person = c.Person, DedupKey = $"said-{cast.Channel}", At = c.At });
    }

    /// <summary>Networks, a pause, one's own data, and a policy to read.</summary>
    private static async Task ChooseAsync(TestBot bot, Cast cast, AdaptiveCard me)
    {
        var networks = CardReader.Form(await bot.PressAsync(cast.Employee, me, "me.setup", cast.Channel));
        var profiles = CardReader.Form(await bot.DispatchAsync(bot.Answer(cast.Employee, networks, "next", cast.Channel, ("networks", "linkedin,x,facebook,whatsapp,email,copy"), ("interests", "Job,Event"))));
        await bot.DispatchAsync(bot.Answer(cast.Employee, profiles, "save", cast.Channel, ("profile_x", "https://example.com/*me*"), ("size_email", "-1")));
        await bot.CommandAsync(cast.Employee, "me", cast.Channel);
        await bot.DispatchAsync(bot.Answer(cast.Employee, profiles, "save", cast.Channel, ("profile_x", "@noa"), ("size_x", "1250")));
        var pause = CardReader.Form(await bot.PressAsync(cast.Employee, me, "me.pause", cast.Channel));
        await bot.DispatchAsync(bot.Answer(cast.Employee, pause, "pause", cast.Channel, ("until", "2026-12-20")));
        await bot.CommandAsync(cast.Employee, "me", cast.Channel);
        var paused = CardReader.Form(await bot.PressAsync(cast.Employee, me, "me.pause", cast.Channel));
        await bot.DispatchAsync(bot.Answer(cast.Employee, paused, "goon", cast.Channel));
        await bot.PressAsync(cast.Employee, me, "me.export", cast.Channel);
        var erase = CardReader.Form(await bot.PressAsync(cast.Employee, me, "me.erase", cast.Channel));
        await bot.DispatchAsync(bot.Answer(cast.Employee, erase, "cancel", cast.Channel));
        await bot.CommandAsync(cast.Employee, "policy", cast.Channel);
    }

    /// <returns>The list with the published campaign.</returns>
    private static async Task<AdaptiveCard> PublishAsync(TestBot bot, Cast cast)
    {
        var channel = await bot.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == cast.Channel).Select(c => c.Id).SingleAsync());
        bot.Pages.Known["https://example.com/story"] = new LinkPreview
        {
            Link = new Uri("https://example.com/story"), Title = "*We* won # again", Description = "1) what it is about", ImageUrl = new Uri("https://example.com/a.png"), Language = "en",
        };
        var content = CardReader.Form(await bot.CommandAsync(cast.Comms, "broadcast https://example.com/story", cast.Channel));
        var texts = CardReader.Form(await bot.SubmitAsync(
            cast.Comms, content, "next", ("imageAlt", "A prize"), ("sponsorName", "נועה לוי"), ("sponsorMessage", "תודה לכולם!"), ("contentType", "Job"), ("minutes", "1")));
        var schedule = CardReader.Form(await bot.SubmitAsync(
            cast.Comms, texts, "next", ("text1", "We are *proud* of this."), ("text2", "גאים בזה!"), ("textLanguage2", "he"), ("text3", new string('x', 290)), ("networks", "linkedin,facebook,copy,email")));
        await bot.SubmitAsync(cast.Comms, CardReader.Form(await bot.SubmitAsync(cast.Comms, schedule, "next", ("channels", $"{channel}"), ("startDate", "2027-01-03"), ("startTime", "09:00"))), "back");
        var reopened = CardReader.Form(await bot.PressAsync(cast.Comms, CardReader.Card(await bot.CommandAsync(cast.Comms, "help", cast.Channel)), "dialog.resume", cast.Channel));
        var preview = CardReader.Form(await bot.SubmitAsync(cast.Comms, reopened, "next", ("channels", $"{channel}"), ("startDate", ""), ("startTime", ""), ("endDate", "2027-02-03"), ("endTime", "09:00")));
        await bot.SubmitAsync(cast.Comms, preview, "publish");
        await bot.SendOutboxAsync();
        return CardReader.Card(await bot.CommandAsync(cast.Comms, "campaigns", cast.Channel));
    }

    private static async Task ManageAsync(TestBot bot, Cast cast, AdaptiveCard list)
    {
        await bot.PressAsync(cast.Comms, list, "campaign.results");
        var paused = CardReader.Card(await bot.PressAsync(cast.Comms, list, "campaign.pause"));
        await bot.SendOutboxAsync();
        await bot.PressAsync(cast.Comms, list, "campaign.pause");
        await bot.PressAsync(cast.Comms, paused, "campaign.resume");
        await bot.SendOutboxAsync();
        for (var copy = 0; copy < 7; copy++)
        {
            var content = CardReader.Form(await bot.PressAsync(cast.Comms, list, "campaign.duplicate"));
            await bot.SubmitAsync(cast.Comms, CardReader.Form(await bot.SubmitAsync(cast.Comms, content, "next")), "cancel");
        }

        await bot.CommandAsync(cast.Comms, "campaigns 2", cast.Channel);
        var drafts = CardReader.Card(await bot.CommandAsync(cast.Comms, "campaigns", cast.Channel));
        var edit = CardReader.Form(await bot.PressAsync(cast.Comms, drafts, "campaign.edit"));
        await bot.SubmitAsync(cast.Comms, edit, "cancel");
        var close = CardReader.Form(await bot.PressAsync(cast.Comms, drafts, "campaign.close"));
        await bot.SubmitAsync(cast.Comms, close, "close");
    }

    private static async Task ShareAsync(TestBot bot, Cast cast)
    {
        var prompt = CardReader.Card(await bot.CommandAsync(cast.Employee, "content", cast.Channel));
        var declined = CardReader.Card(await bot.PressAsync(cast.Employee, prompt, "share.decline", cast.Channel));
        await bot.PressAsync(cast.Employee, declined, "share.fewer", cast.Channel);
        var card = await bot.ShareAsync(cast.Employee, prompt, byName: true);
        var edit = CardReader.Form(await bot.PressAsync(cast.Employee, card, "share.edit"));
        card = CardReader.Card(await bot.SubmitAsync(cast.Employee, edit, "save", ("text", "My own _words_")));
        card = CardReader.Card(await bot.PressAsync(cast.Employee, card, "share.another"));
        var thanks = CardReader.Card(await bot.PressAsync(cast.Employee, card, "share.said"));
        await bot.PressAsync(cast.Employee, card, "share.said");
        await bot.PressAsync(cast.Comms, card, "share.said");
        await bot.DispatchAsync(bot.Press(cast.Employee, card, "share.said") with { Token = "forged" });
        var post = CardReader.Form(await bot.PressAsync(cast.Employee, thanks, "share.post"));
        await bot.SubmitAsync(cast.Employee, post, "save", ("post", "https://example.com/my-post"));
        await bot.PressAsync(cast.Employee, prompt, "share", cast.Channel);
        await bot.PressAsync(cast.Employee, thanks, "share.undo");
        await bot.PressAsync(cast.Employee, thanks, "share.undo");
        await bot.PressAsync(cast.Employee, card, "share.said");
        var me = CardReader.Card(await bot.CommandAsync(cast.Employee, "me", cast.Channel));
        await bot.PressAsync(cast.Employee, me, "me.leave", cast.Channel);
    }

    private static async Task SuggestAsync(TestBot bot, Cast cast)
    {
        var link = $"https://example.com/{cast.Channel}/suggested";
        var form = CardReader.Form(await bot.CommandAsync(cast.Employee, $"suggest {link}", cast.Channel));
        await bot.DispatchAsync(bot.Answer(cast.Employee, form, "suggest", cast.Channel, ("agree", "true"), ("appear", "true"), ("title", "1. *Good* idea"), ("why", new string('x', 500)), ("text", new string('y', 2000))));
        await bot.CommandAsync(cast.Employee, $"suggest {link}", cast.Channel);
        await bot.CommandAsync(cast.Comms, $"suggest {link}", cast.Channel);
        for (var i = 0; i < 5; i++)
        {
            var more = CardReader.Form(await bot.CommandAsync("e2", $"suggest {link}/{i} {new string('z', 600)}", cast.Channel));
            await bot.DispatchAsync(bot.Answer("e2", more, "suggest", cast.Channel, ("agree", "true"), ("text", new string('א', 2000)), ("mediaUrl", "https://example.com/a.png")));
        }

        await bot.SendOutboxAsync();
        await bot.CommandAsync(cast.Comms, "approve 2", cast.Channel);
        var queue = CardReader.Card(await bot.CommandAsync(cast.Comms, "approve", cast.Channel));
        await bot.DispatchAsync(bot.Answer(cast.Comms, CardReader.Form(await bot.PressAsync(cast.Comms, queue, "suggestion.ask", cast.Channel)), "send", cast.Channel, ("words", "Who *took* it?")));
        await bot.SendOutboxAsync();
        var question = bot.NotesTo(cast.Employee)[^1];
        await bot.DispatchAsync(bot.Answer(cast.Employee, CardReader.Form(await bot.PressAsync(cast.Employee, question, "suggestion.answer", cast.Channel)), "send", cast.Channel, ("words", "אני")));
        await bot.PressAsync(cast.Employee, question, "suggestion.answer", cast.Channel);
        var edit = CardReader.Form(await bot.PressAsync(cast.Comms, queue, "suggestion.edit", cast.Channel));
        await bot.DispatchAsync(bot.Answer(cast.Comms, edit, "save", cast.Channel));
        var content = CardReader.Form(await bot.PressAsync(cast.Comms, CardReader.Card(await bot.CommandAsync(cast.Comms, "approve", cast.Channel)), "suggestion.approve", cast.Channel));
        await bot.DispatchAsync(bot.Answer(cast.Comms, content, "cancel", cast.Channel));
        while (CardReader.Actions(queue = CardReader.Card(await bot.CommandAsync(cast.Comms, "approve", cast.Channel))).Any())
        {
            var decline = CardReader.Form(await bot.PressAsync(cast.Comms, queue, "suggestion.decline", cast.Channel));
            await bot.DispatchAsync(bot.Answer(cast.Comms, decline, "decline", cast.Channel, ("words", "_Thank_ you")));
        }

        await bot.PressAsync(cast.Employee, question, "suggestion.withdraw", cast.Channel);
        await bot.SendOutboxAsync();
    }

    /// <summary>Roles, a second person, the audit log, and the emergency brake.</summary>
    private static async Task LookAfterAsync(TestBot bot, Cast cast)
    {
        await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "olivia").ExecuteUpdateAsync(set => set.SetProperty(p => p.Language, cast == Hebrew ? "he" : "en")));
        await bot.GiveAsync("olivia", Roles.Owner);
        foreach (var command in new[] { "roles nobody", "roles", "audit", "resume" })
        {
            await bot.CommandAsync("olivia", command, cast.Channel);
            await bot.CommandAsync(cast.Employee, command, cast.Channel);
        }

        var person = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "roles", cast.Channel)), "roles.change", cast.Channel));
        var first = Assert.Single(CardReader.Elements(person.Card).OfType<InputChoiceSet>()).Choices[0].Value;
        var roles = CardReader.Form(await bot.DispatchAsync(bot.Answer("olivia", person, "next", cast.Channel, ("person", first))));
        await bot.DispatchAsync(bot.Answer("olivia", roles, "save", cast.Channel));
        var rule = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "approve", cast.Channel)), "approval.rule", cast.Channel));
        await bot.DispatchAsync(bot.Answer("olivia", rule, "save", cast.Channel, ("on", "true")));
        await bot.SubmitAsync(cast.Comms, await bot.ComposeAsync(cast.Comms, "4) To *approve*"), "publish");
        await bot.SendOutboxAsync();
        var review = CardReader.Form(await bot.PressAsync("olivia", bot.NotesTo("olivia")[^1], "approval.review", cast.Channel));
        var reason = CardReader.Form(await bot.DispatchAsync(bot.Answer("olivia", review, "sendback", cast.Channel)));
        await bot.DispatchAsync(bot.Answer("olivia", reason, "send", cast.Channel, ("reason", "[More](please)")));
        await bot.SendOutboxAsync();
        await bot.PressAsync("olivia", bot.NotesTo("olivia")[^1], "approval.review", cast.Channel);
        var off = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "approve", cast.Channel)), "approval.rule", cast.Channel));
        await bot.DispatchAsync(bot.Answer("olivia", off, "save", cast.Channel, ("on", "false")));
        var policy = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "policy", cast.Channel)), "policy.change", cast.Channel));
        await bot.DispatchAsync(bot.Answer("olivia", policy, "publish", cast.Channel, ("text_en", "1) Be *kind* " + cast.Channel), ("version", "")));
        await bot.DispatchAsync(bot.Answer("olivia", policy, "publish", cast.Channel, ("text_en", "1) Be *kind* " + cast.Channel), ("changes_en", "_Shorter_"), ("changes_he", "קצרה יותר")));
        await bot.CommandAsync(cast.Employee, "policy", cast.Channel);
        var stop = CardReader.Form(await bot.CommandAsync(cast.Comms, "stop", cast.Channel));
        await bot.DispatchAsync(bot.Answer(cast.Comms, stop, "stop", cast.Channel));
        await bot.CommandAsync(cast.Comms, "campaigns", cast.Channel);
        await bot.CommandAsync(cast.Comms, "resume", cast.Channel);
        await bot.SendOutboxAsync();
        var audit = CardReader.Card(await bot.CommandAsync("olivia", "audit", cast.Channel));
        var filter = CardReader.Form(await bot.PressAsync("olivia", audit, "audit.filter", cast.Channel));
        await bot.DispatchAsync(bot.Answer("olivia", filter, "show", cast.Channel, ("kind", "workspace"), ("days", "30")));
        await bot.DispatchAsync(await bot.PressOfAsync("olivia", "audit.page", 3, cast.Channel));
        var report = CardReader.Card(await bot.CommandAsync(cast.Comms, "report", cast.Channel));
        await bot.PressAsync(cast.Comms, report, "report.signout", cast.Channel);
        await bot.CommandAsync(cast.Employee, "report", cast.Channel);
        await bot.CommandAsync("olivia", "clicks", cast.Channel);
        await bot.CommandAsync("olivia", "clicks *now*", cast.Channel);
    }

    /// <summary>Thanks, badges, leaderboards, rewards, and what comes once a week and once a month.</summary>
    private static async Task RecogniseAsync(TestBot bot, Cast cast)
    {
        var settings = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "rewards", cast.Channel)), "recognition.settings", cast.Channel));
        await bot.DispatchAsync(bot.Answer("olivia", settings, "save", cast.Channel, ("holidays", "soon")));
        await bot.CommandAsync(cast.Employee, "leaderboard", cast.Channel);
        await bot.DispatchAsync(bot.Answer("olivia", settings, "save", cast.Channel, ("boards", "true"), ("holidays", "2026-12-24..2026-12-26 Europe/London")));
        var prompt = await bot.PublishAsync("_Shared_ by many", person: cast.Comms);
        var board = new[] { cast.Employee, "h2", "e3", "e4", "e5", "e6" };
        await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "e2" || p.ExternalId == "e3").ExecuteUpdateAsync(set => set.SetProperty(p => p.Roles, Roles.Sponsor).SetProperty(p => p.Language, cast == Hebrew ? "he" : "en")));
        foreach (var person in board)
        {
            await bot.PressAsync(person, await bot.ShareAsync(person, prompt, byName: true), "share.said");
            var choices = CardReader.Form(await bot.PressAsync(person, CardReader.Card(await bot.CommandAsync(person, "badges", cast.Channel)), "recognition.choose", cast.Channel));
            await bot.DispatchAsync(bot.Answer(person, choices, "save", cast.Channel, ("weekly", "true"), ("board", "true")));
        }

        await bot.CommandAsync(cast.Comms, "leaderboard", cast.Channel);
        await bot.PressAsync(cast.Employee, CardReader.Card(await bot.CommandAsync(cast.Employee, "leaderboard teams", cast.Channel)), "recognition.people", cast.Channel);
        await bot.CommandAsync(cast.Employee, "badges", cast.Channel);
        await ThankAsync(bot, cast);
        await RewardAsync(bot, cast);
        await bot.CommandAsync(cast.Comms, "digest month", cast.Channel);
    }

    private static async Task ThankAsync(TestBot bot, Cast cast)
    {
        await bot.CommandAsync(cast.Employee, "thanks nobody here", cast.Channel);
        var form = CardReader.Form(await bot.CommandAsync(cast.Employee, "thanks Carmen Cole 1) for *all*", cast.Channel));
        await bot.DispatchAsync(bot.Answer(cast.Employee, form, "send", cast.Channel, ("words", "")));
        var said = CardReader.Card(await bot.DispatchAsync(bot.Answer(cast.Employee, form, "send", cast.Channel, ("public", "true"))));
        await bot.SendOutboxAsync();
        var shown = CardReader.Card(await bot.PressAsync("carmen", bot.NotesTo("carmen")[^1], "thanks.show", cast.Channel));
        await bot.SendOutboxAsync();
        await bot.PressAsync("carmen", shown, "thanks.hide", cast.Channel);
        await bot.SendOutboxAsync();
        await bot.PressAsync(cast.Employee, said, "thanks.withdraw", cast.Channel);
        await bot.PressAsync(cast.Employee, said, "thanks.withdraw", cast.Channel);
    }

    private static async Task RewardAsync(TestBot bot, Cast cast)
    {
        var budget = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "rewards", cast.Channel)), "reward.budget", cast.Channel));
        await bot.DispatchAsync(bot.Answer("olivia", budget, "save", cast.Channel, ("currency", "x")));
        await bot.DispatchAsync(bot.Answer("olivia", budget, "save", cast.Channel, ("currency", "ILS"), ("amount", "1,000")));
        var give = CardReader.Form(await bot.PressAsync(cast.Comms, CardReader.Card(await bot.CommandAsync(cast.Comms, "rewards", cast.Channel)), "reward.give", cast.Channel));
        var person = CardReader.Elements(give.Card).OfType<InputChoiceSet>().First(choice => choice.Id == "person").Choices[0].Value;
        await bot.DispatchAsync(bot.Answer(cast.Comms, give, "give", cast.Channel, ("person", person), ("what", "# A [book](x)"), ("amount", "5000")));
        await bot.DispatchAsync(bot.Answer(cast.Comms, give, "give", cast.Channel, ("person", person), ("what", "# A [book](x)"), ("reason", "כל הכבוד"), ("amount", "50")));
        await bot.SendOutboxAsync();
        var back = CardReader.Form(await bot.PressAsync(cast.Comms, CardReader.Card(await bot.CommandAsync(cast.Comms, "rewards", cast.Channel)), "reward.take_back", cast.Channel));
        var reward = CardReader.Elements(back.Card).OfType<InputChoiceSet>().Single().Choices[0].Value;
        await bot.DispatchAsync(bot.Answer(cast.Comms, back, "back", cast.Channel, ("reward", reward), ("reason", "Twice")));
        await bot.SendOutboxAsync();
        await bot.CommandAsync("olivia", "rewards", cast.Channel);
        await bot.CommandAsync(cast.Comms, "budget", cast.Channel);
        var spend = CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync(cast.Comms, "budget.spend", 0, cast.Channel)));
        await bot.DispatchAsync(bot.Answer(cast.Comms, spend, "record", cast.Channel, ("what", "# [Film](x)"), ("amount", "2000"), ("day", "x")));
        await bot.DispatchAsync(bot.Answer(cast.Comms, spend, "record", cast.Channel, ("what", "# [Film](x)"), ("amount", "2000"), ("over", "true")));
        await bot.SendOutboxAsync();
        var spent = CardReader.Form(await bot.PressAsync(cast.Comms, CardReader.Card(await bot.CommandAsync(cast.Comms, "budget", cast.Channel)), "budget.take_back", cast.Channel));
        var film = CardReader.Elements(spent.Card).OfType<InputChoiceSet>().Single().Choices[0].Value;
        await bot.DispatchAsync(bot.Answer(cast.Comms, spent, "back", cast.Channel, ("spending", film), ("reason", "1) *Twice*")));
        await bot.CommandAsync("olivia", "budget", cast.Channel);
    }

    /// <summary>Goals, costs, and the keys of other systems.</summary>
    private static async Task MeasureAsync(TestBot bot, Cast cast)
    {
        var empty = CardReader.Card(await bot.CommandAsync("olivia", "goals", cast.Channel));
        await bot.CommandAsync(cast.Employee, "goals", cast.Channel);
        var campaign = await bot.QueryAsync(db => db.Campaigns.Where(c => c.State == CampaignState.Running).Select(c => c.Id).FirstAsync());
        var more = 0;
        foreach (var kind in Enum.GetValues<GoalKind>())
        {
            var form = CardReader.Form(await bot.PressAsync("olivia", empty, "goal.add", cast.Channel));
            await bot.DispatchAsync(bot.Answer("olivia", form, "save", cast.Channel, ("target", "1.255"), ("end", "2020-01-01")));
            await bot.DispatchAsync(bot.Answer(
                "olivia", form, "save", cast.Channel, ("kind", kind.ToString()), ("target", "12"), ("currency", "ILS"), ("end", "2027-12-31"), ("whose", $"{(more++ % 2) * campaign}")));
        }

        var goals = CardReader.Card(await bot.CommandAsync("olivia", "goals", cast.Channel));
        await bot.CommandAsync("olivia", "goals 2", cast.Channel);
        await bot.CommandAsync(cast.Comms, "goals", cast.Channel);
        await bot.CommandAsync(cast.Employee, "goals", cast.Channel);
        await bot.DispatchAsync(bot.Answer("olivia", CardReader.Form(await bot.PressAsync("olivia", goals, "goal.edit", cast.Channel)), "save", cast.Channel));
        await bot.PressAsync("olivia", goals, "goal.remove", cast.Channel);
        await bot.PressAsync("olivia", goals, "goal.remove", cast.Channel);
        await bot.DispatchAsync(bot.Answer("olivia", CardReader.Form(await bot.PressAsync("olivia", goals, "goal.costs", cast.Channel)), "save", cast.Channel, ("currency", "ILS"), ("cost_other", "1.5")));
        await bot.DispatchAsync(bot.Answer("olivia", CardReader.Form(await bot.PressAsync("olivia", goals, "goal.costs", cast.Channel)), "save", cast.Channel, ("cost_other", "")));
        var keys = CardReader.Card(await bot.PressAsync("olivia", goals, "conversion.keys", cast.Channel));
        await bot.PressAsync("olivia", keys, "conversion.key.make", cast.Channel);
        keys = CardReader.Card(await bot.PressAsync("olivia", goals, "conversion.keys", cast.Channel));
        await bot.PressAsync("olivia", keys, "conversion.key.rotate", cast.Channel);
        await bot.PressAsync("olivia", goals, "conversion.keys", cast.Channel);
        await bot.PressAsync("olivia", keys, "conversion.key.revoke", cast.Channel);
        await bot.DispatchAsync(await bot.PressOfAsync(cast.Comms, "campaign.results", campaign, cast.Channel));
    }

    /// <summary>Audiences, direct messages, what became of them, and one person's several accounts.</summary>
    private static async Task BroadcastAsync(TestBot bot, Cast cast)
    {
        var people = await bot.QueryAsync(db => db.People.OrderBy(p => p.Id).Select(p => p.Id).ToListAsync());
        if (cast == English)
        {
            await bot.QueryAsync(async db =>
            {
                db.AddRange(people.Select((id, i) => new PersonProfile { PersonId = id, HumanId = id, Department = i % 2 == 0 ? "*Sales*, 1." : "מחקר", Personas = i % 2 == 0 ? "|a_b|" : "|c|" }));
                return await db.SaveChangesAsync();
            });
        }

        var content = CardReader.Form(await bot.CommandAsync(cast.Comms, "campaign", cast.Channel));
        var texts = CardReader.Form(await bot.DispatchAsync(bot.Answer(cast.Comms, content, "next", cast.Channel, ("link", "https://example.com/direct"), ("title", cast == Hebrew ? "5. *ישיר*" : "5. *Direct*"))));
        var schedule = CardReader.Form(await bot.DispatchAsync(bot.Answer(cast.Comms, texts, "next", cast.Channel, ("text1", "Proud."))));
        await bot.DispatchAsync(bot.Answer(cast.Comms, schedule, "next", cast.Channel, ("channels", ""), ("people", "none")));
        var preview = CardReader.Form(await bot.DispatchAsync(bot.Answer(cast.Comms, schedule, "next", cast.Channel, ("channels", ""), ("people", "direct"), ("department", "*Sales*%2C 1.,מחקר"))));
        await bot.DispatchAsync(bot.Answer(cast.Comms, preview, "publish", cast.Channel));
        bot.Sender.OnSend = () =>
        {
            // After the progress card, which goes first.
            bot.Sender.OnSend = null;
            bot.Sender.Next.Enqueue(new SendResult.Gone("no_such_conversation"));
            bot.Sender.Next.Enqueue(new SendResult.Unknown("interrupted"));
            return Task.CompletedTask;
        };
        await bot.SendOutboxAsync();
        await bot.ScopedAsync((UpdateProgress progress) => progress.RunAsync(CancellationToken.None));
        var campaign = await bot.QueryAsync(db => db.Campaigns.OrderByDescending(c => c.Id).Select(c => c.Id).FirstAsync());
        var report = CardReader.Card(await bot.DispatchAsync(await bot.PressOfAsync(cast.Comms, "campaign.delivery", campaign, cast.Channel)));
        var settle = CardReader.Form(await bot.PressAsync(cast.Comms, report, "deliveries.settle", cast.Channel));
        await bot.DispatchAsync(bot.Answer(cast.Comms, settle, "settle", cast.Channel));
        await bot.PressAsync(cast.Comms, report, "deliveries.again", cast.Channel);
        await bot.SendOutboxAsync();
        var retract = CardReader.Form(await bot.PressAsync(cast.Comms, report, "campaign.retract", cast.Channel));
        await bot.DispatchAsync(bot.Answer(cast.Comms, retract, "retract", cast.Channel));
        await bot.SendOutboxAsync();
        await bot.PressAsync(cast.Comms, report, "deliveries.again", cast.Channel);
        foreach (var person in new[] { cast.Employee, "olivia" })
        {
            var link = CardReader.Card(await bot.CommandAsync(person, "link", cast.Channel));
            var code = Broadcasting.Code(await bot.PressAsync(person, link, "link.code", cast.Channel));
            await bot.CommandAsync(person, $"link {code}", cast.Channel);
            await bot.CommandAsync(cast.Comms, $"link {code}", cast.Channel);
            await bot.CommandAsync(person, "link", cast.Channel);
            var enter = CardReader.Form(await bot.PressAsync(person, link, "link.enter", cast.Channel));
            await bot.DispatchAsync(bot.Answer(person, enter, "enter", cast.Channel, ("code", "wrong")));
        }

        var own = CardReader.Card(await bot.CommandAsync("olivia", "link", cast.Channel));
        await bot.PressAsync("olivia", own, "link.programme", cast.Channel);
        await bot.PressAsync("olivia", own, "link.separate", cast.Channel);
    }

    private static async Task DigestAsync(TestBot bot)
    {
        foreach (var cast in new[] { English, Hebrew })
        {
            var shown = CardReader.Card(await bot.CommandAsync(cast.Comms, "digest", cast.Channel));
            await bot.PressAsync(cast.Comms, shown, "digest.post", cast.Channel);
            await bot.PressAsync(cast.Comms, shown, "digest.post", cast.Channel);
        }

        await bot.SendOutboxAsync();

        // Sunday for the Israeli channel, Monday for the other.
        foreach (var days in new[] { 6, 1 })
        {
            bot.Clock.Advance(TimeSpan.FromDays(days));
            await bot.Services.GetRequiredService<PlanDigests>().RunAsync(CancellationToken.None);
            await bot.Services.GetRequiredService<PlanWeeklyNotes>().RunAsync(CancellationToken.None);
            await bot.Services.GetRequiredService<PlanMonthlyNotes>().RunAsync(CancellationToken.None);
            await bot.SendOutboxAsync();
        }

        await bot.CommandAsync(English.Comms, "digest last", English.Channel);
        await bot.CommandAsync(Hebrew.Comms, "digest last", Hebrew.Channel);
        bot.Clock.Advance(TimeSpan.FromDays(2));
        await bot.Services.GetRequiredService<PlanMonthlyNotes>().RunAsync(CancellationToken.None);
        await bot.SendOutboxAsync();
        Assert.Equal(4, bot.Sender.Sent.Count(sent => sent.Message.Summary.StartsWith("Weekly digest", StringComparison.Ordinal) || sent.Message.Summary.StartsWith("הסיכום השבועי", StringComparison.Ordinal)));
    }

    private sealed record Cast(string Comms, string Employee, string Channel);
}
