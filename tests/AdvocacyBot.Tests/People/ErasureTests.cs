using System.Text;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.People;

/// <summary>After "erase me" nothing in the database or its exports says who it was, and the totals are what they were.</summary>
[BothDatabases]
public sealed class ErasureTests
{
    private const string Who = "zq7781person";
    private const string Name = "Zébulon Quirk-Öz";
    private const long Number = 770077;
    private static readonly string[] Words =
    [
        Who, Name, "zebulonquirk", "My very own words", "suggestedbyzebulon", "Zebulon thinks so", "A story only Zebulon", "said under the post of Zebulon", "Zebulon answers",
        "quirk.example", "770077",
    ];

    [Fact]
    public async Task Everything_personal_is_gone_and_totals_stay()
    {
        await using var bot = await TestBot.StartAsync();
        var campaign = await LiveAsync(bot);
        var before = await TotalsAsync(bot, campaign);
        var there = await bot.QueryAsync(db => EveryColumn.FindAsync(db, Words));
        Assert.All(Words, word => Assert.Contains(there, found => found.EndsWith(": " + word, StringComparison.Ordinal)));
        Assert.True(there.Select(found => found.Split('.')[0]).Distinct().Count() >= 12, string.Join('\n', there));

        await EraseAsync(bot);

        // The log of changes keeps the number, which leads to nobody; a backup's identity counter is a number too.
        var left = await bot.QueryAsync(db => EveryColumn.FindAsync(db, Words));
        Assert.DoesNotContain(left, found => found is not ("audit.ActorId: 770077" or "audit.SubjectId: 770077"));
        Assert.Equal(before, await TotalsAsync(bot, campaign));
        var csv = await CsvAsync(bot);
        Assert.DoesNotContain(Words, word => csv.Contains(word, StringComparison.OrdinalIgnoreCase) && word != "770077");
        foreach (var command in new[] { "audit", "roles", "approve", "campaigns", "digest" })
        {
            Assert.DoesNotContain("Quirk", CardReader.Text(await bot.CommandAsync("olivia", command)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_export_holds_what_the_person_gave_and_nobody_elses_data()
    {
        await using var bot = await TestBot.StartAsync();
        await LiveAsync(bot);

        var file = Encoding.UTF8.GetString((await bot.ScopedAsync((ExportPerson export) => export.RunAsync(Number, CancellationToken.None)))!);

        Assert.All(Words.Where(word => word != "770077"), word => Assert.Contains(word, file, StringComparison.OrdinalIgnoreCase));
        Assert.All(["olivia", "Olivia", "Carmen", "Employee 1", "\"e1\""], other => Assert.DoesNotContain(other, file, StringComparison.Ordinal));
        using var json = System.Text.Json.JsonDocument.Parse(file);
        Assert.Equal("advocacybot-person/1", json.RootElement.GetProperty("format").GetString());
        Assert.Equal(
            ["activity", "campaigns", "channels", "exportedAt", "format", "help", "messages", "person", "shares", "suggestions"],
            json.RootElement.EnumerateObject().Select(part => part.Name).Where(name => name != "audit").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_comes_back_begins_anew()
    {
        await using var bot = await TestBot.StartAsync();
        await LiveAsync(bot);
        await EraseAsync(bot);

        var me = CardReader.Text(await bot.CommandAsync(Who, "me"));

        Assert.Contains("Taking part: no", me, StringComparison.Ordinal);
        Assert.NotEqual(Number, await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == Who).Select(p => p.Id).SingleAsync()));
    }

    [Fact]
    public async Task Nothing_happens_before_it_is_confirmed_and_the_only_owner_hands_over_first()
    {
        await using var bot = await TestBot.StartAsync();
        var form = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "me")), "me.erase"));
        Assert.Equal(["sure"], CardReader.Errors(await bot.SubmitAsync("olivia", form, "erase")).Keys);

        Assert.Contains("only owner", CardReader.Text(await bot.SubmitAsync("olivia", form, "erase", ("sure", "true"))), StringComparison.Ordinal);
        Assert.True(await bot.QueryAsync(db => db.People.AnyAsync(p => p.ExternalId == "olivia")));

        await bot.GiveAsync("e1", Roles.Owner);
        form = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "me")), "me.erase"));
        var said = Assert.IsType<PrivateReply>(await bot.SubmitAsync("olivia", form, "erase", ("sure", "true")));
        Assert.False(said.IsKept);
        Assert.False(await bot.QueryAsync(db => db.People.AnyAsync(p => p.ExternalId == "olivia")));
    }

    [Fact]
    public async Task Links_in_posts_lead_on_and_the_pages_that_acted_for_the_person_are_gone()
    {
        await using var bot = await TestBot.StartAsync();
        await LiveAsync(bot);
        var share = await bot.QueryAsync(db => db.Shares.FirstAsync(s => s.PersonId == Number));
        await EraseAsync(bot);

        Assert.NotNull(await bot.Services.GetRequiredService<AdvocacyBot.Core.Links.LinkIndex>().FindAsync(share.Code, CancellationToken.None));
        Assert.Null(await bot.Services.GetRequiredService<AdvocacyBot.Core.Links.PrivateShares>().FindAsync(share.PrivateCode, CancellationToken.None));
    }

    private static async Task EraseAsync(TestBot bot)
    {
        var form = CardReader.Form(await bot.PressAsync(Who, CardReader.Card(await bot.CommandAsync(Who, "me")), "me.erase"));
        Assert.Contains("erased", CardReader.Text(await bot.SubmitAsync(Who, form, "erase", ("sure", "true"))), StringComparison.Ordinal);
    }

    private static async Task<string> CsvAsync(TestBot bot)
    {
        await using var text = new StringWriter();
        await bot.Services.GetRequiredService<AuditCsv>().WriteAsync(text, CancellationToken.None);
        return text.ToString();
    }

    /// <summary>What a campaign's results and the channel's digest are made of.</summary>
    private static async Task<(int, int, int, int, int, int, int, int, string)> TotalsAsync(TestBot bot, long campaign)
    {
        var numbers = await bot.ScopedAsync((CampaignQuery query) => query.ReadAsync(campaign, null, bot.Clock.GetUtcNow(), CancellationToken.None));
        return (
            numbers.CouldSee, numbers.Opened, numbers.Said, numbers.Posted, numbers.Sharers, numbers.Fetched, numbers.Clicks, numbers.Reactions,
            CardReader.Text(await bot.CommandAsync("carmen", "digest")));
    }

    /// <summary>A person who did everything that leaves a trace.</summary>
    /// <returns>The campaign that they shared.</returns>
    private static async Task<long> LiveAsync(TestBot bot)
    {
        await bot.QueryAsync(async db =>
        {
            var workspace = await db.Workspaces.SingleAsync();
            db.People.Add(new Person { Id = Number, WorkspaceId = workspace.Id, ExternalId = Who, Name = Name, Language = "en", TimeZone = "Europe/London", Roles = Roles.Comms, CreatedAt = bot.Clock.GetUtcNow() });
            await db.SaveChangesAsync();
            db.Memberships.AddRange((await db.Conversations.ToListAsync()).Select(c => new Membership { ConversationId = c.Id, PersonId = Number, JoinedAt = bot.Clock.GetUtcNow().AddDays(-20) }));
            return await db.SaveChangesAsync();
        });
        var prompt = await bot.PublishAsync("News");
        await ShareAsync(bot, prompt);
        var id = await bot.QueryAsync(db => db.Prompts.OrderByDescending(p => p.Id).Select(p => p.MessageId).FirstAsync());
        await bot.DispatchAsync(bot.Reaction(Who, id!, "heart", added: true, bot.Clock.GetUtcNow()));
        await bot.ShareAsync("e1", prompt);
        await SuggestAsync(bot);
        await bot.SubmitAsync(Who, CardReader.Form(await bot.CommandAsync(Who, "reply said under the post of Zebulon")), "ask");

        // Their own campaign, and one that names them.
        var other = await bot.PublishAsync("By them", person: Who);
        await bot.PressAsync("e2", other, "share.decline");
        await bot.QueryAsync(db => db.Campaigns.Where(c => c.Title == "By them").ExecuteUpdateAsync(set => set.SetProperty(c => c.SponsorName, Name).SetProperty(c => c.SponsorMessage, "Zebulon thinks so")));
        await bot.PressAsync(Who, other, "share.decline");

        // Forms that are open: one of theirs, one of somebody else's that shows their name.
        await bot.PressAsync(Who, CardReader.Card(await bot.CommandAsync(Who, "me", TestBot.Hebrew)), "me.settings", TestBot.Hebrew);
        await bot.CommandAsync("olivia", "roles");
        await bot.DispatchAsync(await bot.PressOfAsync("olivia", "roles.change", 0));
        await bot.PressAsync(Who, CardReader.Card(await bot.CommandAsync(Who, "me")), "me.export");
        await bot.SendOutboxAsync();
        return await bot.QueryAsync(db => db.Campaigns.Where(c => c.Title == "News").Select(c => c.Id).SingleAsync());
    }

    private static async Task ShareAsync(TestBot bot, AdaptiveCard prompt)
    {
        var join = CardReader.Form(await bot.PressAsync(Who, prompt, "share"));
        var networks = CardReader.Form(await bot.SubmitAsync(Who, join, "setup", ("agree", "true"), ("appear", "true")));
        var profiles = CardReader.Form(await bot.SubmitAsync(Who, networks, "next", ("networks", "linkedin,mastodon,x"), ("interests", "Job")));
        var card = CardReader.Card(await bot.SubmitAsync(Who, profiles, "save", ("profile_linkedin", "https://www.linkedin.com/in/zebulonquirk"), ("size_x", "300")));
        var edit = CardReader.Form(await bot.PressAsync(Who, card, "share.edit"));
        card = CardReader.Card(await bot.SubmitAsync(Who, edit, "save", ("text", "My very own words")));
        var thanks = CardReader.Card(await bot.PressAsync(Who, card, "share.said"));
        await bot.SubmitAsync(Who, CardReader.Form(await bot.PressAsync(Who, thanks, "share.post")), "save", ("post", "https://quirk.example/post/1"));
    }

    private static async Task SuggestAsync(TestBot bot)
    {
        await bot.SuggestAsync(Who, "https://example.com/suggestedbyzebulon", byName: true, ("why", "Zebulon thinks so"), ("title", "suggestedbyzebulon"));
        var story = CardReader.Form(await bot.CommandAsync(Who, "suggest"));
        await bot.SubmitAsync(Who, story, "suggest", ("title", "A story"), ("text", "A story only Zebulon can tell."), ("mediaUrl", "https://quirk.example/me.png"));
        await bot.SuggestAsync("e3", "https://example.com/everybodys");
        await bot.SuggestAsync(Who, "https://example.com/everybodys", byName: false, ("why", "Zebulon thinks so"));
        await bot.SendOutboxAsync();

        // Asked back about the first, and answered.
        var queue = CardReader.Card(await bot.CommandAsync("olivia", "approve"));
        await bot.SubmitAsync("olivia", CardReader.Form(await bot.PressAsync("olivia", queue, "suggestion.ask")), "send", ("words", "Why?"));
        await bot.SendOutboxAsync();
        await bot.SubmitAsync(Who, CardReader.Form(await bot.PressAsync(Who, bot.NotesTo(Who)[^1], "suggestion.answer")), "send", ("words", "Zebulon answers"));
    }
}
