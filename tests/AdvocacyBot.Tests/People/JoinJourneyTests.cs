using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.People;

/// <summary>From the first press on Share to the share card: the short way, the long way, and left at every step.</summary>
[BothDatabases]
public sealed class JoinJourneyTests
{
    [Theory]
    [InlineData("e1", TestBot.General)]
    [InlineData("h1", TestBot.Hebrew)]
    public async Task One_form_is_enough_and_says_what_there_is_to_know(string person, string channel)
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        var t = Texts.In(person == "e1" ? Language.English : Language.Hebrew);

        var join = CardReader.Form(await bot.PressAsync(person, prompt, "share", channel));
        var said = CardReader.Text(join.Card);
        Assert.All(
            [t["Sharing.JoinRecorded"], t.Plural("Policy.Allowance", 30), t["Sharing.JoinPolicy"], t["Programme.DefaultPolicy"]],
            part => Assert.Contains(part, said, StringComparison.Ordinal));

        var share = Assert.IsType<PrivateReply>(await bot.DispatchAsync(bot.Answer(person, join, "join", channel, ("agree", "true")))).Card;
        Assert.Contains(t["Sharing.YourText"], CardReader.Text(share), StringComparison.Ordinal);
        Assert.Contains(t["Networks.MannersLinkedIn"], CardReader.Text(share), StringComparison.Ordinal);
        CardReader.Action(share, "me.setup");

