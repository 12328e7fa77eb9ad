using System.Net;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Sharing;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Host.InProcess;

/// <summary>From the idea to the digest, by the browser chat's API alone, with the scheduler sending in the background.</summary>
public sealed class WholeJourneyTests
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    [Theory]
    [InlineData("general", "carmen", "alice", "ben", "Our new office", "We have moved!", 2, 15)]
    [InlineData("hadashot", "dana", "noa", "itai", "המשרד החדש שלנו", "עברנו דירה!", 2, 9)]
    public async Task A_campaign_is_composed_shared_clicked_and_summed_up(
        string channel, string commsId, string employeeId, string fanId, string title, string words, int acted, int couldSee)
    {
        using var folder = new HostFolder();
        await using var host = LiveHost.Start(folder);
        using var http = host.Http();
        var (comms, employee, fan) = (new ChatPerson(http, commsId), new ChatPerson(http, employeeId), new ChatPerson(http, fanId));

        // On the first day of a week the next digest is of the week before until its hour has come.
        await folder.QueryAsync(db => db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.DigestHour, 0)));

        var texts = (await comms.DraftAsync(title, channel, "https://www.example.com/news/office")).Form!;
        Assert.Contains(title, ChatPerson.TextOf((await comms.FinishAsync(texts, channel, words)).Message), StringComparison.Ordinal);
        var prompt = await employee.AwaitPromptAsync(title, channel);
        Assert.NotNull((await fan.ReactAsync(prompt, "🎉", added: true)).Reply);

        var offer = (await employee.ShareAsync(prompt))!;
        Assert.Contains(words, ChatPerson.TextOf(offer), StringComparison.Ordinal);
        await OpenComposerAsync(http, offer);
        var thanks = await employee.PressAsync(offer, ShareRoutes.Said);
        var again = await employee.PressAsync(thanks.Message!, ShareRoutes.Undo);
        Assert.Equal("replaced", (await employee.PressAsync(again.Message!, ShareRoutes.Said)).Reply);
        await VisitAsync(http, folder);

        var digest = (await comms.SayAsync(channel, "/advocate digest")).Message!;
        Assert.All([$"{acted * 100 / couldSee}%", acted.ToString(System.Globalization.CultureInfo.InvariantCulture), couldSee.ToString(System.Globalization.CultureInfo.InvariantCulture), title], part =>
            Assert.Contains(part, ChatPerson.TextOf(digest), StringComparison.Ordinal));
        await comms.PressAsync(digest, DigestRoutes.PostVerb);
        await comms.PressAsync(digest, DigestRoutes.PostVerb);
        await fan.AwaitMessageAsync(message => IsDigest(message, couldSee));
        Assert.Single(await fan.ReadAsync(channel), message => IsDigest(message, couldSee));
        await CheckLedgerAsync(folder);
    }

    private static bool IsDigest(MessageView message, int couldSee) =>
        message is { Private: false, Author: null, Card: not null }
        && !CardReader.Actions(ChatPerson.CardOf(message)).OfType<ExecuteAction>().Any(action => action.Verb == PromptCards.DeclineVerb)
        && ChatPerson.TextOf(message).Contains(couldSee.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The network itself is not asked: where the redirect leads is enough.</summary>
    private static async Task OpenComposerAsync(HttpClient http, MessageView offer)
    {
        var composer = CardReader.Actions(ChatPerson.CardOf(offer)).OfType<OpenUrlAction>().First(action => action.Url.Contains("/go/", StringComparison.Ordinal));
        Assert.StartsWith(http.BaseAddress!.AbsoluteUri, composer.Url, StringComparison.Ordinal);
        using var request = Navigation(composer.Url, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36");
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("https", response.Headers.Location?.Scheme);
    }

    private static async Task VisitAsync(HttpClient http, HostFolder folder)
    {
        var code = await folder.QueryAsync(db => db.Shares.Select(s => s.Code).SingleAsync());
        using var request = Navigation($"/l/{code}", Browser);
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.StartsWith("https://www.example.com/news/office", response.Headers.Location?.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal([(int)ClickClass.Human], await folder.QueryAsync(db => db.Clicks.Select(c => c.Class).ToListAsync()));
    }

    private static HttpRequestMessage Navigation(string address, string agent)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        request.Headers.Add("Accept-Language", "en");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        return request;
    }

    private static async Task CheckLedgerAsync(HostFolder folder)
    {
        var net = await folder.QueryAsync(db => db.Ledger.GroupBy(e => e.Kind).Select(g => new { g.Key, Sum = g.Sum(e => e.Amount), Rows = g.Count() }).ToDictionaryAsync(x => x.Key));
        Assert.Equal((1, 3), (net[LedgerKind.Said].Sum, net[LedgerKind.Said].Rows));
        Assert.Equal(1, net[LedgerKind.Opened].Sum);
        Assert.Equal(1, net[LedgerKind.Reacted].Sum);
    }
}
