using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Disclosures;

/// <summary>What the programme requires is said on every way a text goes out.</summary>
[BothDatabases]
public sealed class DisclosureJourneyTests
{
    private const string Words = "I work at Acme.";
    private const string Hebrew = "העבודה שלי היא באקמי.";
    private static readonly LinkVisit Browser = new("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36", null, ClickFlags.None);

    [Fact]
    public async Task It_is_on_the_card_on_the_page_and_in_every_composer()
    {
        await using var bot = await TestBot.StartAsync();
        await RequireAsync(bot);
        var prompt = await bot.PublishAsync("News");
        var card = CardReader.Text(await bot.ShareAsync("e1", prompt));
        Assert.Contains($"We are proud of this.\n{Words}", card, StringComparison.Ordinal);
        Assert.Contains("asks every text to say who is speaking", card, StringComparison.Ordinal);

        var share = await bot.QueryAsync(db => db.Shares.SingleAsync());
        Assert.Equal("We are proud of this.", share.Text);
        var found = (await bot.Services.GetRequiredService<PrivateShares>().FindAsync(share.PrivateCode, CancellationToken.None))!;
        Assert.Equal($"We are proud of this.\n{Words}", found.Text);
        foreach (var network in new[] { "x", "whatsapp", "bluesky", "email", "telegram" })
        {
            var opened = Assert.IsType<ComposerResult.Open>(await bot.Services.GetRequiredService<OpenComposer>().RunAsync(share.PrivateCode, network, Browser, CancellationToken.None));
            Assert.Contains("I%20work%20at%20Acme", opened.Composer.AbsoluteUri, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Edited_texts_have_it_once_in_chat_and_on_the_page()
    {
        await using var bot = await TestBot.StartAsync();
        await RequireAsync(bot);
        var card = await bot.ShareAsync("e1", await bot.PublishAsync("News"));
        var form = CardReader.Form(await bot.PressAsync("e1", card, "share.edit"));
        Assert.Contains(Words, CardReader.Text(form.Card), StringComparison.Ordinal);
        var edited = CardReader.Text(await bot.SubmitAsync("e1", form, "save", ("text", $"My own words.\n{Words}")));
        Assert.Contains($"My own words.\n{Words}", edited, StringComparison.Ordinal);
        Assert.DoesNotContain($"{Words}\n{Words}", edited, StringComparison.Ordinal);

        var code = await bot.QueryAsync(db => db.Shares.Select(s => s.PrivateCode).SingleAsync());
        var shares = bot.Services.GetRequiredService<PrivateShares>();
        var page = bot.Services.GetRequiredService<SharePageActions>();
        Assert.Null(await page.SaveTextAsync((await shares.FindAsync(code, CancellationToken.None))!, "בעברית", Language.English, CancellationToken.None));
        Assert.Equal($"בעברית\n{Hebrew}", (await shares.FindAsync(code, CancellationToken.None))!.Text);
        await RequireAsync(bot, "I am with Acme.");
        await page.SaveTextAsync((await shares.FindAsync(code, CancellationToken.None))!, "Again\nI am with Acme.", Language.English, CancellationToken.None);
        await RequireAsync(bot);
        Assert.Equal($"Again\n{Words}", (await shares.FindAsync(code, CancellationToken.None))!.Text);
    }

    [Fact]
    public async Task It_counts_in_each_networks_length()
    {
        await using var bot = await TestBot.StartAsync();
        var fits = new string('a', 280 - 24 - Words.Length);
        await RequireAsync(bot);
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/a"), ("title", "News")));
        Assert.Contains(Words, CardReader.Text(texts.Card), StringComparison.Ordinal);
        var error = CardReader.Errors(await bot.SubmitAsync("carmen", texts, "next", ("networks", "x"), ("text1", fits)))["text1"];
        Assert.Contains("counted in", error, StringComparison.Ordinal);
        CardReader.Form(await bot.SubmitAsync("carmen", texts, "next", ("networks", "x"), ("text1", fits[1..])));
    }

    [Fact]
    public async Task A_text_that_says_it_has_nothing_added()
    {
        await using var bot = await TestBot.StartAsync();
        await RequireAsync(bot);
        var card = CardReader.Text(await bot.ShareAsync("e1", await bot.PublishAsync("News", ["Proud: i work at ACME and I like it."])));
        Assert.DoesNotContain(Words, card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_switches_it_on_and_off_and_the_audit_log_knows()
    {
        await using var bot = await TestBot.StartAsync();
        var form = CardReader.Form(await bot.CommandAsync("olivia", "disclosure"));
        Assert.Equal(["text_en"], CardReader.Errors(await bot.SubmitAsync("olivia", form, "save", ("required", "true"))).Keys);
        Assert.Equal(["text_he"], CardReader.Errors(await bot.SubmitAsync("olivia", form, "save", ("required", "true"), ("text_he", new string('א', 121)))).Keys);
        await bot.SubmitAsync("olivia", form, "save", ("required", "true"), ("text_en", "I  work\nat Acme."));
        Assert.Equal(Words, await bot.QueryAsync(db => db.Disclosures.Select(d => d.Text).SingleAsync()));
        await bot.SubmitAsync("olivia", CardReader.Form(await bot.CommandAsync("olivia", "disclosure")), "save", ("required", "false"));

        Assert.Equal(0, await bot.QueryAsync(db => db.Disclosures.CountAsync()));
        Assert.Equal(["on: en", "off"], await bot.QueryAsync(db => db.Audit.Where(a => a.Action == "workspace.disclosure_changed").OrderBy(a => a.Id).Select(a => a.After).ToListAsync()));
    }

    private static async Task RequireAsync(TestBot bot, string words = Words)
    {
        var form = CardReader.Form(await bot.CommandAsync("olivia", "disclosure"));
        await bot.SubmitAsync("olivia", form, "save", ("required", "true"), ("text_en", words), ("text_he", Hebrew));
    }
}