        // The manners are read once; afterwards the card is short.
        var again = CardReader.Card(await bot.PressAsync(person, prompt, "share", channel));
        Assert.DoesNotContain(t["Networks.MannersLinkedIn"], CardReader.Text(again), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_long_way_keeps_networks_profiles_sizes_language_and_interests_and_ends_at_the_share_card()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");

        var networks = await BeginAsync(bot, "e1", prompt);
        var profiles = CardReader.Form(await bot.SubmitAsync("e1", networks, "next", ("networks", "linkedin,x,whatsapp"), ("language", "he"), ("interests", "Job,Event")));
        var hebrew = Texts.In(Language.Hebrew);
        Assert.Equal(hebrew["Preferences.ProfilesTitle"], profiles.Title);
        Assert.Contains(hebrew["Networks.MannersX"], CardReader.Text(profiles.Card), StringComparison.Ordinal);
        Assert.DoesNotContain("profile_whatsapp", CardReader.Inputs(profiles.Card).Keys);
        var errors = CardReader.Errors(await bot.SubmitAsync("e1", profiles, "save", ("profile_linkedin", "https://example.com/noa"), ("size_x", "many")));
        Assert.Equal(["profile_linkedin", "size_x"], errors.Keys.Order(StringComparer.Ordinal));
        var share = CardReader.Card(await bot.SubmitAsync("e1", profiles, "save", ("profile_linkedin", "linkedin.com/in/noa"), ("size_linkedin", "500"), ("size_whatsapp", "120")));

        Assert.Contains(hebrew["Sharing.YourText"], CardReader.Text(share), StringComparison.Ordinal);
        Assert.DoesNotContain(CardReader.Actions(share).OfType<ExecuteAction>(), action => action.Verb == "me.setup");
        Assert.Equal(
            [("linkedin", "https://www.linkedin.com/in/noa", (int?)500), ("whatsapp", null, 120), ("x", null, null)],
            await bot.QueryAsync(async db => (await db.PersonNetworks.OrderBy(n => n.Network).ToListAsync()).ConvertAll(n => (n.Network, n.Profile, n.Size))));
        var chosen = await bot.QueryAsync(db => db.Preferences.SingleAsync());
        Assert.Equal([ContentType.Job, ContentType.Event], chosen.InterestTypes);
        Assert.Contains("620", CardReader.Text(await bot.CommandAsync("e1", "me")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_left_at_every_step_and_taken_up_where_it_was_left()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");

        // At the first: nothing is kept, nothing is held against anybody.
        var join = CardReader.Form(await bot.PressAsync("e1", prompt, "share"));
        await bot.SubmitAsync("e1", join, "cancel");
        Assert.Null(await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "e1").Select(p => p.ConsentedAt).SingleAsync()));

        // At the second: joined, and on to what they wanted to share.
        var networks = await BeginAsync(bot, "e1", prompt);
        var share = CardReader.Card(await bot.SubmitAsync("e1", networks, "cancel"));
        Assert.Contains("Your suggested text", CardReader.Text(share), StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "e1").Select(p => p.ConsentedAt).SingleAsync()));

        // At the third: the networks are kept; another day, after a restart, it goes on there.
        networks = CardReader.Form(await bot.PressAsync("e1", share, "me.setup"));
        await bot.SubmitAsync("e1", networks, "next", ("networks", "linkedin"));
        await bot.RestartAsync();
        bot.Clock.Advance(TimeSpan.FromDays(3));
        var me = CardReader.Card(await bot.CommandAsync("e1", "me"));
        Assert.Equal("Go on with my networks", CardReader.Action(me, "me.setup").Title);
        var profiles = CardReader.Form(await bot.PressAsync("e1", me, "me.setup"));
        Assert.Contains("profile_linkedin", CardReader.Inputs(profiles.Card).Keys);
        Assert.Contains("Saved", CardReader.Text(await bot.SubmitAsync("e1", profiles, "skip")), StringComparison.Ordinal);
        Assert.Equal("My networks", CardReader.Action(CardReader.Card(await bot.CommandAsync("e1", "me")), "me.setup").Title);
    }

    [Theory]
    [InlineData("facebook", "Open Facebook")]
    [InlineData("facebook,whatsapp", "Open Facebook")]
    [InlineData("whatsapp", "Open LinkedIn|Open X|Open Facebook")]
    [InlineData("", "Open LinkedIn|Open X|Open Facebook")]
    public async Task The_share_card_offers_the_networks_that_were_chosen_with_their_manners(string chosen, string offered)
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        await bot.QueryAsync(db => db.Campaigns.ExecuteUpdateAsync(set => set.SetProperty(c => c.Networks, "linkedin,x,facebook")));
        var profiles = await bot.SubmitAsync("e1", await BeginAsync(bot, "e1", prompt), "next", ("networks", chosen));

        var first = CardReader.Card(profiles is OpenFormReply open ? await bot.SubmitAsync("e1", open.Form, "skip") : profiles);
        var again = CardReader.Card(await bot.PressAsync("e1", prompt, "share"));

        foreach (var card in new[] { first, again })
        {
            Assert.Equal(offered.Split('|'), CardReader.Actions(card).OfType<OpenUrlAction>().Select(action => action.Title).Where(title => title.StartsWith("Open ", StringComparison.Ordinal)));
            Assert.Equal(!offered.Contains('|', StringComparison.Ordinal), CardReader.Text(card).Contains("“Copy text” opens a page with the others of this campaign.", StringComparison.Ordinal));
        }

        var t = Texts.In(Language.English);
        Assert.Equal(offered.Contains("LinkedIn", StringComparison.Ordinal), CardReader.Text(first).Contains(t["Networks.MannersLinkedIn"], StringComparison.Ordinal));
        Assert.Contains(t["Networks.MannersFacebook"], CardReader.Text(first), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_goes_back_to_the_step_that_is_open()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        await BeginAsync(bot, "e1", prompt);

        var help = CardReader.Card(await bot.CommandAsync("e1", "help"));
        var resumed = CardReader.Form(await bot.PressAsync("e1", help, "dialog.resume"));

        Assert.Contains("networks", CardReader.Inputs(resumed.Card).Keys);
    }

    [Fact]
    public async Task A_campaigns_estimated_reach_is_shown_from_five_peoples_numbers_on_and_called_an_estimate()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.PublishAsync("News");
        await DeclareAsync(bot, 4);
        Assert.DoesNotContain("Estimated reach", await ResultsAsync(bot), StringComparison.Ordinal);

        await DeclareAsync(bot, 5);

        Assert.Contains("Estimated reach: about 500 people", await ResultsAsync(bot), StringComparison.Ordinal);
    }

    private static async Task<Form> BeginAsync(TestBot bot, string person, AdaptiveCard prompt) =>
        CardReader.Form(await bot.SubmitAsync(person, CardReader.Form(await bot.PressAsync(person, prompt, "share")), "setup", ("agree", "true")));

    private static async Task<string> ResultsAsync(TestBot bot) =>
        CardReader.Text(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "campaigns")), "campaign.results"));

    /// <summary>The n-th employee says that their LinkedIn has 100 people, and opens it.</summary>
    private static Task<int> DeclareAsync(TestBot bot, int count) => bot.QueryAsync(async db =>
    {
        var campaign = await db.Campaigns.SingleAsync();
        var channel = await db.Conversations.FirstAsync(c => c.ExternalId == TestBot.General);
        var known = await db.PersonNetworks.Select(n => n.PersonId).ToListAsync();
        foreach (var person in (await db.People.Where(p => EF.Functions.Like(p.ExternalId, "e%")).OrderBy(p => p.Id).Take(count).ToListAsync()).Where(p => !known.Contains(p.Id)))
        {
            db.PersonNetworks.Add(new PersonNetwork { PersonId = person.Id, Network = "linkedin", Size = 100, UpdatedAt = bot.Clock.GetUtcNow() });
            db.Ledger.Add(new LedgerEvent
            {
                Key = $"opened:{person.Id}:linkedin", WorkspaceId = campaign.WorkspaceId, ConversationId = channel.Id, CampaignId = campaign.Id, PersonId = person.Id,
                Kind = LedgerKind.Opened, Amount = 1, Network = "linkedin", At = bot.Clock.GetUtcNow(), RecordedAt = bot.Clock.GetUtcNow(),
            });
        }

        return await db.SaveChangesAsync();
    });
}
