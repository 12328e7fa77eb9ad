using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Core.Rewards;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Digests;

/// <summary>What a planned digest says when it is sent, the preview, and posting it at once.</summary>
public sealed class DigestDeliveryTests
{
    [Fact]
    public async Task A_planned_digest_is_built_in_the_channels_language_when_it_is_sent()
    {
        await using var world = await DigestWorld.CreateAsync();
        var channel = await world.AddAsync(world.NewChannel(c => c.Language = "he"));
        var people = await world.AddMembersAsync(channel, 6);
        var prompt = await world.AddCampaignAsync(channel, "News", DigestWorld.Monday.AddDays(-3));
        await world.Plan.RunAsync(CancellationToken.None);
        await world.AddAsync(world.Event(prompt, people[0], LedgerKind.Said, DigestWorld.Monday.AddDays(-1)));

        var post = Assert.IsType<DeliveryContent.Post>(await BuildAsync(world));

        Assert.Equal("הסיכום השבועי: 17% השתתפו, 1 מתוך 6", post.Summary);
        Assert.Contains("הסיכום השבועי: 16 בנובמבר עד 22 בנובמבר", DigestCardsTests.AllTexts(post.Card));
    }

    [Fact]
    public async Task A_digest_is_skipped_with_its_reason_when_it_is_no_longer_wanted()
    {
        await using var world = await DigestWorld.CreateAsync();
        var channel = await world.AddAsync(world.NewChannel());
        await world.Plan.RunAsync(CancellationToken.None);

        world.MoveTo(DigestWorld.Monday.AddHours(9).AddDays(3));
        Assert.IsType<DeliveryContent.Post>(await BuildAsync(world));
        world.MoveTo(DigestWorld.Monday.AddHours(9).AddDays(3).AddMilliseconds(1));
        Assert.Equal(new DeliveryContent.Skip("too_late"), await BuildAsync(world));
        await world.ChangeAsync(async db => (await db.Conversations.SingleAsync()).DigestOn = false);
        Assert.Equal(new DeliveryContent.Skip("digest_off"), await BuildAsync(world));
        await world.ChangeAsync(async db => (await db.Conversations.SingleAsync()).RemovedAt = world.Clock.GetUtcNow());
        Assert.Equal(new DeliveryContent.Skip("channel_removed"), await BuildAsync(world));
    }

    [Fact]
    public async Task A_digest_of_a_removed_workspace_is_skipped()
    {
        await using var world = await DigestWorld.CreateAsync();
        await world.AddAsync(world.NewChannel());
        await world.Plan.RunAsync(CancellationToken.None);
        await world.ChangeAsync(async db => (await db.Workspaces.SingleAsync()).RemovedAt = world.Clock.GetUtcNow());

        Assert.Equal(new DeliveryContent.Skip("channel_removed"), await BuildAsync(world));
    }

    [Fact]
    public async Task A_week_of_holidays_by_the_settings_or_the_owner_is_told_so_in_that_zone_alone()
    {
        await using var world = await DigestWorld.CreateAsync();
        var channel = await world.AddAsync(world.NewChannel(c => c.TimeZone = "Europe/London"));
        await world.AddMembersAsync(channel, 6);
        await world.AddCampaignAsync(channel, "News", DigestWorld.Monday.AddDays(-20));
        await world.Plan.RunAsync(CancellationToken.None);
        Assert.Contains("A quiet week", string.Concat(await TextsAsync()), StringComparison.Ordinal);

        world.HolidaySettings.Days.Add("2026-11-16..2026-11-18 Asia/Jerusalem");
        await world.AddAsync(new RecognitionSettings { WorkspaceId = world.Workspace.Id, Holidays = "2026-11-18..2026-11-20" });
        Assert.Contains("A quiet week", string.Concat(await TextsAsync()), StringComparison.Ordinal);

        world.HolidaySettings.Days.Add("2026-11-16..2026-11-17 Europe/London");
        Assert.Contains("A holiday week", string.Concat(await TextsAsync()), StringComparison.Ordinal);

        async Task<IReadOnlyList<string>> TextsAsync() => DigestCardsTests.AllTexts(Assert.IsType<DeliveryContent.Post>(await BuildAsync(world)).Card);
    }

