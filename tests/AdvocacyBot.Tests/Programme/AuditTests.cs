using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Programme;

[BothDatabases]
public sealed class AuditTests
{
    [Fact]
    public async Task The_database_itself_refuses_to_change_or_forget_an_entry()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("News");
        Assert.Equal(1, await bot.QueryAsync(db => db.Audit.CountAsync()));

        var update = await Record.ExceptionAsync(() => bot.QueryAsync(db => db.Audit.ExecuteUpdateAsync(set => set.SetProperty(e => e.Action, "nothing"))));
        var delete = await Record.ExceptionAsync(() => bot.QueryAsync(db => db.Audit.ExecuteDeleteAsync()));

        Assert.All(new[] { update, delete }, refused => Assert.Contains("append-only", refused?.Message ?? "", StringComparison.Ordinal));
        Assert.Equal("campaign.published", await bot.QueryAsync(db => db.Audit.Select(e => e.Action).SingleAsync()));
    }

    [Fact]
    public async Task The_owner_reads_in_chat_who_changed_what_in_their_language()
    {
        await using var bot = await TestBot.StartAsync();
        Assert.Contains("Nothing has been changed", CardReader.Text(await bot.CommandAsync("olivia", "audit")), StringComparison.Ordinal);
        await bot.PublishAsync("A secret title");
        await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "campaigns")), "campaign.pause");
        await bot.SubmitAsync("olivia", CardReader.Form(await bot.CommandAsync("olivia", "roles h1")), "save", ("Comms", "true"));
        await bot.SubmitAsync("carmen", CardReader.Form(await bot.CommandAsync("carmen", "settings")), "save", ("hour", "11"));

        var text = CardReader.Text(await bot.CommandAsync("olivia", "audit"));

        Assert.Contains("2026-11-23 10:00: Carmen Cole · changed the state of campaign #1: from Running to Paused", text, StringComparison.Ordinal);
        Assert.Contains("Olivia Owens · changed the roles of \u2068עובדת 1\u2069: from None to Comms", text, StringComparison.Ordinal);
        Assert.Contains("hour=11", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "olivia").ExecuteUpdateAsync(set => set.SetProperty(p => p.Language, "he")));
        bot.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("שינוי מצב של קמפיין", CardReader.Text(await bot.CommandAsync("olivia", "audit")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_filters_the_log_and_turns_its_pages()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("News");
        await bot.SubmitAsync("olivia", CardReader.Form(await bot.CommandAsync("olivia", "roles e1")), "save", ("Comms", "true"));
        bot.Clock.Advance(TimeSpan.FromDays(10));
        for (var hour = 0; hour < 22; hour++)
        {
            await bot.SubmitAsync("carmen", CardReader.Form(await bot.CommandAsync("carmen", "settings")), "save", ("hour", $"{hour}"));
        }

        var newest = CardReader.Card(await bot.CommandAsync("olivia", "audit"));
        Assert.Contains("The last 20 changes", CardReader.Text(newest), StringComparison.Ordinal);
        Assert.DoesNotContain("Olivia Owens", CardReader.Text(newest), StringComparison.Ordinal);
        var earlier = Assert.IsType<ReplaceCardReply>(await bot.PressAsync("olivia", newest, "audit.page")).Card;
        Assert.Contains("Earlier changes", CardReader.Text(earlier), StringComparison.Ordinal);
        Assert.Contains("published campaign #1", CardReader.Text(earlier), StringComparison.Ordinal);
        Assert.Equal(CardReader.Text(newest), CardReader.Text(await bot.PressAsync("olivia", earlier, "audit.page")));

        var form = CardReader.Form(await bot.PressAsync("olivia", newest, "audit.filter"));
        var actors = CardReader.Elements(form.Card).OfType<InputChoiceSet>().Single(set => set.Id == "actor").Choices;
        Assert.Equal(["Anybody", "Carmen Cole", "Olivia Owens", "the settings"], actors.Select(choice => choice.Title));
        var filtered = CardReader.Card(await bot.SubmitAsync("olivia", form, "show", ("kind", "person"), ("actor", actors[2].Value)));
        Assert.Contains("The last change | People, roles, rewards · Olivia Owens", string.Join(" | ", CardReader.Elements(filtered).OfType<TextBlock>().Select(block => block.Text)), StringComparison.Ordinal);
        Assert.Contains("changed the roles of", CardReader.Text(filtered), StringComparison.Ordinal);
        Assert.Equal(2, (await FileAsync(bot, filtered)).Length - 1);

        form = CardReader.Form(await bot.PressAsync("olivia", filtered, "audit.filter"));
        Assert.Equal("person", CardReader.Inputs(form.Card)["kind"]);
        filtered = CardReader.Card(await bot.SubmitAsync("olivia", form, "show", ("days", "7")));
        Assert.Contains("Nothing was changed that fits.", CardReader.Text(filtered), StringComparison.Ordinal);
        Assert.Empty(CardReader.Actions(filtered).OfType<OpenUrlAction>());
    }

    [Fact]
    public async Task The_file_is_for_the_owner_who_asked_as_long_as_they_are_one_and_for_a_quarter_of_an_hour()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("News");
        var card = CardReader.Card(await bot.CommandAsync("olivia", "audit"));
        Assert.Equal(3, (await FileAsync(bot, card)).Length);

        await bot.GiveAsync("olivia", Roles.Comms);
        Assert.Null(await OpenAsync(bot, card));
        await bot.GiveAsync("olivia", Roles.Owner);
        Assert.NotNull(await OpenAsync(bot, card));
        bot.Clock.Advance(AuditFile.Lifetime + TimeSpan.FromSeconds(1));
        Assert.Null(await OpenAsync(bot, card));

        // Another button's token opens nothing.
        var button = CardReader.Action(CardReader.Card(await bot.CommandAsync("olivia", "audit")), "audit.filter").Data.Token;
        Assert.Null(await bot.ScopedAsync((AuditFile file) => file.OpenAsync(button, CancellationToken.None)));
    }

    private static Task<Func<TextWriter, CancellationToken, Task<int>>?> OpenAsync(TestBot bot, AdaptiveCard card)
    {
        var address = CardReader.Actions(card).OfType<OpenUrlAction>().Single().Url;
        Assert.StartsWith("https://go.example.com/audit/", address, StringComparison.Ordinal);
        return bot.ScopedAsync((AuditFile file) => file.OpenAsync(address[(address.LastIndexOf('/') + 1)..], CancellationToken.None));
    }

    private static async Task<string[]> FileAsync(TestBot bot, AdaptiveCard card)
    {
        var csv = new StringWriter();
        await (await OpenAsync(bot, card))!(csv, CancellationToken.None);
        return csv.ToString().Split("\r\n");
    }

    [Fact]
    public async Task The_export_holds_every_entry_in_order_and_nobodys_words()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("A secret title");
        await bot.SuggestAsync("e1", "https://example.com/secret", changed: ("why", "secret"));
        var decline = CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "approve")), "suggestion.decline"));
        await bot.SubmitAsync("carmen", decline, "decline", ("reason", "own"), ("words", "a secret"));
        await bot.SubmitAsync("olivia", CardReader.Form(await bot.CommandAsync("olivia", "roles e1")), "save", ("Comms", "true"), ("Sponsor", "true"));

        var csv = new StringWriter();
        var count = await bot.ScopedAsync((AuditCsv export) => export.WriteAsync(csv, CancellationToken.None));

        Assert.Equal(3, count);
        Assert.Equal(
            [
                "at,platform,workspace,actor,action,subject,before,after",
                "2026-11-23T10:00:00.000Z,web,test,carmen,campaign.published,1,Draft,Running",
                "2026-11-23T10:00:00.000Z,web,test,carmen,suggestion.declined,1,Waiting,own",
                "2026-11-23T10:00:00.000Z,web,test,olivia,person.roles_changed,e1,None,\"Comms, Sponsor\"",
                "",
            ],
            csv.ToString().Split("\r\n"));
    }
}
