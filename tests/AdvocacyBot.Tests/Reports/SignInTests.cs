using System.Net;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Reports;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Web.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Reports;

/// <summary>Signing in to the report with a link from chat, on the real host.</summary>
public sealed class SignInTests : IAsyncLifetime, IDisposable
{
    private static readonly Texts English = Texts.In(Language.English);
    private static readonly string[] Crawlers = ["Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "SkypeUriPreview Preview/0.5", "facebookexternalhit/1.1", ""];

    private readonly HostFolder folder = new();
    private readonly ManualTimeProvider clock = new(TestData.Now);
    private LiveHost host = null!;

    public Task InitializeAsync()
    {
        host = LiveHost.Start(folder, clock);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_link_signs_in_once_and_only_by_its_button()
    {
        var link = await ReportBrowser.LinkAsync(Person("carmen"));
        using var crawler = new ReportBrowser(host);
        foreach (var agent in Crawlers)
        {
            using var looked = await crawler.GetAsync(link, agent);
            Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
            Assert.False(looked.Headers.Contains("Set-Cookie"));
            Assert.Contains("default-src 'none'", looked.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        using var browser = new ReportBrowser(host);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/report")).StatusCode);
        using var signedIn = await browser.PostAsync(link);
        Assert.Equal((HttpStatusCode.SeeOther, "/report"), (signedIn.StatusCode, signedIn.Headers.Location!.OriginalString));
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(English["Reports.Heading"], await browser.ReadAsync("/report"), StringComparison.Ordinal);

        using var again = new ReportBrowser(host);
        Assert.Equal(HttpStatusCode.Gone, (await again.PostAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await again.GetAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await again.GetAsync("/report")).StatusCode);
    }

    [Fact]
    public async Task Of_two_who_press_at_the_same_time_one_gets_in()
    {
        var link = await ReportBrowser.LinkAsync(Person("carmen"));
        using var browser = new ReportBrowser(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.PostAsync(link)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Gone));
    }

    [Fact]
    public async Task A_link_is_too_old_after_ten_minutes_and_a_session_after_eight_hours()
    {
        using var browser = new ReportBrowser(host);
        var old = await ReportBrowser.LinkAsync(Person("carmen"));
        clock.Advance(ReportAccess.LinkLifetime);
        Assert.Equal(HttpStatusCode.Gone, (await browser.PostAsync(old)).StatusCode);

        await browser.SignInAsync(Person("carmen"));
        await browser.ReadAsync("/report");
        clock.Advance(ReportAccess.SessionLifetime);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/report")).StatusCode);
    }

    [Fact]
    public async Task Forged_links_and_cookies_open_nothing()
    {
        var link = await ReportBrowser.LinkAsync(Person("carmen"));
        using var browser = new ReportBrowser(host);
        foreach (var forged in new[] { link[..^1], link + "A", link[..^1] + (link[^1] == 'A' ? 'B' : 'A'), "/report/in/" + new string('A', 43), "/report/in/a b" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync(forged)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(forged)).StatusCode);
        }

        using var http = host.Http();
        foreach (var value in new[] { "x", new string('y', 5000), "%00", link })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/report");
            request.Headers.TryAddWithoutValidation("Cookie", $"advocacy-report={value}");
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(request)).StatusCode);
        }