    [Theory]
    [InlineData("", "This week so far: November 23 to November 23")]
    [InlineData(" NOW ", "This week so far: November 23 to November 23")]
    [InlineData("last", "Weekly digest: November 16 to November 22")]
    public async Task The_preview_is_private_and_shows_the_week_asked_for(string arguments, string title)
    {
        await using var world = await DigestWorld.CreateAsync();
        var (channel, boss) = await ChannelAsync(world);

        var card = Assert.IsType<PrivateReply>(await ShowAsync(world, channel, boss, arguments)).Card;

        Assert.Contains(title, DigestCardsTests.AllTexts(card));
        var post = CardReader.Action(card, "digest.post");
        Assert.Equal(TokenVerdict.Valid, world.Tokens.Read(post.Data.Token, out var token));
        Assert.Equal(("digest.post", boss.Id, channel.Id), (token!.Verb, token.PersonId, token.Subject));
        Assert.Empty(await world.DeliveriesAsync());
    }

    [Fact]
    public async Task Before_the_due_hour_the_preview_is_the_week_that_is_about_to_be_told()
    {
        await using var world = await DigestWorld.CreateAsync(now: DigestWorld.Monday.AddHours(8));
        var (channel, boss) = await ChannelAsync(world);

        var card = Assert.IsType<PrivateReply>(await ShowAsync(world, channel, boss, "")).Card;

        Assert.Contains("Weekly digest: November 16 to November 22", DigestCardsTests.AllTexts(card));
    }

