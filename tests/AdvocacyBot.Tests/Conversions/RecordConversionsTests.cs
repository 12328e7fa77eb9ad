using System.Text;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Conversions;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Conversions;

/// <summary>From what another system reports to what people read.</summary>
[BothDatabases]
public sealed class RecordConversionsTests
{
    [Fact]
    public async Task An_applicant_counts_for_the_link_the_campaign_and_the_goal()
    {
        await using var bot = await TestBot.StartAsync();
        var share = await ShareAsync(bot, "e1", "Jobs");
        await GoalAsync(bot, GoalKind.Applicants);

        var result = Assert.Single(await ReportAsync(bot, $$"""{ "id": "A-1", "type": "applicant", "ref": "{{share.Code}}k" }"""));
        bot.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal((ConversionStatus.Recorded, true), (result.Status, result.Tied));
        var stored = await StoredAsync(bot, "A-1");
        Assert.Equal(((long?)share.Id, (long?)share.PersonId, (long?)share.CampaignId, (long?)share.ConversationId, "linkedin"), (stored.ShareId, stored.PersonId, stored.CampaignId, stored.ConversationId, stored.Network));
        Assert.Contains("Applicants through personal links: 1", CardReader.Text(await bot.CommandAsync("e1", "me")), StringComparison.Ordinal);
        Assert.DoesNotContain("Applicants through", CardReader.Text(await bot.CommandAsync("e2", "me")), StringComparison.Ordinal);
        Assert.Contains("Applicants through personal links: 1", CardReader.Text(await bot.DispatchAsync(await bot.PressOfAsync("carmen", CampaignRoutes.Results, share.CampaignId))), StringComparison.Ordinal);
        Assert.Contains("1 of 3", CardReader.Text(await bot.CommandAsync("olivia", "goals")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_counts_once_however_often_and_from_however_many_sides_it_comes()
    {
        await using var bot = await TestBot.StartAsync();
        var share = await ShareAsync(bot, "e1", "Jobs");
        var one = $$"""{ "id": "A-1", "type": "applicant", "ref": "{{share.Code}}k" }""";

        var inOne = await ReportAsync(bot, one, one);
        var together = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ReportAsync(bot, one, """{ "id": "B-1", "type": "lead" }"""))));
        var other = Assert.Single(await ReportAsync(bot, """{ "id": "A-1", "type": "lead" }"""));

        Assert.Equal([ConversionStatus.Recorded, ConversionStatus.Duplicate], inOne.Select(r => r.Status));
        Assert.Equal(1, together.Count(results => results[1].Status == ConversionStatus.Recorded));
        Assert.All(together, results => Assert.Equal(ConversionStatus.Duplicate, results[0].Status));
        Assert.Equal(ConversionStatus.Duplicate, other.Status);
        Assert.Contains("other values", other.Note, StringComparison.Ordinal);
        Assert.Equal(2, await bot.QueryAsync(db => db.Conversions.CountAsync()));
        Assert.Equal(ConversionType.Applicant, (await StoredAsync(bot, "A-1")).Type);
    }

    [Fact]
    public async Task A_reversal_takes_it_back_even_when_it_comes_first_or_twice_and_an_id_is_spent()
    {
        await using var bot = await TestBot.StartAsync();
        var share = await ShareAsync(bot, "e1", "Jobs");
        await GoalAsync(bot, GoalKind.Applicants);
        var a = $$"""{ "id": "A", "type": "applicant", "ref": "{{share.Code}}" }""";
        var b = a.Replace("\"A\"", "\"B\"", StringComparison.Ordinal);
        const string reverseA = """{ "id": "A", "reversed": true }""";
        const string reverseB = """{ "id": "B", "reversed": true }""";

        await ReportAsync(bot, a);
        var reversed = Assert.Single(await ReportAsync(bot, reverseA));
        var twice = Assert.Single(await ReportAsync(bot, reverseA));
        var again = Assert.Single(await ReportAsync(bot, a));
        var early = Assert.Single(await ReportAsync(bot, reverseB));
        var late = Assert.Single(await ReportAsync(bot, b));

        Assert.Equal(
            [ConversionStatus.Reversed, ConversionStatus.Duplicate, ConversionStatus.Duplicate, ConversionStatus.Reversed, ConversionStatus.Reversed],
            new[] { reversed, twice, again, early, late }.Select(r => r.Status));
        Assert.Contains("new id", again.Note, StringComparison.Ordinal);
        bot.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Contains("0 of 3", CardReader.Text(await bot.CommandAsync("olivia", "goals")), StringComparison.Ordinal);
        Assert.Equal(share.Id, (await StoredAsync(bot, "B")).ShareId);
    }

    [Fact]
    public async Task What_is_reported_late_counts_when_it_happened()
    {
        await using var bot = await TestBot.StartAsync();
        var share = await ShareAsync(bot, "e1", "Jobs");
        bot.Clock.Advance(TimeSpan.FromDays(20));

        await ReportAsync(bot, $$"""{ "id": "A", "type": "lead", "ref": "{{share.Code}}", "occurredAt": "2026-11-24T01:30:00+02:00", "amount": 12.5, "currency": "eur" }""");

        var stored = await StoredAsync(bot, "A");
        Assert.Equal((TestData.Now.Date.AddHours(23.5), (decimal?)12.5m, "EUR"), (stored.At.UtcDateTime, stored.Amount, stored.Currency));
        Assert.Equal(bot.Clock.GetUtcNow(), stored.RecordedAt);
    }

