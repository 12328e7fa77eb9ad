using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Broadcasts;

/// <summary>What is done with audiences again and again.</summary>
internal static class Broadcasting
{
    public static readonly WorkspaceRef Second = new(Platforms.Web, "second");

    /// <summary>Composes up to the preview, for people beside or instead of channels.</summary>
    public static async Task<Form> ComposeForAsync(this TestBot bot, string person, string title, string channels, params (string Id, string Value)[] people)
    {
        var content = CardReader.Form(await bot.CommandAsync(person, "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync(person, content, "next", ("link", "https://example.com/news"), ("title", title), ("summary", "What it is about.")));
        var schedule = CardReader.Form(await bot.SubmitAsync(person, texts, "next", ("text1", "We are proud of this.")));
        return CardReader.Form(await bot.SubmitAsync(person, schedule, "next", [("channels", channels), .. people]));
    }

    /// <summary>Publishes to people by direct message and sends what is due.</summary>
    public static async Task<string> BroadcastAsync(this TestBot bot, string title, string channels = "", params (string Id, string Value)[] people)
    {
        var preview = await bot.ComposeForAsync("carmen", title, channels, [("people", "direct"), .. people]);
        var said = CardReader.Text(await bot.SubmitAsync("carmen", preview, "publish"));
        await bot.SendOutboxAsync();
        return said;
    }

    /// <summary>The direct messages with a campaign that went to somebody, oldest first.</summary>
    public static IReadOnlyList<(OutboundMessage Message, string Id)> Prompts(this TestBot bot, string? person = null) =>
        [.. bot.Sender.Sent.Where(sent => sent.Message.Recipient is { } to && (person is null || to.Id == person) && CardReader.Actions(sent.Message.Card).OfType<ExecuteAction>().Any(a => a.Verb == "share"))];

    public static async Task<long> CampaignAsync(this TestBot bot) => await bot.QueryAsync(db => db.Campaigns.OrderByDescending(c => c.Id).Select(c => c.Id).FirstAsync());

    public static Task<DeliveryTally> TallyAsync(this TestBot bot) => bot.ScopedAsync(async (DeliveryTallyQuery query) =>
        await query.ReadAsync(await bot.CampaignAsync(), bot.Clock.GetUtcNow(), CancellationToken.None));

    public static async Task<Reply> ReportAsync(this TestBot bot, string person = "carmen") =>
        await bot.DispatchAsync(await bot.PressOfAsync(person, "campaign.delivery", await bot.CampaignAsync()));

    public static async Task ProfileAsync(this TestBot bot, string person, Action<PersonProfile> set) => await bot.QueryAsync(async db =>
    {
        var id = await db.People.Where(p => p.ExternalId == person).Select(p => p.Id).FirstAsync();
        var profile = await db.PersonProfiles.FirstOrDefaultAsync(f => f.PersonId == id);
        if (profile is null)
        {
            profile = new PersonProfile { PersonId = id, HumanId = id };
            db.Add(profile);
        }

        set(profile);
        return await db.SaveChangesAsync();
    });

    public static Task PreferAsync(this TestBot bot, string person, Action<PersonPreferences> set) => bot.QueryAsync(async db =>
    {
        var id = await db.People.Where(p => p.ExternalId == person).Select(p => p.Id).FirstAsync();
        var row = new PersonPreferences { PersonId = id };
        set(row);
        db.Add(row);
        return await db.SaveChangesAsync();
    });

    /// <summary>Another workspace of the same platform, with an owner, s1 to s6 and a channel with all of them.</summary>
    public static async Task SecondWorkspaceAsync(this TestBot bot) => await bot.QueryAsync(async db =>
    {
        var since = TestData.Now.AddDays(-30);
        var workspace = new Workspace { Platform = Second.Platform, ExternalId = Second.Id, Name = "Second", Language = "en", TimeZone = "America/New_York", CreatedAt = since };
        db.Add(workspace);
        await db.SaveChangesAsync();
        var channel = new Conversation { WorkspaceId = workspace.Id, ExternalId = "second-general", Name = "second-general", CreatedAt = since };
        Person[] people = [Person("boss", Roles.Owner), .. Enumerable.Range(1, 6).Select(i => Person($"s{i}", Roles.None))];
        db.Add(channel);
        db.AddRange(people);
        await db.SaveChangesAsync();
        db.AddRange(people.Select(person => new Membership { ConversationId = channel.Id, PersonId = person.Id, JoinedAt = since }));
        return await db.SaveChangesAsync();

        Person Person(string id, Roles roles) => new() { WorkspaceId = workspace.Id, ExternalId = id, Name = id, Roles = roles, CreatedAt = since };
    });

    /// <summary>The code in a card that shows one.</summary>
    public static string Code(Reply reply) => System.Text.RegularExpressions.Regex.Match(CardReader.Text(reply), "[0-9A-Z]{5}-[0-9A-Z]{5}").Value;

    /// <summary>A button of the link card, pressed by somebody of either workspace.</summary>
    public static async Task<string> CodeAsync(this TestBot bot, string person, string verb = "link.code") =>
        Code(await bot.DispatchAsync(await bot.PressOfAsync(person, verb, 0)));

    public static CommandInvoked InSecond(this TestBot bot, string person, string text) =>
        bot.Command(person, text, "second-general") with { Workspace = Second };

    public static async Task SettleAsync(this TestBot bot)
    {
        foreach (var id in await bot.QueryAsync(db => db.Workspaces.Select(w => w.Id).ToListAsync()))
        {
            await bot.Services.GetRequiredService<Settlements>().RunAsync(id, CancellationToken.None);
        }

        await bot.SendOutboxAsync();
    }

    public static async Task<int> ProgressAsync(this TestBot bot) => await bot.ScopedAsync((UpdateProgress progress) => progress.RunAsync(CancellationToken.None));
}
