using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Slack.Home;
using AdvocacyBot.Slack.Rendering;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Home;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AdvocacyBot.Tests.Slack.Rendering;

/// <summary>
/// The scenes of the pictures docs/images/slack-*.png. They are drawn with
/// <c>ADVOCACY_SLACK_SCENES=FOLDER dotnet test --filter ScenesTests</c>, which writes the payloads, and <c>node tests/conformance/preview-blocks.mjs FOLDER docs/images NAME…</c>
/// (docs/slack-rendering.md).
/// </summary>
public sealed class ScenesTests
{
    private static readonly Story English = new(
        "general", "carmen", "e1",
        "People trust people: how our colleagues tell our story",
        "Colleagues' networks are on average ten times larger than the followers of a company's page, and jobs that they share bring 30% more applicants.",
        "Two colleagues in front of the new workshop",
        "I like working here, and I like telling people why. Here is our story.",
        "Olivia Owens",
        "You may, you are encouraged to, and it is up to you.");

    private static readonly Story Hebrew = new(
        "hadashot", "dana", "h1",
        "העובדים הם הכלי היעיל ביותר של החברה לפעילות ברשת",
        "לעובדי החברה קל הרבה יותר לשתף את החברים שלהם בתוכן שהם יוצרים. דוגמה טובה היא Zappos: ‏198 (!) עובדים פתחו פרופילים ברשת.",
        "שתי עובדות לפני הסדנה החדשה",
        "העובדים עצמם יודעים הכי טוב כיצד פועלת החברה במציאות: פייסבוק, YouTube, בלוגים וכו'.",
        "רות, מנכ\"לית",
        "זה לא רק מותר, זה מבורך. ספרו בדרך שלכם.");

    [Fact]
    public async Task The_scenes_of_the_pictures_are_what_Slack_takes()
    {
        await using var bot = await TestBot.StartAsync(services => services.AddScoped<HomeQuery>());
        var scenes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (language, story) in new[] { (Language.English, English), (Language.Hebrew, Hebrew) })
        {
            await PlayAsync(bot, story, (name, payload) => scenes.Add($"slack-{name}-{language.Code}", payload));
            scenes.Add($"slack-digest-{language.Code}", Message(Digest(story, Texts.In(language))));
        }

        await BlockConformance.AssertValidAsync([.. scenes.Values]);
        if (Environment.GetEnvironmentVariable("ADVOCACY_SLACK_SCENES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, payload) in scenes)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, name + ".json"), payload);
            }
        }
    }

    private static async Task PlayAsync(TestBot bot, Story story, Action<string, string> show)
    {
        bot.Pages.Known["https://example.com/story"] = new LinkPreview
        {
            Link = new Uri("https://example.com/story"), Title = story.Title, Description = story.Summary, ImageUrl = new Uri("https://example.com/workshop.png"), Language = story.Channel == "general" ? "en" : "he",
        };
        show("help", Message(CardReader.Card(await bot.CommandAsync(story.Comms, "help", story.Channel))));
        var content = CardReader.Form(await bot.CommandAsync(story.Comms, "broadcast https://example.com/story", story.Channel));
        show("compose", Modal(content));
        var texts = CardReader.Form(await bot.SubmitAsync(
            story.Comms, content, "next", ("imageAlt", story.Alt), ("sponsorName", story.Sponsor), ("sponsorMessage", story.SponsorMessage), ("contentType", "EmployeeStory")));
        show("texts", Modal(texts));
        var schedule = CardReader.Form(await bot.SubmitAsync(story.Comms, texts, "next", ("text1", story.Text), ("text2", story.Summary)));
        show("schedule", Modal(schedule));
        var preview = CardReader.Form(await bot.SubmitAsync(story.Comms, schedule, "next"));
        show("preview", Modal(preview));
        await bot.SubmitAsync(story.Comms, preview, "publish");
        await bot.SendOutboxAsync();
        var posted = bot.Sender.Sent[^1].Message;
        show("prompt", BlockConformance.Json(MessageRenderer.Render(posted.Card, posted.Summary)).Single());

        var join = CardReader.Form(await bot.PressAsync(story.Employee, posted.Card, "share", story.Channel));
        show("join", Modal(join));
        var share = CardReader.Card(await bot.SubmitAsync(story.Employee, join, "join", ("agree", "true"), ("appear", "true")));
        show("share", Message(share));
        show("campaigns", Message(CardReader.Card(await bot.CommandAsync(story.Comms, "campaigns", story.Channel))));
        var edit = CardReader.Form(await bot.PressAsync(story.Employee, share, "share.edit", story.Channel));
        show("edit", Modal(edit));
        await bot.SubmitAsync(story.Employee, edit, "cancel");
        await bot.PressAsync(story.Employee, share, "share.said", story.Channel);
        show("home", BlockConformance.Json(await HomeTab.OfAsync(bot, story.Employee)));
        show("home-comms", BlockConformance.Json(await HomeTab.OfAsync(bot, story.Comms)));
    }

    private static Core.Cards.AdaptiveCard Digest(Story story, Texts texts)
    {
        var now = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
        var clock = new ManualTimeProvider(now);
        var numbers = new DigestNumbers
        {
            ConversationId = 1,
            Rate = new DigestRate(5, 13),
            RateBefore = new DigestRate(4, 13),
            GroupSize = 13,
            Acted = 5,
            Sharers = 4,
            Reactors = 2,
            Suggesters = 1,
            Opened = new DigestRung(4, 6),
            Said = new DigestRung(2, 2),
            Posted = new DigestRung(1, 1),
            Fetched = 3,
            Clicked = 20,
            Reactions = 2,
            BestCampaigns = [new(3, story.Title, 4, 18), new(2, "Open day 2026", 1, 2)],
            NewCampaigns = [new(3, story.Title)],
            Thanked = ["Dana", "נועה לוי"],
            Coming = [new(9, "Webinar", now.AddDays(2))],
            Newest = new RunningCampaign(3, 33, story.Title),
        };
        return new DigestCards(new ActionTokens(new byte[32], clock), clock)
            .Build(numbers, DigestWeek.Period("Etc/UTC", new LocalDate(2026, 11, 16), Instant.FromDateTimeOffset(now)), "Etc/UTC", texts).Card;
    }

    private static string Message(Core.Cards.AdaptiveCard card) => BlockConformance.Json(MessageRenderer.Render(card, null)).Single();

    private static string Modal(Core.Chat.Form form) => BlockConformance.Json(ViewRenderer.Modal(form, form.Token));

    private sealed record Story(string Channel, string Comms, string Employee, string Title, string Summary, string Alt, string Text, string Sponsor, string SponsorMessage);
}
