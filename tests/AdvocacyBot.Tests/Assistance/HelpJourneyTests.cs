using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Assistance;

[BothDatabases]
public sealed class HelpJourneyTests
{
    [Fact]
    public async Task What_was_said_goes_to_comms_in_private_and_their_wording_comes_back_in_private()
    {
        await using var bot = await TestBot.StartAsync();
        var card = await bot.ShareAsync("e1", await bot.PublishAsync("News"));
        var form = CardReader.Form(await bot.PressAsync("e1", card, "help.ask"));
        Assert.Equal(["said"], CardReader.Errors(await bot.SubmitAsync("e1", form, "ask")).Keys);
        await bot.SubmitAsync("e1", form, "ask", ("said", "Your delivery was late!"));
        await bot.SendOutboxAsync();

        var request = Assert.Single(bot.NotesTo("carmen"));
        Assert.Contains("Your delivery was late!", CardReader.Text(request), StringComparison.Ordinal);
        Assert.DoesNotContain("Employee 1", CardReader.Text(request), StringComparison.Ordinal);
        Assert.Contains("Your delivery was late!", CardReader.Text(await bot.CommandAsync("carmen", "approve")), StringComparison.Ordinal);
        var answer = CardReader.Form(await bot.PressAsync("carmen", request, "help.answer"));
        await bot.SubmitAsync("carmen", answer, "send", ("answer", "Sorry about that; our desk helps."));
        await bot.SendOutboxAsync();

        Assert.Contains("Sorry about that; our desk helps.", CardReader.Text(Assert.Single(bot.NotesTo("e1"))), StringComparison.Ordinal);
        Assert.Equal(bot.Sender.Sent.Count - 1, bot.Sender.Sent.Count(sent => sent.Message.Recipient is not null));
        Assert.Contains("answered already", CardReader.Text(await bot.PressAsync("carmen", request, "help.answer")), StringComparison.Ordinal);
        Assert.DoesNotContain("late", CardReader.Text(await bot.CommandAsync("carmen", "approve")), StringComparison.Ordinal);
        Assert.Equal(0, await bot.QueryAsync(db => db.ApprovedAnswers.CountAsync()));
    }

    [Fact]
    public async Task An_answer_that_was_kept_is_found_before_anybody_is_asked()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SubmitAsync("e1", CardReader.Form(await bot.CommandAsync("e1", "reply Your delivery was late!")), "ask");
        await bot.SendOutboxAsync();
        var answer = CardReader.Form(await bot.PressAsync("carmen", bot.NotesTo("carmen")[0], "help.answer"));
        await bot.SubmitAsync("carmen", answer, "send", ("answer", "Sorry about that; our desk helps."), ("occasion", "late delivery"));

        var found = CardReader.Form(await bot.SubmitAsync("e2", CardReader.Form(await bot.CommandAsync("e2", "reply late once more")), "ask"));
        Assert.Contains("Sorry about that", CardReader.Text(found.Card), StringComparison.Ordinal);
        Assert.IsType<PrivateReply>(await bot.SubmitAsync("e2", found, "helped"));
        Assert.Equal(1, await bot.QueryAsync(db => db.HelpRequests.CountAsync()));
        Assert.Equal(1, await bot.QueryAsync(db => db.ApprovedAnswers.Select(a => a.Uses).SingleAsync()));

        var again = CardReader.Form(await bot.SubmitAsync("e3", CardReader.Form(await bot.CommandAsync("e3", "reply late and rude")), "ask"));
        await bot.SubmitAsync("e3", again, "ask");
        Assert.Equal(2, await bot.QueryAsync(db => db.HelpRequests.CountAsync()));
    }

    [Fact]
    public async Task Comms_read_it_in_their_language_and_what_was_said_keeps_its_own_direction()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.SubmitAsync("e1", CardReader.Form(await bot.CommandAsync("e1", "reply Not good!")), "ask");
        await bot.SendOutboxAsync();

        var note = Assert.Single(bot.NotesTo("dana"));

        Assert.True(note.Rtl);
        Assert.Contains("איך לענות", CardReader.Text(note), StringComparison.Ordinal);
        Assert.Contains(CardReader.Elements(note).OfType<Core.Cards.Container>(), quote => quote.Rtl == false);
    }

    [Fact]
    public async Task Where_nobody_can_answer_the_asker_is_told()
    {
        await using var bot = await TestBot.StartAsync();
        foreach (var person in new[] { "olivia", "carmen", "dana" })
        {
            await bot.GiveAsync(person, Roles.None);
        }

        var said = CardReader.Text(await bot.SubmitAsync("e1", CardReader.Form(await bot.CommandAsync("e1", "reply Hm")), "ask"));

        Assert.Contains("nobody has the comms role", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("carmen", TestBot.General)]
    [InlineData("dana", TestBot.Hebrew)]
    public async Task Comms_add_change_and_remove_approved_answers(string person, string channel)
    {
        await using var bot = await TestBot.StartAsync();
        var empty = CardReader.Card(await bot.CommandAsync(person, "answers", channel));
        var form = CardReader.Form(await bot.PressAsync(person, empty, "answer.add", channel));
        Assert.Equal(["answer", "occasion"], CardReader.Errors(await bot.DispatchAsync(bot.Answer(person, form, "save", channel))).Keys.Order(StringComparer.Ordinal));
        var list = CardReader.Card(await bot.DispatchAsync(bot.Answer(person, form, "save", channel, ("occasion", "late delivery"), ("answer", "We are *sorry*."))));
        form = CardReader.Form(await bot.PressAsync(person, list, "answer.edit", channel));
        Assert.Equal("We are *sorry*.", CardReader.Inputs(form.Card)["answer"]);
        list = CardReader.Card(await bot.DispatchAsync(bot.Answer(person, form, "save", channel, ("answer", "We are sorry, and quicker now."))));

        var found = CardReader.Form(await bot.SubmitAsync("e1", CardReader.Form(await bot.CommandAsync("e1", "reply What a late delivery!")), "ask"));
        Assert.Contains("We are sorry, and quicker now.", CardReader.Text(found.Card), StringComparison.Ordinal);
        await bot.SubmitAsync("e1", found, "helped");

        list = CardReader.Card(await bot.CommandAsync(person, "answers", channel));
        Assert.Contains(person == "dana" ? "עזרה פעם אחת." : "Helped once.", CardReader.Text(list), StringComparison.Ordinal);
        var gone = CardReader.Text(await bot.PressAsync(person, list, "answer.remove", channel));
        Assert.DoesNotContain("sorry", gone, StringComparison.Ordinal);
        Assert.Equal(0, await bot.QueryAsync(db => db.ApprovedAnswers.CountAsync()));
        Assert.Equal(["answer.kept", "answer.kept", "answer.removed"], await bot.QueryAsync(db => db.Audit.OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
        await bot.PressAsync(person, list, "answer.remove", channel);
        Assert.Equal(3, await bot.QueryAsync(db => db.Audit.CountAsync()));
    }
}