    [Fact]
    public async Task The_link_that_was_visited_last_within_the_window_gets_it()
    {
        await using var bot = await TestBot.StartAsync();
        var (first, second) = (await ShareAsync(bot, "e1", "Jobs"), await ShareAsync(bot, "e2", "Jobs"));
        await VisitAsync(bot, first, 50);
        await VisitAsync(bot, second, 45);
        await VisitAsync(bot, first, 60, ClickClass.Crawler);
        bot.Clock.Advance(TimeSpan.FromDays(70));
        var refs = $"\"ref\": [\"{first.Code}k\", \"https://example.com/?x=1&advocacy_ref={second.Code}x#y\"]";

        var results = await ReportAsync(
            bot,
            $$"""{ "id": "day52", "type": "lead", {{refs}}, "occurredAt": "{{Day(52)}}" }""",
            $$"""{ "id": "day47", "type": "lead", {{refs}}, "occurredAt": "{{Day(47)}}" }""",
            $$"""{ "id": "day40", "type": "lead", {{refs}}, "occurredAt": "{{Day(40)}}" }""",
            $$"""{ "id": "day10", "type": "lead", "ref": "{{second.Code}}x", "occurredAt": "{{Day(10)}}" }""",
            $$"""{ "id": "before", "type": "lead", "ref": "{{second.Code}}x", "occurredAt": "{{Day(-1)}}" }""",
            $$"""{ "id": "single", "type": "lead", "ref": "/l/{{second.Code}}", "occurredAt": "{{Day(46)}}" }""");

        // Day 40: both links are older than the window, and nobody had come in it.
        Assert.Equal(new long?[] { first.Id, second.Id, null, second.Id, null, second.Id }, await SharesAsync(bot, "day52", "day47", "day40", "day10", "before", "single"));
        Assert.Equal(new Untied?[] { null, null, Untied.OutsideWindow, null, Untied.BeforeLink, null }, results.Select(r => r.Untied));
        Assert.Equal("linkedin", (await StoredAsync(bot, "single")).Network);
    }

    [Theory]
    [InlineData("", Untied.NoReference)]
    [InlineData("2222222222", Untied.UnknownReference)]
    [InlineData("not a code", Untied.UnknownReference)]
    public async Task What_names_no_link_of_ours_is_kept_apart(string reference, Untied reason)
    {
        await using var bot = await TestBot.StartAsync();
        var result = Assert.Single(await ReportAsync(bot, $$"""{ "id": "A", "type": "applicant", "ref": "{{reference}}" }"""));

        Assert.Equal((ConversionStatus.Recorded, false, (Untied?)reason), (result.Status, result.Tied, result.Untied));
        Assert.Null((await StoredAsync(bot, "A")).CampaignId);
    }

    [Fact]
    public async Task Another_programmes_link_is_unknown()
    {
        await using var bot = await TestBot.StartAsync();
        var share = await ShareAsync(bot, "e1", "Jobs");
        var other = await bot.QueryAsync(async db =>
        {
            var workspace = new Workspace { Platform = "web", ExternalId = "other", Name = "Other", Language = "en", TimeZone = "Etc/UTC" };
            db.Add(workspace);
            await db.SaveChangesAsync();
            return workspace.Id;
        });

        var result = Assert.Single(await ReportAsync(bot, other, $$"""{ "id": "A", "type": "applicant", "ref": "{{share.Code}}" }"""));

        Assert.Equal(Untied.UnknownReference, result.Untied);
    }

    internal static Task<IReadOnlyList<ConversionResult>> ReportAsync(TestBot bot, params string[] entries) => ReportAsync(bot, 1, entries);

    private static async Task<IReadOnlyList<ConversionResult>> ReportAsync(TestBot bot, long workspace, params string[] entries)
    {
        var body = Encoding.UTF8.GetBytes($$"""{ "conversions": [ {{string.Join(',', entries)}} ] }""");
        Assert.Null(ConversionJson.Read(body, new ConversionReader(bot.Clock.GetUtcNow(), "Europe/London"), out var read));
        Assert.All(read, entry => Assert.Null(entry.Problem));
        return await bot.Services.GetRequiredService<RecordConversions>().RunAsync(new OpenConversionKey(1, workspace, ""), read, CancellationToken.None);
    }

    internal static async Task<Share> ShareAsync(TestBot bot, string person, string title)
    {
        var prompt = await bot.PublishAsync($"{title} {person}");
        await bot.ShareAsync(person, prompt);
        return await bot.QueryAsync(db => db.Shares.OrderByDescending(s => s.Id).FirstAsync());
    }

    private static Task<Conversion> StoredAsync(TestBot bot, string id) => bot.QueryAsync(db => db.Conversions.AsNoTracking().SingleAsync(c => c.ExternalId == id));

    private static async Task<List<long?>> SharesAsync(TestBot bot, params string[] ids)
    {
        var stored = await bot.QueryAsync(db => db.Conversions.AsNoTracking().ToListAsync());
        return [.. ids.Select(id => stored.Single(c => c.ExternalId == id).ShareId)];
    }

    private static string Day(int days) => $"{TestData.Now.AddDays(days).AddHours(1):yyyy-MM-ddTHH:mm:ssZ}";

    private static Task VisitAsync(TestBot bot, Share share, int days, ClickClass verdict = ClickClass.Human) => bot.QueryAsync(db =>
    {
        db.Add(new Click
        {
            ShareId = share.Id, CampaignId = share.CampaignId, ConversationId = share.ConversationId, Network = "linkedin", At = TestData.Now.AddDays(days), UserAgentId = 1, Class = (int)verdict,
        });
        return db.SaveChangesAsync();
    });

    private static Task GoalAsync(TestBot bot, GoalKind kind) => bot.QueryAsync(db =>
    {
        db.Add(new Goal { WorkspaceId = 1, Kind = kind, Target = 3, StartsOn = "2026-11-23", EndsOn = "2026-12-31" });
        return db.SaveChangesAsync();
    });
}