        var stored = await folder.QueryAsync(db => db.ReportLinks.Select(l => l.TokenHash).ToListAsync());
        Assert.DoesNotContain(stored, hash => link.Contains(hash, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_sites_form_signs_nobody_in_or_out()
    {
        using var browser = new ReportBrowser(host);
        var link = await ReportBrowser.LinkAsync(Person("carmen"));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync(link, "https://evil.example")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync(link, host.Address.GetLeftPart(UriPartial.Authority))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/report/out", "https://evil.example")).StatusCode);
        await browser.ReadAsync("/report");
        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync("/report/out")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/report")).StatusCode);
    }

    [Fact]
    public async Task Whoever_loses_the_role_is_signed_out_and_stays_so()
    {
        using var browser = new ReportBrowser(host);
        await browser.SignInAsync(Person("carmen"));
        var unused = await ReportBrowser.LinkAsync(Person("carmen"));
        await browser.ReadAsync("/report");

        await GiveAsync("carmen", Roles.Approver);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/report/data")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync(unused)).StatusCode);
        var refused = await Person("carmen").SayAsync(ChatJourneys.General, "/advocate report");
        Assert.DoesNotContain("/report/in/", ChatPerson.TextOf(refused.Message), StringComparison.Ordinal);
        await GiveAsync("carmen", Roles.Comms);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/report")).StatusCode);
    }

    [Fact]
    public async Task An_owner_who_takes_the_role_away_signs_out_at_once()
    {
        await using var bot = await TestBot.StartAsync();
        var access = bot.Services.GetRequiredService<ReportAccess>();
        await bot.CommandAsync("carmen", "report");
        var carmen = await bot.QueryAsync(db => db.People.SingleAsync(p => p.ExternalId == "carmen"));
        await bot.QueryAsync(async db =>
        {
            db.Add(new ReportSession { WorkspaceId = carmen.WorkspaceId, PersonId = carmen.Id, TokenHash = "x", Roles = Roles.Comms, ExpiresAt = bot.Clock.GetUtcNow().AddHours(1) });
            return await db.SaveChangesAsync();
        });
        var form = CardReader.Form(await bot.CommandAsync("olivia", "roles carmen"));
        await bot.SubmitAsync("olivia", form, "save", ("Comms", "false"));

        Assert.Equal(0, await bot.QueryAsync(db => db.ReportSessions.CountAsync()));
        Assert.Equal(0, await bot.QueryAsync(db => db.ReportLinks.CountAsync()));
        Assert.Null(await access.FindAsync("x", CancellationToken.None));
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_all_browsers_and_links_of_this_person_alone()
    {
        using var laptop = new ReportBrowser(host);
        using var phone = new ReportBrowser(host);
        using var dana = new ReportBrowser(host);
        await laptop.SignInAsync(Person("carmen"));
        await phone.SignInAsync(Person("carmen"));
        await dana.SignInAsync(Person("dana"), "hadashot");

        var card = await Person("carmen").SayAsync(ChatJourneys.General, "/advocate report");
        var unused = new Uri(CardReader.Actions(ChatPerson.CardOf(card.Message!)).OfType<Core.Cards.OpenUrlAction>().Single().Url).PathAndQuery;
        var done = await Person("carmen").PressAsync(card.Message!, ReportRoutes.SignOutVerb);

        Assert.Contains("2 browsers", ChatPerson.TextOf(done.Message), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await laptop.GetAsync("/report")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.GetAsync("/report/data")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await phone.PostAsync(unused)).StatusCode);
        Assert.Contains("dir=\"rtl\"", await dana.ReadAsync("/report"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_link_takes_the_older_ones_place_and_belongs_to_who_asked()
    {
        using var browser = new ReportBrowser(host);
        var older = await ReportBrowser.LinkAsync(Person("carmen"));
        var newer = await ReportBrowser.LinkAsync(Person("carmen"));
        var danas = await ReportBrowser.LinkAsync(Person("dana"), "hadashot");

        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync(older)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync(danas)).StatusCode);
        Assert.Contains("lang=\"he\"", await browser.ReadAsync("/report"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync(newer)).StatusCode);
        Assert.Contains("lang=\"en\"", await browser.ReadAsync("/report"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sponsor_reads_figures_but_no_rows()
    {
        await GiveAsync("carmen", Roles.Sponsor);
        using var browser = new ReportBrowser(host);
        await browser.SignInAsync(Person("carmen"));

        Assert.DoesNotContain("/report/rows/", await browser.ReadAsync("/report"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/report/rows/said")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/report/export/rows-said.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/report/export/benchmarks.csv")).StatusCode);
    }

    private ChatPerson Person(string id) => new(host.Http(), id);

    private async Task GiveAsync(string person, Roles roles)
    {
        await folder.QueryAsync(db => db.People.Where(p => p.ExternalId == person).ExecuteUpdateAsync(set => set.SetProperty(p => p.Roles, roles)));
        host.Services.GetRequiredService<PeopleDirectory>().Forget();
    }
}
