using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Campaigns;

[BothDatabases]
public sealed class CampaignJourneyTests
{
    [Fact]
    public async Task A_published_campaign_stands_in_its_channel_as_it_was_previewed()
    {
        await using var bot = await TestBot.StartAsync();
        var preview = await bot.ComposeAsync("carmen", "We won the award");

        await bot.SubmitAsync("carmen", preview, "publish");
        await bot.SendOutboxAsync();

        var (message, id) = Assert.Single(bot.Sender.Sent);
        var shown = CardReader.Text(message.Card);
        Assert.All(shown.Split('\n'), line => Assert.Contains(line, CardReader.Text(preview.Card), StringComparison.Ordinal));
        Assert.Equal(["Share", "Not for me"], message.Card.Actions!.Select(action => action.Title));
        var prompt = await bot.QueryAsync(db => db.Prompts.SingleAsync());
        Assert.Equal(id, prompt.MessageId);
        Assert.Equal(CampaignState.Running, (await bot.QueryAsync(db => db.Campaigns.SingleAsync())).State);
    }

    [Fact]
    public async Task An_employee_is_told_who_can_start_a_campaign()
    {
        await using var bot = await TestBot.StartAsync();

        var reply = Assert.IsType<PrivateReply>(await bot.CommandAsync("e1", "campaign"));

        var text = CardReader.Text(reply);
        Assert.Contains("Carmen Cole", text, StringComparison.Ordinal);
        Assert.Contains("Olivia Owens", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Employee", text, StringComparison.Ordinal);
        Assert.Equal(0, await bot.QueryAsync(db => db.DialogStates.CountAsync()));
    }

    [Theory]
    [InlineData("link", "ftp://example.com", "https://")]
    [InlineData("link", "javascript:alert(1)", "https://")]
    [InlineData("link", "https://user:secret@example.com", "https://")]
    [InlineData("link", "", "address")]
    [InlineData("title", "", "title")]
    [InlineData("imageUrl", "picture.png", "https://")]
    [InlineData("minutes", "0", "1 to 60")]
    [InlineData("minutes", "soon", "1 to 60")]
    [InlineData("contentType", "Gossip", "list")]
    public async Task A_wrong_field_is_named_with_what_to_do(string field, string value, string expected)
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var fields = new List<(string, string)> { ("link", "https://example.com/a"), ("title", "T") };
        fields.RemoveAll(f => f.Item1 == field);
        fields.Add((field, value));

        var errors = CardReader.Errors(await bot.SubmitAsync("carmen", content, "next", [.. fields]));

        Assert.Equal([field], errors.Keys);
        Assert.Contains(expected, errors[field], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_description_without_a_picture_and_a_picture_without_a_description_are_named()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var good = new[] { ("link", "https://example.com/a"), ("title", "T") };

        var noImage = CardReader.Errors(await bot.SubmitAsync("carmen", content, "next", [.. good, ("imageAlt", "A prize")]));
        var noAlt = CardReader.Errors(await bot.SubmitAsync("carmen", content, "next", [.. good, ("imageUrl", "https://example.com/a.png")]));

        Assert.Equal(["imageUrl"], noImage.Keys);
        Assert.Equal(["imageAlt"], noAlt.Keys);
    }

    [Theory]
    [InlineData(LinkPreviewFailure.HttpError, "404", true)]
    [InlineData(LinkPreviewFailure.HttpError, "403", false)]
    [InlineData(LinkPreviewFailure.NotHtml, "application/pdf", true)]
    [InlineData(LinkPreviewFailure.NotHtml, "image/png", false)]
    [InlineData(LinkPreviewFailure.Unreachable, null, false)]
    public async Task An_address_at_which_there_is_no_picture_is_named(LinkPreviewFailure reason, string? detail, bool named)
    {
        await using var bot = await TestBot.StartAsync();
        bot.Pages.Else["https://example.com/a.png"] = new(reason, detail);
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));

