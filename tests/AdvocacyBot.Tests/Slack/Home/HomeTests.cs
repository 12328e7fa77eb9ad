using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.People;
using AdvocacyBot.Slack.Home;
using AdvocacyBot.Slack.Rendering;
using AdvocacyBot.Slack.Rendering.Blocks;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Slack.Home;

public sealed class HomeTests
{
    [Fact]
    public async Task An_employee_sees_own_numbers_what_can_be_shared_and_own_settings()
    {
        await using var bot = await StartAsync();
        var prompt = await bot.PublishAsync("Launch day");
        var card = await bot.ShareAsync("e1", prompt);
        await bot.PressAsync("e1", card, "share.said");

        var home = await HomeTab.OfAsync(bot, "e1");
        var text = BlockReader.Text(home.Blocks);

        Assert.Equal(View.Home, home.Type);
        Assert.Equal(["Your numbers", "One thing you could share", "Your settings"], home.Blocks.OfType<HeaderBlock>().Select(header => header.Text.Text));
        Assert.Contains(": 1 this month, 1 in all", text, StringComparison.Ordinal);
        Assert.Contains("Launch day", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Campaigns now", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Last_months_shares_count_in_all_and_not_this_month()
    {
        await using var bot = await StartAsync();
        var card = await bot.ShareAsync("e1", await bot.PublishAsync("Launch day"));
        var thanks = CardReader.Card(await bot.PressAsync("e1", card, "share.said"));
        bot.Clock.Advance(TimeSpan.FromDays(10));

        Assert.Contains(": 0 this month, 1 in all", BlockReader.Text((await HomeTab.OfAsync(bot, "e1")).Blocks), StringComparison.Ordinal);

        await bot.PressAsync("e1", thanks, "share.undo");
        Assert.DoesNotContain("1 in all", BlockReader.Text((await HomeTab.OfAsync(bot, "e1")).Blocks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_buttons_are_those_of_the_commands_and_work()
    {
        await using var bot = await StartAsync();
        await bot.PublishAsync("Launch day");

        var cards = (await HomeTab.ContentAsync(bot, "e1")).Sections;
        var share = await bot.PressAsync("e1", cards[1], PromptCards.ShareVerb);
        Assert.Equal("Before you share", CardReader.Form(share).Title);
        var settings = await bot.DispatchAsync(Press(bot, cards[^1], Me.SettingsVerb));
        Assert.Equal("Your settings", CardReader.Form(settings).Title);
        var join = await bot.DispatchAsync(Press(bot, cards[^1], Me.JoinVerb));
        Assert.Equal("Before you share", CardReader.Form(join).Title);
    }

    [Fact]
    public async Task Comms_see_what_runs_with_its_buttons_and_where_the_rest_is()
    {
        await using var bot = await StartAsync();
        await bot.PublishAsync("Launch day");

        var home = await HomeTab.OfAsync(bot, "carmen");

        Assert.Contains("Campaigns now", home.Blocks.OfType<HeaderBlock>().Select(header => header.Text.Text));
        Assert.Contains("/advocate campaigns lists all of them, with their results.", BlockReader.Texts(home.Blocks));
        Assert.Contains("Pause", BlockReader.Buttons(home.Blocks).Select(button => button.Text.Text));

        var paused = await bot.PressAsync("carmen", (await HomeTab.ContentAsync(bot, "carmen")).Sections[2], CampaignRoutes.Pause);
        Assert.IsNotType<NoReply>(paused);
        Assert.Contains("Resume", BlockReader.Buttons((await HomeTab.OfAsync(bot, "carmen")).Blocks).Select(button => button.Text.Text));
    }

    [Fact]
    public async Task With_nothing_there_it_says_so_in_the_persons_language()
    {
        await using var bot = await StartAsync();

        var home = await HomeTab.OfAsync(bot, "dana");

        Assert.Equal(["המספרים שלך", "קמפיינים עכשיו", "ההגדרות שלך"], BlockReader.Texts(home.Blocks).Select(text => text.Split('\n')[0]).Intersect(["המספרים שלך", "קמפיינים עכשיו", "ההגדרות שלך"]));
        Assert.Contains("0 החודש, 0 בסך הכול", BlockReader.Text(home.Blocks), StringComparison.Ordinal);
        Assert.Contains("אין קמפיין פעיל או מתוכנן.", BlockReader.Text(home.Blocks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12-01T00:30:00Z", "America/New_York", "2026-11-01T04:00:00Z")]
    [InlineData("2026-11-30T23:30:00Z", "Asia/Jerusalem", "2026-11-30T22:00:00Z")]
    [InlineData("2026-11-23T10:00:00Z", null, "2026-11-01T00:00:00Z")]
    [InlineData("2026-11-23T10:00:00Z", "No/Where", "2026-11-01T00:00:00Z")]
    public void The_month_begins_where_the_person_is(string now, string? zone, string start) =>
        Assert.Equal(At(start), HomeQuery.MonthStart(At(now), zone));

    [Fact]
    public void Cards_stand_apart_and_every_button_has_an_id_of_its_own()
    {
        AdaptiveCard card = new() { Lang = "en", Body = [new TextBlock("x")], Actions = [new ExecuteAction { Title = "Go", Verb = "v", Data = new ActionData("t") }] };

        var home = HomeRenderer.Render(new HomeContent([card, card, card]), RenderingTexts.In(Core.Localization.Language.English));

        Assert.Equal(2, home.Blocks.OfType<DividerBlock>().Count());
        Assert.Equal(3, BlockReader.Buttons(home.Blocks).Select(button => button.ActionId).Distinct().Count());
    }

    private static Task<TestBot> StartAsync() => TestBot.StartAsync(services => services.AddScoped<HomeQuery>());

    private static ActionPressed Press(TestBot bot, AdaptiveCard card, string verb) =>
        bot.Press("e1", card, verb) with { Conversation = new ConversationRef("home-e1", ConversationKind.Personal) };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
