using AdvocacyBot.BrowserTests.Infrastructure;
using AdvocacyBot.BrowserTests.Web;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Core.Suggestions;
using AdvocacyBot.Tests.Web.Support;
using Microsoft.Playwright;
using NodaTime;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Digests;

/// <summary>The digest of every kind of week as the channel sees it, in both languages. ADVOCACY_SCREENSHOTS names the folder for pictures.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DigestLookTests(Browser browser)
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly DigestCards Cards = new(new ActionTokens(new byte[32], TimeProvider.System), TimeProvider.System);
    private static readonly DigestPeriod Week = DigestWeek.Period("Etc/UTC", new LocalDate(2026, 11, 16), Instant.FromDateTimeOffset(Monday));

    private static readonly GoalProgress Goal = new()
    {
        GoalId = 1, Kind = GoalKind.Said, Target = 1_200, Value = 1_004, Expected = 1_050, Pace = GoalPace.Behind, StartsOn = new LocalDate(2026, 1, 1), EndsOn = new LocalDate(2026, 12, 31), Elapsed = 0.9,
    };

    [ChromiumTheory]
    [InlineData("alice", "general", "en")]
    [InlineData("noa", "hadashot", "he")]
    public async Task Every_kind_of_week_reads_well_and_nothing_is_cut_off(string person, string channel, string language)
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var page = await ChatPage.OpenAsync(browser, host, person, channel, new() { ViewportSize = new() { Width = 900, Height = 1400 } });
        var texts = Texts.In(Language.First(language));
        foreach (var ((name, numbers, extras), shown) in Weeks(language).Select((week, i) => (week, i + 1)))
        {
            var digest = Cards.Build(numbers, Week, "Etc/UTC", texts, extras: extras);
            await host.Sender.SendAsync(Outbound.To(channel, digest.Summary) with { Card = digest.Card }, CancellationToken.None);
            await Expect(page.Messages).ToHaveCountAsync(shown);
            var card = page.Messages.Last.Locator(".card");

            Assert.True(await card.EvaluateAsync<bool>("card => card.scrollWidth <= card.clientWidth + 1 && document.documentElement.scrollWidth <= innerWidth"), name);
            Assert.Equal(1, await card.GetByRole(AriaRole.Button).CountAsync());
            if (Environment.GetEnvironmentVariable("ADVOCACY_SCREENSHOTS") is { Length: > 0 } folder)
            {
                await card.ScreenshotAsync(new() { Path = Path.Combine(Directory.CreateDirectory(folder).FullName, $"week-{name}-{language}.png"), Animations = ScreenshotAnimations.Disabled });
            }
        }

        page.NoComplaints();
    }

    private static IEnumerable<(string Name, DigestNumbers Numbers, DigestExtras? Extras)> Weeks(string language)
    {
        var (title, other) = language == "he" ? ("יום פתוח במשרדים החדשים", "Employee Advocacy בחברה") : ("Open day at the new office", "שגרירי מותג");
        var busy = new DigestNumbers
        {
            ConversationId = 1, Rate = new DigestRate(9, 24), RateBefore = new DigestRate(5, 24), GroupSize = 24, Acted = 9, Sharers = 7, Reactors = 4, Suggesters = 1, Opened = new DigestRung(7, 9),
            Said = new DigestRung(5, 6), Posted = new DigestRung(2, 2), Fetched = 8, Clicked = 31, Reactions = 5,
            BestCampaigns = [new(3, title, 7, 26) { Sharers = 6, Named = ["Dana Levi", "נועה כהן"] }, new(2, other, 2, 5) { Sharers = 1 }], NewCampaigns = [new(3, title)],
            Credited = [new(title, new Credit(["נועה כהן"], 1))], Milestone = new DigestMilestone(MilestoneKind.Rate, 25, ""), Thanked = ["Dana Levi", "נועה כהן"],
            Coming = [new(9, other, Monday.AddDays(2).AddHours(10))], Newest = new RunningCampaign(3, 33, title),
        };
        var usual = new DigestExtras(WorkWeek.Usual, WorkWeek.Usual, [Goal]);
        yield return ("busy", busy, usual with { ProgrammeShares = 1_000 });
        yield return ("first", busy with { RateBefore = null, FirstWeek = true, Milestone = new DigestMilestone(MilestoneKind.FirstWeek, 9, ""), Credited = [] }, usual);
        yield return ("sparse", new() { ConversationId = 1, Rate = new DigestRate(1, 24), RateBefore = new DigestRate(2, 24), GroupSize = 24, Acted = 1, Reactors = 1, Reactions = 1, Newest = busy.Newest }, usual);
        yield return ("quiet", new() { ConversationId = 1, Rate = new DigestRate(0, 24), RateBefore = new DigestRate(2, 24), GroupSize = 24, Newest = busy.Newest }, null);
        yield return ("nothing", new() { ConversationId = 1, GroupSize = 24 }, null);
        yield return ("holiday", new() { ConversationId = 1, Rate = new DigestRate(0, 24), RateBefore = new DigestRate(5, 24), GroupSize = 24, Coming = busy.Coming, Newest = busy.Newest }, usual with { Week = new WorkWeek(5, 5) });
        yield return ("short", busy with { Milestone = null }, usual with { Week = new WorkWeek(5, 2) });
        yield return ("tiny", busy with { GroupSize = 4, Rate = new DigestRate(2, 4), Thanked = ["Dana Levi"] }, usual with { ProgrammeShares = 1_000 });
    }
}