        var reply = await bot.SubmitAsync(
            "carmen", content, "next", ("link", "https://example.com/a"), ("title", "T"), ("imageUrl", "https://example.com/a.png"), ("imageAlt", "A prize"));

        if (named)
        {
            var error = Assert.Single(CardReader.Errors(reply));
            Assert.Equal("imageUrl", error.Key);
            Assert.Contains("no picture", error.Value, StringComparison.Ordinal);
        }
        else
        {
            Assert.IsType<OpenFormReply>(reply);
        }
    }

    [Fact]
    public async Task A_page_in_the_place_of_the_picture_is_named()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Pages.Known["https://example.com/"] = new LinkPreview { Link = new Uri("https://example.com/") };
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));

        var errors = CardReader.Errors(await bot.SubmitAsync(
            "carmen", content, "next", ("link", "https://example.com/a"), ("title", "T"), ("imageUrl", "https://example.com"), ("imageAlt", "A prize")));

        Assert.Equal(["imageUrl"], errors.Keys);
    }

    [Fact]
    public async Task A_text_too_long_for_a_network_is_named_with_the_networks_own_count()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/a"), ("title", "T")));

        var errors = CardReader.Errors(await bot.SubmitAsync("carmen", texts, "next", ("text2", new string('x', 290)), ("text1", "fine"), ("networks", "x,linkedin")));
        var fine = await bot.SubmitAsync("carmen", texts, "next", ("text2", new string('x', 290)), ("text1", "fine"), ("networks", "linkedin"));

        Assert.Equal(["text2"], errors.Keys);
        Assert.Contains("280", errors["text2"], StringComparison.Ordinal);
        Assert.IsType<OpenFormReply>(fine);
    }

    [Fact]
    public async Task A_past_start_is_judged_by_each_channels_own_clock()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/a"), ("title", "T")));
        var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next", ("text1", "fine")));
        var ids = await bot.QueryAsync(db => db.Conversations.ToDictionaryAsync(c => c.ExternalId, c => c.Id));

        // 10:00 UTC: 10:00 in London, 12:00 in Jerusalem.
        var london = await bot.SubmitAsync("carmen", schedule, "next", ("channels", $"{ids["general"]}"), ("startDate", "2026-11-23"), ("startTime", "11:00"));
        var back = CardReader.Form(await bot.SubmitAsync("carmen", CardReader.Form(london), "back"));
        var both = CardReader.Errors(await bot.SubmitAsync("carmen", back, "next", ("channels", $"{ids["general"]},{ids["hadashot"]}"), ("startDate", "2026-11-23"), ("startTime", "11:00")));

        Assert.Contains("12:00", both["startDate"], StringComparison.Ordinal);
        Assert.Contains("חדשות", both["startDate"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2020-01-01", "", "", "", "startDate")]
    [InlineData("2027-01-01", "10:00", "2027-01-01", "09:00", "endDate")]
    [InlineData("", "", "2020-01-01", "", "endDate")]
    [InlineData("31/12/2026", "", "", "", "startDate")]
    [InlineData("", "10:00", "", "", "startDate")]
    public async Task Impossible_times_are_named(string startDate, string startTime, string endDate, string endTime, string field)
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/a"), ("title", "T")));
        var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next", ("text1", "fine")));

        var errors = CardReader.Errors(await bot.SubmitAsync(
            "carmen", schedule, "next", ("startDate", startDate), ("startTime", startTime), ("endDate", endDate), ("endTime", endTime)));

        Assert.Equal([field], errors.Keys);
    }

    [Fact]
    public async Task A_scheduled_campaign_starts_in_each_channel_when_its_clock_shows_the_time()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/a"), ("title", "Later")));
        var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next", ("text1", "fine")));
        var ids = await bot.QueryAsync(db => db.Conversations.Select(c => c.Id).ToListAsync());
        var preview = CardReader.Form(await bot.SubmitAsync(
            "carmen", schedule, "next", ("channels", string.Join(',', ids)), ("startDate", "2026-11-24"), ("startTime", "09:00")));
        await bot.SubmitAsync("carmen", preview, "publish");
        Assert.Equal(CampaignState.Scheduled, (await bot.QueryAsync(db => db.Campaigns.SingleAsync())).State);

        var posted = new List<(int Hour, string Channel)>();
        for (var hour = 0; hour < 30; hour++)
        {
            bot.Clock.Advance(TimeSpan.FromHours(1));
            var before = bot.Sender.Sent.Count;
            await bot.SendOutboxAsync();
            posted.AddRange(bot.Sender.Sent.Skip(before).Select(sent => (bot.Clock.GetUtcNow().Hour, sent.Message.Conversation.Id)));
        }

        Assert.Equal([(7, "hadashot"), (9, "general")], posted);
    }

    [Fact]
    public async Task Broadcast_fills_the_form_from_the_page_and_opens_it_all_the_same_when_the_page_cannot_be_read()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Pages.Known["https://example.com/story"] = new LinkPreview
        {
            Link = new Uri("https://example.com/story"),
            Title = "סיפור טוב",
            Description = "תקציר",
            ImageUrl = new Uri("https://example.com/a.png"),
            Language = "he-IL",
        };

        var known = CardReader.Inputs(CardReader.Form(await bot.CommandAsync("carmen", "broadcast https://example.com/story")).Card);
        var unknown = CardReader.Inputs(CardReader.Form(await bot.CommandAsync("carmen", "broadcast https://example.com/other")).Card);
        var broken = CardReader.Inputs(CardReader.Form(await bot.CommandAsync("carmen", "broadcast nonsense")).Card);

        Assert.Equal(("סיפור טוב", "תקציר", "https://example.com/a.png", "he"), (known["title"], known["summary"], known["imageUrl"], known["language"]));
        Assert.Equal(("https://example.com/other", ""), (unknown["link"], unknown["title"]));
        Assert.Equal("nonsense", broken["link"]);
    }

    [Fact]
    public async Task Pause_resume_and_close_turn_the_card_in_the_channel()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Movable");

        var list = CardReader.Card(await bot.CommandAsync("carmen", "campaigns"));
        var paused = CardReader.Card(await bot.PressAsync("carmen", list, "campaign.pause"));
        await bot.SendOutboxAsync();
        Assert.Null(bot.Sender.Updated[^1].Message.Card.Actions);
        Assert.Contains("paused", CardReader.Text(bot.Sender.Updated[^1].Message.Card), StringComparison.Ordinal);

        var resumed = CardReader.Card(await bot.PressAsync("carmen", paused, "campaign.resume"));
        await bot.SendOutboxAsync();
        Assert.Equal(2, bot.Sender.Updated[^1].Message.Card.Actions!.Count);

        var confirm = CardReader.Form(await bot.PressAsync("carmen", resumed, "campaign.close"));
        Assert.Equal(CampaignState.Running, (await bot.QueryAsync(db => db.Campaigns.SingleAsync())).State);
        await bot.SubmitAsync("carmen", confirm, "close");
        await bot.SendOutboxAsync();
        Assert.Equal(CampaignState.Closed, (await bot.QueryAsync(db => db.Campaigns.SingleAsync())).State);
        Assert.Contains("closed", CardReader.Text(bot.Sender.Updated[^1].Message.Card), StringComparison.Ordinal);

        var old = await bot.PressAsync("carmen", list, "campaign.pause");
        Assert.Contains("cannot be done", CardReader.Text(old), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_changes_the_posted_card_and_only_at_the_last_step()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Before");
        var list = CardReader.Card(await bot.CommandAsync("carmen", "campaigns"));

        var content = CardReader.Form(await bot.PressAsync("carmen", list, "campaign.edit"));
        Assert.Equal("Before", CardReader.Inputs(content.Card)["title"]);
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("title", "After")));
        var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next"));
        var preview = CardReader.Form(await bot.SubmitAsync("carmen", schedule, "next"));
        await bot.SendOutboxAsync();
        Assert.Empty(bot.Sender.Updated);
        Assert.Equal("Before", (await bot.QueryAsync(db => db.Campaigns.SingleAsync())).Title);

        await bot.SubmitAsync("carmen", preview, "publish");
        await bot.SendOutboxAsync();

        Assert.Contains("After", CardReader.Text(Assert.Single(bot.Sender.Updated).Message.Card), StringComparison.Ordinal);
        Assert.Single(bot.Sender.Sent);
    }

    [Fact]
    public async Task Duplicate_starts_a_new_campaign_with_the_same_words()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Twice", ["One.", "Two."]);
        var list = CardReader.Card(await bot.CommandAsync("carmen", "campaigns"));

        var content = CardReader.Form(await bot.PressAsync("carmen", list, "campaign.duplicate"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next"));

        Assert.Equal("Two.", CardReader.Inputs(texts.Card)["text2"]);
        Assert.Equal(2, await bot.QueryAsync(db => db.Campaigns.CountAsync()));
    }

    [Fact]
    public async Task A_campaign_whose_end_has_come_closes_by_itself()
    {
        await using var bot = await TestBot.StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/a"), ("title", "Short")));
        var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next", ("text1", "fine")));
        var preview = CardReader.Form(await bot.SubmitAsync("carmen", schedule, "next", ("endDate", "2026-11-23"), ("endTime", "18:00")));
        await bot.SubmitAsync("carmen", preview, "publish");
        await bot.SendOutboxAsync();

        bot.Clock.Advance(TimeSpan.FromHours(7.9));
        Assert.Equal(0, await bot.ScopedAsync((AdvanceCampaigns advance) => advance.RunAsync(default)));
        bot.Clock.Advance(TimeSpan.FromHours(0.2));
        Assert.Equal(1, await bot.ScopedAsync((AdvanceCampaigns advance) => advance.RunAsync(default)));
        Assert.Equal(0, await bot.ScopedAsync((AdvanceCampaigns advance) => advance.RunAsync(default)));
        await bot.SendOutboxAsync();

        Assert.Equal(CampaignState.Closed, (await bot.QueryAsync(db => db.Campaigns.SingleAsync())).State);
        Assert.Contains("closed", CardReader.Text(Assert.Single(bot.Sender.Updated).Message.Card), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_lost_the_role_cannot_publish_what_they_had_open()
    {
        await using var bot = await TestBot.StartAsync();
        var preview = await bot.ComposeAsync("carmen", "Too late");
        await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "carmen").ExecuteUpdateAsync(set => set.SetProperty(p => p.Roles, Roles.None)));
        bot.Clock.Advance(Core.People.PeopleDirectory.Freshness);

        var reply = await bot.SubmitAsync("carmen", preview, "publish");

        Assert.Contains("not among them any more", CardReader.Text(reply), StringComparison.Ordinal);
        Assert.Equal(0, await bot.QueryAsync(db => db.Deliveries.CountAsync()));
    }

    [Fact]
    public async Task A_Hebrew_channel_gets_a_right_to_left_card_around_an_English_title()
    {
        await using var bot = await TestBot.StartAsync();
        var id = await bot.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == TestBot.Hebrew).Select(c => c.Id).SingleAsync());

        var card = await bot.PublishAsync("We won (again)", channels: $"{id}");

        Assert.True(card.Rtl);
        Assert.Equal("he", card.Lang);
        Assert.Contains("\u2068We won (again)\u2069", CardReader.Text(card), StringComparison.Ordinal);
        Assert.Equal(["שיתוף", "לא בשבילי"], card.Actions!.Select(a => a.Title));
        Assert.Contains(CardReader.Elements(card).OfType<Container>(), container => container.Rtl == false);
    }
}
