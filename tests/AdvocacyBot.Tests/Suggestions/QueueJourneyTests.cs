using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Suggestions;

[BothDatabases]
public sealed class QueueJourneyTests
{
    [Fact]
    public async Task An_approved_suggestion_becomes_a_campaign_that_names_who_agreed_and_they_hear_of_it()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SuggestAsync("e1", "https://example.com/good", byName: true, ("title", "Good news"), ("text", "Look at this."), ("why", "Customers love it"));
        await bot.SuggestAsync("e2", "https://example.com/good", changed: ("text", "I was there."));

        var card = await PublishFromQueueAsync(bot, "carmen");

        Assert.Contains("Suggested by Employee 1 and one more colleague", CardReader.Text(card), StringComparison.Ordinal);
        Assert.DoesNotContain("Employee 2", CardReader.Text(card), StringComparison.Ordinal);
        var campaign = await bot.QueryAsync(db => db.Campaigns.Include(c => c.Texts).SingleAsync());
        Assert.Equal(("Good news", "Customers love it"), (campaign.Title, campaign.Summary));
        Assert.Equal(["Look at this.", "I was there."], campaign.Texts.OrderBy(text => text.Position).Select(text => text.Text));
        var suggestion = await bot.QueryAsync(db => db.Suggestions.SingleAsync());
        Assert.Equal((SuggestionState.Approved, campaign.Id), (suggestion.State, suggestion.CampaignId));
        Assert.All(new[] { "e1", "e2" }, person => Assert.Contains("is approved", CardReader.Text(bot.NotesTo(person)[^1]), StringComparison.Ordinal));
        Assert.All(bot.Sender.Sent, sent => Assert.Equal(sent.Message.Recipient is null, sent.Message.Card == card));
        Assert.Contains("No suggestions", CardReader.Text(await bot.CommandAsync("carmen", "approve")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_not_to_be_named_is_a_colleague_everywhere()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SuggestAsync("e1", "https://example.com/good", changed: ("title", "Good news"));

        var card = await PublishFromQueueAsync(bot, "carmen", "A text.");

        Assert.Contains("Suggested by a colleague", CardReader.Text(card), StringComparison.Ordinal);
        bot.Clock.Advance(TimeSpan.FromHours(1));
        var digest = CardReader.Text(await bot.CommandAsync("carmen", "digest"));
        Assert.Contains("“Good news”. Suggested by a colleague.", digest, StringComparison.Ordinal);
        Assert.DoesNotContain("Employee 1", digest + CardReader.Text(card), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_digest_counts_who_suggested_and_credits_what_became_of_it()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SuggestAsync("e1", "https://example.com/good", byName: true, ("title", "Good news"));
        await bot.SuggestAsync("e2", "https://example.com/other");
        await PublishFromQueueAsync(bot, "carmen", "A text.");
        bot.Clock.Advance(TimeSpan.FromHours(1));

        var text = CardReader.Text(await bot.CommandAsync("carmen", "digest"));

        Assert.Contains("2 of 12", text, StringComparison.Ordinal);
        Assert.Contains("Suggested content: 2 people", text, StringComparison.Ordinal);
        Assert.Contains("“Good news”. Suggested by Employee 1", text, StringComparison.Ordinal);
        Assert.Contains("shared, reacted or suggested", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_leaves_is_not_named_any_more_on_cards_that_stand()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.ShareAsync("e1", await bot.PublishAsync("First"), byName: true);
        await bot.SuggestAsync("e1", "https://example.com/good", byName: true, ("title", "Good news"));
        await PublishFromQueueAsync(bot, "carmen", "A text.");

        await bot.PressAsync("e1", CardReader.Card(await bot.CommandAsync("e1", "me")), "me.leave");
        await bot.SendOutboxAsync();

        var updated = CardReader.Text(Assert.Single(bot.Sender.Updated).Message.Card);
        Assert.Contains("Suggested by a colleague", updated, StringComparison.Ordinal);
        Assert.DoesNotContain("Employee 1", updated, StringComparison.Ordinal);
        Assert.DoesNotContain("Employee 1", CardReader.Text(await bot.CommandAsync("carmen", "digest")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decline_reaches_each_suggester_in_their_own_language_with_the_reason()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SuggestAsync("e1", "https://example.com/good");
        await bot.SuggestAsync("h1", "https://example.com/good");
        var queue = CardReader.Card(await bot.CommandAsync("carmen", "approve"));
        var form = CardReader.Form(await bot.PressAsync("carmen", queue, "suggestion.decline"));

        Assert.Equal(["words"], CardReader.Errors(await bot.SubmitAsync("carmen", form, "decline", ("reason", "own"))).Keys);
        Assert.Equal(["reason"], CardReader.Errors(await bot.SubmitAsync("carmen", form, "decline", ("reason", "Nonsense"))).Keys);
        await bot.SubmitAsync("carmen", form, "decline", ("reason", "NotNow"), ("words", "After the launch, gladly."));
        await bot.SendOutboxAsync();

        var english = CardReader.Text(Assert.Single(bot.NotesTo("e1")));
        Assert.Contains("other things come first", english, StringComparison.Ordinal);
        Assert.Contains("After the launch, gladly.", english, StringComparison.Ordinal);
        var hebrew = Assert.Single(bot.NotesTo("h1"));
        Assert.True(hebrew.Rtl);
        Assert.Contains("דברים אחרים קודמים", CardReader.Text(hebrew), StringComparison.Ordinal);
        Assert.Contains("decided or taken back", CardReader.Text(await bot.PressAsync("carmen", queue, "suggestion.decline")), StringComparison.Ordinal);
        Assert.Equal(2, await bot.QueryAsync(db => db.Ledger.SumAsync(e => e.Amount)));
    }

    [Fact]
    public async Task A_question_goes_to_the_suggester_and_the_answer_comes_back_to_the_queue()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SuggestAsync("e1", "https://example.com/good", changed: ("title", "Good news"));
        var queue = CardReader.Card(await bot.CommandAsync("carmen", "approve"));
        var ask = CardReader.Form(await bot.PressAsync("carmen", queue, "suggestion.ask"));
        Assert.Equal(["words"], CardReader.Errors(await bot.SubmitAsync("carmen", ask, "send")).Keys);
        await bot.SubmitAsync("carmen", ask, "send", ("words", "Who took the picture?"));
        await bot.SendOutboxAsync();

        var question = Assert.Single(bot.NotesTo("e1"));
        Assert.Contains("Who took the picture?", CardReader.Text(question), StringComparison.Ordinal);
        Assert.Contains("עדיין אין תשובה", CardReader.Text(await bot.CommandAsync("dana", "approve")), StringComparison.Ordinal);
        var answer = CardReader.Form(await bot.PressAsync("e1", question, "suggestion.answer"));
        await bot.SubmitAsync("e1", answer, "send", ("words", "I did, and all agree."));
        await bot.SendOutboxAsync();

        Assert.Contains("I did, and all agree.", CardReader.Text(bot.NotesTo("carmen")[^1]), StringComparison.Ordinal);
        Assert.Contains("I did, and all agree.", CardReader.Text(await bot.CommandAsync("carmen", "approve")), StringComparison.Ordinal);
        Assert.Equal(SuggestionState.Waiting, await bot.QueryAsync(db => db.Suggestions.Select(s => s.State).SingleAsync()));
        Assert.Contains("no open question", CardReader.Text(await bot.PressAsync("e1", question, "suggestion.answer")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_in_the_queue_stays_in_the_queue_and_is_noted_without_words()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SuggestAsync("e1", "https://example.com/good", changed: ("title", "Godo news"));
        var queue = CardReader.Card(await bot.CommandAsync("carmen", "approve"));
        var form = CardReader.Form(await bot.PressAsync("carmen", queue, "suggestion.edit"));
        await bot.SubmitAsync("carmen", form, "save", ("title", "Good news"), ("link", "https://example.com/better"));

        Assert.Contains("Good news", CardReader.Text(await bot.CommandAsync("carmen", "approve")), StringComparison.Ordinal);
        var noted = await bot.QueryAsync(db => db.Audit.SingleAsync());
        Assert.Equal(("suggestion.edited", "link, title"), (noted.Action, noted.After));
        await bot.SuggestAsync("e2", "https://example.com/better");
        Assert.Equal(1, await bot.QueryAsync(db => db.Suggestions.CountAsync()));
    }

    [Fact]
    public async Task A_draft_that_was_begun_from_a_suggestion_is_taken_up_again()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SuggestAsync("e1", "https://example.com/good", changed: ("title", "Good news"));
        var queue = CardReader.Card(await bot.CommandAsync("carmen", "approve"));
        var content = CardReader.Form(await bot.PressAsync("carmen", queue, "suggestion.approve"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("title", "Better news")));
        await bot.SubmitAsync("carmen", texts, "cancel");

        var again = CardReader.Form(await bot.PressAsync("carmen", queue, "suggestion.approve"));

        Assert.Equal("Better news", CardReader.Inputs(again.Card)["title"]);
        Assert.Equal(SuggestionState.Waiting, await bot.QueryAsync(db => db.Suggestions.Select(s => s.State).SingleAsync()));
        Assert.Equal(1, await bot.QueryAsync(db => db.Campaigns.CountAsync()));
    }

    [Fact]
    public async Task An_approver_publishes_what_was_suggested_but_composes_nothing_of_their_own()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.GiveAsync("e6", Roles.Approver);
        await bot.SuggestAsync("e1", "https://example.com/good", changed: ("title", "Good news"));

        await PublishFromQueueAsync(bot, "e6", "A text.");

        Assert.Equal(CampaignState.Running, await bot.QueryAsync(db => db.Campaigns.Select(c => c.State).SingleAsync()));
        Assert.Contains("communications team", CardReader.Text(await bot.CommandAsync("e6", "campaign")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_with_a_picture_is_composed_as_a_story_of_employees()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SuggestAsync("e1", "What a day", changed: [("title", "A day with us"), ("mediaUrl", "https://example.com/day.JPG")]);
        await bot.SuggestAsync("e2", "Watch", changed: [("title", "Film"), ("mediaUrl", "https://videos.example.com/1")]);
        var queue = CardReader.Card(await bot.CommandAsync("carmen", "approve"));

        var picture = CardReader.Inputs(CardReader.Form(await bot.PressAsync("carmen", queue, "suggestion.approve")).Card);
        var film = CardReader.Actions(queue).OfType<ExecuteAction>().Last(action => action.Verb == "suggestion.approve");
        var video = CardReader.Inputs(CardReader.Form(await bot.DispatchAsync(bot.Press("carmen", queue, "suggestion.approve") with { Token = film.Data.Token })).Card);

        Assert.Equal(("EmployeeStory", "", "https://example.com/day.JPG", "A day with us"), (picture["contentType"], picture["link"], picture["imageUrl"], picture["imageAlt"]));
        Assert.Equal(("EmployeeStory", "https://videos.example.com/1", ""), (video["contentType"], video["link"], video["imageUrl"]));
    }

    [Fact]
    public async Task Nobody_answers_or_takes_back_for_somebody_else()
    {
        await using var bot = await TestBot.StartAsync();
        var card = await bot.SuggestAsync("e1", "https://example.com/good");

        var reply = await bot.PressAsync("e2", card, "suggestion.withdraw");

        Assert.Contains("made for somebody else", CardReader.Text(reply), StringComparison.Ordinal);
        Assert.Equal(1, await bot.QueryAsync(db => db.Ledger.SumAsync(e => e.Amount)));
    }

    [Fact]
    public async Task A_long_queue_has_pages()
    {
        await using var bot = await TestBot.StartAsync();
        for (var i = 1; i <= 9; i++)
        {
            await bot.SuggestAsync($"e{1 + (i % 6)}", $"https://example.com/{i}", changed: ("title", $"Story {i}!"));
        }

        var pages = new List<string>();
        foreach (var page in new[] { "", "2", "3", "99" })
        {
            pages.Add(CardReader.Text(await bot.CommandAsync("carmen", $"approve {page}".TrimEnd())));
        }

        Assert.Contains("/advocate approve 2", pages[0], StringComparison.Ordinal);
        Assert.All(Enumerable.Range(1, 9), i => Assert.Single(pages.Take(3), page => page.Contains($"Story {i}!", StringComparison.Ordinal)));
        Assert.Equal(pages[2], pages[3]);
    }

    private static async Task<AdaptiveCard> PublishFromQueueAsync(TestBot bot, string person, string? text = null)
    {
        var queue = CardReader.Card(await bot.CommandAsync(person, "approve"));
        var content = CardReader.Form(await bot.PressAsync(person, queue, "suggestion.approve"));
        var texts = CardReader.Form(await bot.SubmitAsync(person, content, "next"));
        var schedule = CardReader.Form(text is null ? await bot.SubmitAsync(person, texts, "next") : await bot.SubmitAsync(person, texts, "next", ("text1", text)));
        var preview = CardReader.Form(await bot.SubmitAsync(person, schedule, "next"));
        Assert.Contains("Suggested by", CardReader.Text(preview.Card), StringComparison.Ordinal);
        Assert.IsType<PrivateReply>(await bot.SubmitAsync(person, preview, "publish"));
        await bot.SendOutboxAsync();
        return bot.Sender.Sent.Last(sent => sent.Message.Recipient is null).Message.Card;
    }
}
