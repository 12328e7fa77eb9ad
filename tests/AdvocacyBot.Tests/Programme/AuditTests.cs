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
