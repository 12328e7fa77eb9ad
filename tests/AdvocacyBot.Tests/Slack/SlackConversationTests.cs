using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Inbound;
using AdvocacyBot.Tests.Slack.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Slack;

/// <summary>How talking with the bot goes: commands, mentions, forms, the Home tab, what arrives twice or in the wrong order.</summary>
public sealed class SlackConversationTests
{
    private static readonly Texts T = Texts.In(Language.English);

    [Fact]
    public async Task A_command_is_answered_at_once_and_to_its_sender_alone_in_their_language()
    {
        await using var world = await SlackWorld.StartAsync();

        var english = (await world.Person("U0ALICE").CommandAsync("help"))!;
        var hebrew = (await world.Person("U0NOA").CommandAsync("help"))!;

        Assert.True(SlackReader.Says(SlackReader.Text(english), T["Chat.HelpIntro"]));
        Assert.True(SlackReader.Says(SlackReader.Text(hebrew), Texts.In(Language.Hebrew)["Chat.HelpIntro"]));
        Assert.Equal("U0NOA", hebrew.OnlyFor);
        Assert.Equal(0, world.Slack.Messages.Count(m => m.OnlyFor is null));
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task A_mention_that_arrives_as_two_events_or_again_is_answered_once()
    {
        await using var world = await SlackWorld.StartAsync();
        var alice = world.Person("U0ALICE");
        await world.InviteAsync(world.Person("U0CARMEN"), FakeSlack.General, Language.English);
        var ts = world.Slack.Timestamp();

        await alice.EventAsync(alice.Mention("what is this?", "app_mention", ts), "EvA");
        await alice.EventAsync(alice.Mention("what is this?", "message", ts), "EvB");
        await alice.EventAsync(alice.Mention("what is this?", "app_mention", ts), "EvA");
        var help = world.Slack.Timestamp();
        await alice.EventAsync(alice.Mention("help", "app_mention", help), "EvC");
        await alice.EventAsync(alice.Mention("help", "message", help), "EvD");
        await alice.EventAsync(alice.Mention("and this?"), "EvE");

        await world.Slack.AwaitAsync(s => s.Messages.Count(m => m.OnlyFor == "U0ALICE") >= 3 ? s : null, "three answers");
        Assert.Equal(3, world.Slack.Messages.Count(m => m.OnlyFor == "U0ALICE"));
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task What_the_bot_and_other_bots_say_and_what_is_edited_is_no_word_to_it()
    {
        await using var world = await SlackWorld.StartAsync();
        var alice = world.Person("U0ALICE");
        JsonObject Said(string user, string? bot, string? subtype) => new()
        {
            ["type"] = "message", ["channel_type"] = "im", ["user"] = user, ["bot_id"] = bot, ["subtype"] = subtype, ["channel"] = FakeSlack.Direct("U0ALICE"), ["text"] = "help", ["ts"] = world.Slack.Timestamp(),
        };

        await alice.EventAsync(Said(FakeSlack.Bot, null, null));
        await alice.EventAsync(Said("U0OTHERBOT", "B0X", "bot_message"));
        await alice.EventAsync(Said("U0ALICE", null, "message_changed"));
        await alice.EventAsync(Said("U0ALICE", null, "message_deleted"));
        await alice.WriteToBotAsync("help");

        await world.Slack.AwaitAsync(s => s.Messages.Find(m => m.Channel == FakeSlack.Direct("U0ALICE")), "answer");
        Assert.Single(world.Slack.Messages);
    }

    [Fact]
    public async Task A_form_that_is_asked_for_in_words_waits_behind_a_button_that_goes_away()
    {
        await using var world = await SlackWorld.StartAsync();
        var carmen = world.Person("U0CARMEN");
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);

        await carmen.EventAsync(carmen.Mention("campaign"));
        var waiting = await carmen.SeesAsync(T["Slack.FormWaits"], alone: true);
        await carmen.PressAsync(waiting, T["Slack.OpenForm"]);

        await carmen.FormAsync(T["Campaigns.ContentTitle"]);
        await world.Slack.AwaitAsync(_ => waiting.Deleted ? waiting : null, "button gone");
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task What_is_wrong_in_a_form_is_said_at_its_field_and_nothing_that_was_typed_is_lost()
    {
        await using var world = await SlackWorld.StartAsync();
        var carmen = world.Person("U0CARMEN");
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);
        await carmen.CommandAsync("campaign");
        var form = await carmen.FormAsync(T["Campaigns.ContentTitle"]);

        var errors = await carmen.SubmitAsync(form, ("link", "no address"), ("title", "A title"));

        Assert.Equal(["link"], errors!.Keys);
        Assert.True(form.Open);
        Assert.Null(await carmen.SubmitAsync(form, ("link", "https://www.example.com/"), ("title", "A title")));
        Assert.Same(form, await carmen.FormAsync(T["Campaigns.TextsTitle"]));
        await carmen.PressAsync(form, T["Dialogs.Back"]);
        Assert.Same(form, await carmen.FormAsync(T["Campaigns.ContentTitle"]));
        Assert.Contains("A title", form.Content.ToJsonString(), StringComparison.Ordinal);
        Assert.Single(world.Slack.Views);

        await carmen.CloseAsync(form);
        await carmen.SeesAsync("campaigns", alone: true);
        Assert.Equal(1, await world.Folder.QueryAsync(db => db.Campaigns.CountAsync(c => c.State == CampaignState.Draft)));
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task A_reaction_and_its_withdrawal_may_arrive_in_the_wrong_order()
    {
        await using var world = await SlackWorld.StartAsync();
        var (carmen, alice, ben) = (world.Person("U0CARMEN"), world.Person("U0ALICE"), world.Person("U0BEN"));
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);
        var card = await world.PublishAsync(carmen, T, "Title", "Words", FakeSlack.General);
        var now = world.Slack.Clock.GetUtcNow().ToUnixTimeSeconds();

        await alice.ReactAsync(card, "tada", added: false, $"{now + 20}.000100");
        await alice.ReactAsync(card, "tada", added: true, $"{now + 10}.000100");
        await ben.ReactAsync(card, "+1::skin-tone-2", added: true, $"{now + 10}.000200");
        await ben.ReactAsync(card, "+1::skin-tone-2", added: true, $"{now + 10}.000200");
        await ben.ReactAsync(card, "+1", added: true, $"{now + 11}.000200");
        await ben.ReactAsync(card, "+1", added: false, $"{now + 12}.000200");

        var standing = await world.Folder.QueryAsync(db => db.PromptReactions.Where(r => r.On).Select(r => r.Reaction).ToListAsync());
        Assert.Equal(["+1::skin-tone-2"], standing);
        Assert.Equal(1, await world.Folder.QueryAsync(db => db.Ledger.Where(e => e.Kind == LedgerKind.Reacted).SumAsync(e => e.Amount)));
    }

    [Fact]
    public async Task The_Home_tab_shows_ones_own_and_its_buttons_work()
    {
        await using var world = await SlackWorld.StartAsync();
        var (carmen, alice) = (world.Person("U0CARMEN"), world.Person("U0ALICE"));
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);
        await world.PublishAsync(carmen, T, "Our new office", "Words", FakeSlack.General);

        await alice.OpenHomeAsync();
        var home = await HomeAsync(world, alice, 1);
        Assert.True(SlackReader.Says(SlackReader.Text(home), "Our new office"));
        await alice.PressAsync(home, T["Campaigns.Share"]);
        var join = await alice.FormAsync(T["Sharing.JoinTitle"]);
        await alice.SubmitAsync(join, ("agree", "true"));

        Assert.True(join.Open);
        Assert.True(SlackReader.Says(SlackReader.Text(join), T["Sharing.YourText"]));
        await alice.PressAsync(join, T["Sharing.ISharedIt"]);
        await world.Slack.AwaitAsync(_ => SlackReader.Says(SlackReader.Text(join), T["Sharing.Thanks"]) ? join : null, "thanks in the window");
        Assert.Equal(1, await world.Folder.QueryAsync(db => db.Ledger.Where(e => e.Kind == LedgerKind.Said).SumAsync(e => e.Amount)));

        await carmen.OpenHomeAsync();
        var comms = await HomeAsync(world, carmen, 1);
        Assert.Contains(SlackReader.Plain(T["Campaigns.ButtonPause"]), SlackReader.Buttons(comms.Content["blocks"]!.AsArray()));
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task The_menus_of_Slack_itself_lead_to_the_commands()
    {
        await using var world = await SlackWorld.StartAsync();
        var (carmen, alice) = (world.Person("U0CARMEN"), world.Person("U0ALICE"));
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);

        await carmen.ShortcutAsync(Shortcuts.NewCampaign);
        await carmen.FormAsync(T["Campaigns.ContentTitle"]);
        await alice.MessageShortcutAsync(Shortcuts.Suggest, "Look: <https://www.example.com/story|a story>");
        var form = await alice.FormAsync(T["Suggestions.FormTitle"]);
        Assert.Contains("https://www.example.com/story", form.Content.ToJsonString(), StringComparison.Ordinal);

        var errors = await alice.SubmitAsync(form, ("title", "A story"));
        Assert.Null(await alice.SubmitAsync(form, ("title", "A story"), ("agree", "true")));

        Assert.Equal(["agree"], errors!.Keys);
        Assert.Equal("https://www.example.com/story", await world.Folder.QueryAsync(db => db.Set<Suggestion>().Select(suggestion => suggestion.Link).SingleAsync()));
        world.Slack.AssertNoFaults();
    }