    [Fact]
    public async Task Unknown_words_and_personal_chats_are_answered_with_what_helps()
    {
        await using var world = await DigestWorld.CreateAsync();
        var (channel, boss) = await ChannelAsync(world);
        var personal = await world.AddAsync(world.NewChannel(kind: ConversationKind.Personal));

        Assert.Contains("“next” is not a week I know", Text(await ShowAsync(world, channel, boss, "next")), StringComparison.Ordinal);
        Assert.Contains("Use /advocate digest in the channel", Text(await ShowAsync(world, personal, boss, "")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("last", "2026-11-16", "Weekly digest: November 16 to November 22")]
    [InlineData("", "2026-11-23", "This week so far: November 23 to November 23")]
    public async Task Posting_now_writes_one_delivery_a_day_of_the_week_that_was_shown(string arguments, string firstDay, string title)
    {
        await using var world = await DigestWorld.CreateAsync();
        await PostsOnceADayAsync(world, arguments, firstDay, title);
    }

    [Fact]
    public async Task Posting_now_leaves_the_weeks_own_digest_alone_and_works_where_that_is_off()
    {
        await using var world = await DigestWorld.CreateAsync();
        var (channel, boss) = await ChannelAsync(world);
        await PressAsync(world, channel, boss, await TokenAsync(world, channel, boss, "last"));

        var plan = await world.Plan.RunAsync(CancellationToken.None);
        await world.ChangeAsync(async db => (await db.Conversations.SingleAsync()).DigestOn = false);

        Assert.Equal(1, plan.ToSend);
        Assert.IsType<DeliveryContent.Post>(await BuildAsync(world));
        world.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal(new DeliveryContent.Skip("too_late"), await BuildAsync(world));
    }

    [Fact]
    public async Task The_role_and_the_channel_are_looked_at_again_when_the_button_is_pressed()
    {
        await using var world = await DigestWorld.CreateAsync();
        var (channel, boss) = await ChannelAsync(world);
        var token = await TokenAsync(world, channel, boss, "");

        await world.ChangeAsync(async db => (await db.Conversations.SingleAsync()).RemovedAt = world.Clock.GetUtcNow());
        Assert.StartsWith("I am no longer in that channel", Text(await PressAsync(world, channel, boss, token)), StringComparison.Ordinal);
        await world.ChangeAsync(async db => (await db.People.SingleAsync()).Roles = Roles.Approver);
        Assert.StartsWith("Posting a digest is for the communications team", Text(await PressAsync(world, channel, boss, token)), StringComparison.Ordinal);
        Assert.Empty(await world.DeliveriesAsync());
    }

    [Fact]
    public void The_command_is_for_comms_and_owners_and_described_in_every_language()
    {
        var command = Assert.Single(DigestRoutes.Commands);

        Assert.Equal(("digest", Roles.Comms | Roles.Owner), (command.Name, command.For));
        Assert.All(Language.All, language => Assert.NotEmpty(Texts.In(language)[command.DescriptionKey]));
    }

    internal static async Task PostsOnceADayAsync(DigestWorld world, string arguments, string firstDay, string title)
    {
        var (channel, boss) = await ChannelAsync(world);
        var token = await TokenAsync(world, channel, boss, arguments);
        var signalled = new List<long>();
        world.Signal.Listen(signalled.Add);

        var first = await PressAsync(world, channel, boss, token);
        var second = await PressAsync(world, channel, boss, token);

        var delivery = Assert.Single(await world.DeliveriesAsync());
        Assert.StartsWith("The digest is on its way", Text(first), StringComparison.Ordinal);
        Assert.StartsWith("A digest was posted here today already", Text(second), StringComparison.Ordinal);
        Assert.Equal(($"digest-now:{channel.Id}:2026-11-23", firstDay, DeliveryKind.Digest), (delivery.Key, delivery.Period, delivery.Kind));
        Assert.Equal([world.Workspace.Id], signalled);
        Assert.Contains(title, DigestCardsTests.AllTexts(Assert.IsType<DeliveryContent.Post>(await BuildAsync(world)).Card));

        world.Clock.Advance(TimeSpan.FromDays(1));
        await PressAsync(world, channel, boss, token);
        Assert.Equal(2, (await world.DeliveriesAsync()).Count);
    }

    private static async Task<(Conversation Channel, Person Boss)> ChannelAsync(DigestWorld world) =>
        (await world.AddAsync(world.NewChannel()), await world.AddAsync(world.NewPerson("Boss", p => p.Roles = Roles.Comms)));

    private static async Task<DeliveryContent> BuildAsync(DigestWorld world)
    {
        await using var db = world.CreateDbContext();
        var delivery = await db.Deliveries.OrderBy(d => d.Id).FirstAsync();
        return await new DigestContent(db, world.Query, world.Cards, world.Extras(db), world.Clock).BuildAsync(delivery, CancellationToken.None);
    }

    private static async Task<Reply> ShowAsync(DigestWorld world, Conversation channel, Person person, string arguments)
    {
        await using var db = world.CreateDbContext();
        var turn = world.Turn(channel, person);
        var command = new CommandInvoked
        {
            Workspace = turn.Workspace.Ref, Conversation = turn.Conversation.Ref, Person = turn.Person.Ref, DedupKey = "1", At = turn.Now, Name = "digest",
            Arguments = arguments,
        };
        return await new ShowDigest(db, world.Query, world.Cards, world.Extras(db), Months(world, db), world.Tokens).HandleAsync(command, turn, CancellationToken.None);
    }

    private static ReadMonth Months(DigestWorld world, AdvocacyDb db)
    {
        var ladders = new ReadLadder(db, new AdvocacyBot.Core.Reports.DayLadders(world.Database));
        return new ReadMonth(db, ladders, new ReadGoals(db, ladders), new ReadBudgets(db), new Holidays(db, Microsoft.Extensions.Options.Options.Create(world.HolidaySettings)));
    }

    private static async Task<ActionToken> TokenAsync(DigestWorld world, Conversation channel, Person person, string arguments)
    {
        var card = Assert.IsType<PrivateReply>(await ShowAsync(world, channel, person, arguments)).Card;
        world.Tokens.Read(CardReader.Action(card, "digest.post").Data.Token, out var token);
        return token!;
    }

    private static async Task<Reply> PressAsync(DigestWorld world, Conversation channel, Person person, ActionToken token)
    {
        await using var db = world.CreateDbContext();
        var afterCommit = new AfterCommit();
        var turn = world.Turn(channel, person);
        var press = new ActionPressed
        {
            Workspace = turn.Workspace.Ref, Conversation = turn.Conversation.Ref, Person = turn.Person.Ref, DedupKey = "1", At = turn.Now, Token = "",
        };
        var reply = await new PostDigestNow(db, world.Signal, afterCommit).HandleAsync(press, token, turn, CancellationToken.None);
        afterCommit.Run();
        return reply;
    }

    private static string Text(Reply reply) => Assert.Single(DigestCardsTests.AllTexts(Assert.IsType<PrivateReply>(reply).Card));
}
