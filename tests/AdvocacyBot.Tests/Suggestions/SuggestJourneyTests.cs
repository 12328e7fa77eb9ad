using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Suggestions;

[BothDatabases]
public sealed class SuggestJourneyTests
{
    [Fact]
    public async Task Somebody_who_has_not_joined_agrees_to_this_suggestion_and_to_nothing_else()
    {
        await using var bot = await TestBot.StartAsync();
        var form = CardReader.Form(await bot.CommandAsync("e1", "suggest https://example.com/good"));

        Assert.Equal(["agree"], CardReader.Errors(await bot.SubmitAsync("e1", form, "suggest")).Keys);
        Assert.Equal(0, await bot.QueryAsync(db => db.Suggestions.CountAsync()));
        var said = CardReader.Text(Assert.IsType<PrivateReply>(await bot.SubmitAsync("e1", form, "suggest", ("agree", "true"), ("title", "Good news"))));

        Assert.Contains("Good news", said, StringComparison.Ordinal);
        Assert.Null(await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "e1").Select(p => p.ConsentedAt).SingleAsync()));
        var counted = Assert.Single(await bot.QueryAsync(db => db.Ledger.AsNoTracking().ToListAsync()));
        Assert.Equal((LedgerKind.Suggested, 1, 0L), (counted.Kind, counted.Amount, counted.CampaignId));
        Assert.False(await bot.QueryAsync(db => db.SuggestionCredits.Select(c => c.ByName).SingleAsync()));
    }

    [Fact]
    public async Task Somebody_who_joined_is_not_asked_again_and_the_page_fills_in_the_form()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.ShareAsync("e1", await bot.PublishAsync("News"), byName: true);
        bot.Pages.Known["https://example.com/story"] = new LinkPreview { Link = new Uri("https://example.com/story"), Title = "סיפור טוב", Language = "he-IL" };

        var fields = CardReader.Inputs(CardReader.Form(await bot.CommandAsync("e1", "suggest Worth it: https://example.com/story")).Card);

        Assert.DoesNotContain("agree", fields.Keys);
        Assert.Equal(("https://example.com/story", "סיפור טוב", "Worth it:", "he", "true"), (fields["link"], fields["title"], fields["why"], fields["language"], fields["appear"]));
    }

    [Fact]
    public async Task A_text_alone_is_a_suggestion_and_nothing_at_all_is_none()
    {
        await using var bot = await TestBot.StartAsync();
        var empty = CardReader.Form(await bot.CommandAsync("e1", "suggest"));
        Assert.Equal(["link"], CardReader.Errors(await bot.SubmitAsync("e1", empty, "suggest", ("agree", "true"))).Keys);

        await bot.SuggestAsync("e1", "My first week here was like this");

        var suggestion = await bot.QueryAsync(db => db.Suggestions.AsNoTracking().SingleAsync());
        Assert.Equal((null, "My first week here was like this", "My first week here was like this"), (suggestion.Link, suggestion.Text, suggestion.Title));
    }

    [Theory]
    [InlineData("link", "ftp://example.com", "https://")]
    [InlineData("link", "https://user:secret@example.com", "https://")]
    [InlineData("mediaUrl", "picture.png", "https://")]
    [InlineData("language", "fr", "list")]
    public async Task A_wrong_field_is_named_with_what_to_do(string field, string value, string expected)
    {
        await using var bot = await TestBot.StartAsync();
        var form = CardReader.Form(await bot.CommandAsync("e1", "suggest words"));

        var errors = CardReader.Errors(await bot.SubmitAsync("e1", form, "suggest", ("agree", "true"), (field, value)));

        Assert.Equal([field], errors.Keys);
        Assert.Contains(expected, errors[field], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_suggestion_of_a_link_joins_the_first_and_both_are_credited()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SuggestAsync("e1", "https://example.com/good", changed: ("title", "Good"));

        var form = CardReader.Form(await bot.CommandAsync("e2", "suggest http://www.example.com/good/?utm_source=mail"));
        Assert.Contains("colleague suggested this link too", CardReader.Text(form.Card), StringComparison.Ordinal);
        var said = CardReader.Text(await bot.SubmitAsync("e2", form, "suggest", ("agree", "true"), ("why", "Our customers ask for it")));

        Assert.Contains("both credited", said, StringComparison.Ordinal);
        Assert.Equal(1, await bot.QueryAsync(db => db.Suggestions.CountAsync()));
        Assert.Equal(2, await bot.QueryAsync(db => db.Ledger.Select(e => e.PersonId).Distinct().CountAsync()));
        var queue = CardReader.Text(await bot.CommandAsync("carmen", "approve"));
        Assert.Contains("Employee 1 and Employee 2", queue, StringComparison.Ordinal);
        Assert.Contains("Our customers ask for it", queue, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_suggest_the_same_link_at_the_same_moment_join_too()
    {
        await using var bot = await TestBot.StartAsync();
        var people = new[] { "e1", "e2", "e3", "e4" };
        var forms = await Task.WhenAll(people.Select(async p => (p, Form: CardReader.Form(await bot.CommandAsync(p, "suggest https://example.com/good")))));

        await Task.WhenAll(forms.Select(f => bot.SubmitAsync(f.p, f.Form, "suggest", ("agree", "true"))));

        Assert.Equal(1, await bot.QueryAsync(db => db.Suggestions.CountAsync()));
        Assert.Equal(4, await bot.QueryAsync(db => db.SuggestionCredits.CountAsync()));
        Assert.Equal(4, await bot.QueryAsync(db => db.Ledger.CountAsync()));
    }

    [Fact]
    public async Task What_is_taken_back_does_not_count_and_the_last_to_go_takes_it_along()
    {
        await using var bot = await TestBot.StartAsync();
        var first = await bot.SuggestAsync("e1", "https://example.com/good");
        var second = await bot.SuggestAsync("e2", "https://example.com/good");
        bot.Clock.Advance(TimeSpan.FromDays(2));

        Assert.IsType<ReplaceCardReply>(await bot.PressAsync("e1", first, "suggestion.withdraw"));
        Assert.Contains("already", CardReader.Text(await bot.PressAsync("e1", first, "suggestion.withdraw")), StringComparison.Ordinal);

        Assert.Equal(SuggestionState.Waiting, await bot.QueryAsync(db => db.Suggestions.Select(s => s.State).SingleAsync()));
        var ofFirst = await bot.QueryAsync(db => db.Ledger.AsNoTracking().Where(e => e.PersonId == db.People.Single(p => p.ExternalId == "e1").Id).OrderBy(e => e.Id).ToListAsync());
        Assert.Equal([1, -1], ofFirst.ConvertAll(e => e.Amount));
        Assert.Equal(ofFirst[0].At, ofFirst[1].At);

        await bot.PressAsync("e2", second, "suggestion.withdraw");
        Assert.Equal(SuggestionState.Withdrawn, await bot.QueryAsync(db => db.Suggestions.Select(s => s.State).SingleAsync()));
        Assert.Contains("No suggestions are waiting", CardReader.Text(await bot.CommandAsync("carmen", "approve")), StringComparison.Ordinal);

        await bot.SuggestAsync("e1", "https://example.com/good");
        Assert.Equal(1, await bot.QueryAsync(db => db.Ledger.SumAsync(e => e.Amount)));
    }

    [Fact]
    public async Task Taking_back_and_suggesting_again_beside_a_colleague_counts_once()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SuggestAsync("e2", "https://example.com/good");
        var card = await bot.SuggestAsync("e1", "https://example.com/good");
        await bot.PressAsync("e1", card, "suggestion.withdraw");
        await bot.SuggestAsync("e1", "https://example.com/good");

        var sum = await bot.QueryAsync(db => db.Ledger.Where(e => e.PersonId == db.People.Single(p => p.ExternalId == "e1").Id).SumAsync(e => e.Amount));
        Assert.Equal(1, sum);
    }

    [Fact]
    public async Task What_stands_already_is_said_instead_of_asked_for_again()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("Running");
        await bot.SuggestAsync("e1", "https://example.com/good", changed: ("title", "Good"));

        var mine = CardReader.Text(Assert.IsType<PrivateReply>(await bot.CommandAsync("e1", "suggest https://example.com/good#top")));
        var running = CardReader.Text(Assert.IsType<PrivateReply>(await bot.CommandAsync("e2", "suggest https://www.example.com/news?utm_source=x")));

        Assert.Contains("You suggested “Good” already", mine, StringComparison.Ordinal);
        Assert.Contains("“Running” is a campaign already", running, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comms_hear_of_the_queue_once_a_day()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SuggestAsync("e1", "https://example.com/1");
        await bot.SuggestAsync("e2", "https://example.com/2");
        await bot.SendOutboxAsync();
        Assert.Contains("2 suggestions", CardReader.Text(Assert.Single(bot.NotesTo("carmen"))), StringComparison.Ordinal);
        Assert.Contains("שתי הצעות", CardReader.Text(Assert.Single(bot.NotesTo("dana"))), StringComparison.Ordinal);
        Assert.Empty(bot.NotesTo("olivia"));
        Assert.Contains("example.com/1", CardReader.Text(await bot.PressAsync("carmen", bot.NotesTo("carmen")[0], "suggestion.queue")), StringComparison.Ordinal);

        bot.Clock.Advance(TimeSpan.FromDays(1));
        await bot.SuggestAsync("e1", "https://example.com/3");
        await bot.SendOutboxAsync();
        Assert.Equal(2, bot.NotesTo("carmen").Count);
    }

    [Fact]
    public async Task In_private_it_counts_in_the_channel_where_the_last_campaign_stood()
    {
        await using var bot = await TestBot.StartAsync();
        var hebrew = await bot.QueryAsync(db => db.Conversations.Where(c => c.ExternalId == TestBot.Hebrew).Select(c => c.Id).SingleAsync());
        await bot.PublishAsync("Here", channels: $"{hebrew}");
        var command = bot.Command("e1", "suggest https://example.com/good");
        var personal = command.Conversation with { Id = "dm-e1", Kind = ConversationKind.Personal };

        var form = CardReader.Form(await bot.DispatchAsync(command with { Conversation = personal }));
        await bot.DispatchAsync(bot.Answer("e1", form, "suggest", "dm-e1", ("agree", "true")));

        Assert.Equal(hebrew, await bot.QueryAsync(db => db.Ledger.Where(e => e.Kind == LedgerKind.Suggested).Select(e => e.ConversationId).SingleAsync()));
    }
}