    [Theory]
    [InlineData("", """{"files":[{"id":"F1","name":"open-day.jpg","permalink":"https://example.slack.com/files/U1/F1/open-day.jpg"}]}""", "")]
    [InlineData("", """{"attachments":[{"from_url":"https://www.example.com/story","title":"A story","fallback":"A story"}]}""", "https://www.example.com/story")]
    [InlineData("", """{"attachments":[null,{"text":"Only words of another app","fallback":"f"}],"bot_id":"B1","subtype":"bot_message"}""", "Only words of another app")]
    [InlineData("Just words", """{"attachments":[]}""", "Just words")]
    public async Task A_message_of_pictures_or_of_another_app_can_be_suggested_too(string text, string more, string filled)
    {
        await using var world = await SlackWorld.StartAsync();
        await world.InviteAsync(world.Person("U0CARMEN"), FakeSlack.General, Language.English);
        var alice = world.Person("U0ALICE");

        await alice.MessageShortcutAsync(Shortcuts.Suggest, text, System.Text.Json.Nodes.JsonNode.Parse(more)!.AsObject());

        var form = await alice.FormAsync(T["Suggestions.FormTitle"]);
        Assert.Contains(filled, form.Content.ToJsonString(), StringComparison.Ordinal);
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task A_button_that_waits_for_a_slow_page_opens_a_window_in_time()
    {
        await using var world = await SlackWorld.StartAsync();
        var carmen = world.Person("U0CARMEN");
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);
        var page = new TaskCompletionSource<AdvocacyBot.Core.Campaigns.LinkPreviewResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Host.Previews.Slow = page.Task;

        var answer = carmen.CommandAsync("broadcast https://www.example.com/slow");
        var window = await world.Slack.AwaitAsync(s => s.Views.Find(v => v.User == "U0CARMEN"), "window that asks for patience");
        Assert.DoesNotContain("\"input\"", window.Content.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(await answer);
        page.SetResult(new AdvocacyBot.Core.Campaigns.LinkPreviewResult.NotFetched(AdvocacyBot.Core.Campaigns.LinkPreviewFailure.Unreachable, null));

        Assert.Same(window, await carmen.FormAsync(T["Campaigns.ContentTitle"]));
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task A_form_that_Slack_will_not_open_any_more_waits_behind_a_button()
    {
        await using var world = await SlackWorld.StartAsync();
        var carmen = world.Person("U0CARMEN");
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);
        world.Slack.Next.GetOrAdd("views.open", _ => new()).Enqueue(http => FakeSlack.AnswerAsync(http, FakeSlack.Error("expired_trigger_id")));

        await carmen.CommandAsync("campaign");
        var waiting = await carmen.SeesAsync(T["Slack.FormWaits"], alone: true);
        await carmen.PressAsync(waiting, T["Slack.OpenForm"]);

        await carmen.FormAsync(T["Campaigns.ContentTitle"]);
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task A_busy_database_costs_nobody_their_form_or_what_they_typed()
    {
        await using var world = await SlackWorld.StartAsync();
        var carmen = world.Person("U0CARMEN");
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);
        var database = world.Host.Services.GetRequiredService<Database>();

        FakeView window;
        using (await database.EnterWriteAsync(CancellationToken.None))
        {
            Assert.Null(await carmen.CommandAsync("campaign"));
            window = Assert.Single(world.Slack.With(s => s.Views.ToList()));
            Assert.True(SlackReader.Says((string?)window.Content["title"]!["text"], T["SlackCards.LoadingTitle"]));
        }

        Assert.Same(window, await carmen.FormAsync(T["Campaigns.ContentTitle"]));
        using (await database.EnterWriteAsync(CancellationToken.None))
        {
            Assert.Null(await carmen.SubmitAsync(window, ("link", "no address"), ("title", "A title to keep")));
            Assert.True(SlackReader.Says((string?)window.Content["title"]!["text"], T["SlackCards.LoadingTitle"]));
        }

        Assert.Same(window, await carmen.FormAsync(T["Campaigns.ContentTitle"]));
        Assert.True(SlackReader.Says(SlackReader.Text(window), T["Campaigns.LinkBroken"]));
        Assert.Contains("A title to keep", window.Content.ToJsonString(), StringComparison.Ordinal);
        world.Slack.AssertNoFaults();
    }

    private static Task<FakeView> HomeAsync(SlackWorld world, SlackUser person, int version) => world.Slack.AwaitAsync(
        s => s.Views.Find(v => v.User == person.Id && (string?)v.Content["type"] == "home" && v.Version >= version), "Home tab");
}
