using AdvocacyBot.BrowserTests.Infrastructure;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Tests.Web.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Web;

/// <summary>Languages, directions, sizes and what cards show.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LookTests(Browser browser)
{
    private static readonly BrowserNewContextOptions Phone = new() { ViewportSize = new() { Width = 360, Height = 740 }, HasTouch = true, IsMobile = true };

    [ChromiumFact]
    public async Task A_Hebrew_speaker_gets_everything_in_Hebrew_from_the_right()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var noa = await ChatPage.OpenAsync(browser, host, "noa", "hadashot");
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");

        await Expect(noa.Page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await Expect(noa.Page.Locator("html")).ToHaveAttributeAsync("lang", "he");
        await Expect(noa.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("חדשות החברה");
        await noa.SayAsync("/advocate content");
        var card = noa.Messages.Locator(".card");
        await Expect(card).ToHaveAttributeAsync("dir", "rtl");
        await Expect(card).ToHaveAttributeAsync("lang", "he");
        await Expect(noa.Messages.GetByText("רק אתם רואים את זה")).ToBeVisibleAsync();
        var sidebar = (await noa.Page.Locator("#sidebar").BoundingBoxAsync())!;
        Assert.True(sidebar.X > 640, "The sidebar stands at the right.");

        await noa.Page.EvaluateAsync("location.hash = '#noa/general'");
        await Expect(noa.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("general");
        await alice.SayAsync("Left to right");
        await noa.SayAsync("מימין לשמאל");

        await Expect(noa.Messages).ToHaveCountAsync(2);
        Assert.Equal("ltr", await DirectionAsync(noa.Messages.Nth(0)));
        Assert.Equal("rtl", await DirectionAsync(noa.Messages.Nth(1)));
        Assert.Equal("rtl", await DirectionAsync(alice.Messages.Nth(1)));
        noa.NoComplaints();
    }

    [ChromiumFact]
    public async Task Switching_the_person_switches_language_channels_and_messages()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var page = await ChatPage.OpenAsync(browser, host, "alice");
        await page.SayAsync("/advocate content");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "You are: Alice Bennett" }).ClickAsync();
        await page.Page.Locator("#people").GetByRole(AriaRole.Button, new() { Name = "נועה לוי" }).ClickAsync();

        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await Expect(page.Page.Locator("#channels a")).ToHaveTextAsync(["general", "חדשות החברה", "AdvocacyBot"]);
        await Expect(page.Messages).ToHaveCountAsync(0);
        Assert.EndsWith("#noa/general", page.Page.Url, StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task On_a_phone_the_channels_are_in_a_drawer_and_nothing_is_cut_off()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice", options: Phone);
        await alice.SayAsync("/advocate content");
        await alice.SayAsync($"A-very-long-word-{new string('x', 200)}");

        await Expect(alice.Messages).ToHaveCountAsync(2);
        Assert.True(await alice.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= 360 && document.getElementById('stream').scrollWidth <= 360"));
        await Expect(alice.Page.Locator("#sidebar")).Not.ToBeVisibleAsync();

        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Open channel list" }).ClickAsync();
        await Expect(alice.Page.Locator("#sidebar")).ToBeVisibleAsync();
        await alice.Page.GetByRole(AriaRole.Link, new() { Name = "product-news" }).ClickAsync();

        await Expect(alice.Page.Locator("#sidebar")).Not.ToBeVisibleAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("product-news");
        alice.NoComplaints();
    }

    [ChromiumFact]
    public async Task A_picture_that_does_not_load_is_replaced_by_its_words()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");

        await SendAsync(host, new AdaptiveCard { Body = [new Image("https://pictures.invalid/a.png", "The new office") { Size = "Large" }] });

        await Expect(alice.Messages).ToContainTextAsync("Picture: The new office");
    }

    [ChromiumFact]
    public async Task The_renderer_takes_the_language_of_every_card_not_of_every_second_one()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var noa = await ChatPage.OpenAsync(browser, host, "noa");

        var languages = await noa.Page.EvaluateAsync<string[]>(
            """
            () => [1, 2, 3, 4].map(() => {
              const card = new AdaptiveCards.AdaptiveCard();
              card.parse({ type: 'AdaptiveCard', version: '1.5', lang: 'he', body: [] });
              return card.lang ?? 'none';
            })
            """);

        Assert.Equal(["he", "he", "he", "he"], languages);
    }

    [ChromiumFact]
    public async Task Nothing_in_a_cards_text_becomes_markup_but_emphasis_links_and_lists()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");

        await SendAsync(host, new AdaptiveCard
        {
            Body =
            [
                new TextBlock("<img src=x onerror=alert(1)> **bold** [safe](https://example.com) [bad](javascript:alert(1)) ![pic](https://example.com/a.png) `code`"),
                new TextBlock("- one\n- two"),
                new TextBlock("# no heading"),
            ],
            Actions = [new OpenUrlAction { Title = "Bad", Url = "javascript:alert(1)" }],
        });

        var card = alice.Messages.Locator(".card");
        await Expect(card.Locator("strong")).ToHaveTextAsync("bold");
        await Expect(card.Locator("img, h1, code")).ToHaveCountAsync(0);
        await Expect(card.Locator("a")).ToHaveCountAsync(2);
        await Expect(card.GetByRole(AriaRole.Link, new() { Name = "safe" })).ToHaveAttributeAsync("rel", "noopener noreferrer");
        await Expect(card.GetByRole(AriaRole.Link, new() { Name = "safe" })).ToHaveAttributeAsync("target", "_blank");
        Assert.Equal(0, await card.Locator("a[href^='javascript']").CountAsync());
        await Expect(card.Locator("li")).ToHaveTextAsync(["one", "two"]);
        await card.GetByText("Bad", new() { Exact = true }).ClickAsync();
        Assert.Single(alice.Page.Context.Pages);
    }

    [ChromiumFact]
    public async Task A_link_button_opens_a_new_tab_that_does_not_know_us()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");
        await alice.Page.Context.RouteAsync("https://example.com/**", route => route.FulfillAsync(new() { Body = "there" }));
        await alice.SayAsync("/advocate content");

        var opened = await alice.Page.Context.RunAndWaitForPageAsync(() =>
            alice.Messages.GetByText("Read it", new() { Exact = true }).ClickAsync());

        Assert.Equal("https://example.com/news", opened.Url);
        Assert.Null(await opened.EvaluateAsync<object?>("() => window.opener"));
    }

    [ChromiumTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_can_be_read_in_light_and_dark(ColorScheme scheme)
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(
            browser, host, "alice", options: new() { ColorScheme = scheme, ViewportSize = new() { Width = 1280, Height = 800 } });
        await alice.SayAsync("Plain words");
        await alice.SayAsync("/advocate content");
        await Expect(alice.Messages).ToHaveCountAsync(2);

        var weak = await alice.Page.EvaluateAsync<string[]>(ContrastScript);

        Assert.Empty(weak);
    }

    /// <summary>Texts with less contrast than WCAG 2.2's 4.5 to 1 (success criterion 1.4.3).</summary>
    private const string ContrastScript =
        """
        () => {
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgba = color => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
          };
          const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = element => {
            for (let at = element; at; at = at.parentElement) {
              const color = rgba(getComputedStyle(at).backgroundColor);
              if (color[3] === 255) {
                return color;
              }
            }
            return [255, 255, 255, 255];
          };
          const weak = [];
          for (const element of document.querySelectorAll('body *')) {
            const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
            if (!own || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || element.closest('svg')) {
              continue;
            }
            const a = luminance(rgba(getComputedStyle(element).color));
            const b = luminance(behind(element));
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) {
              weak.push(`${ratio.toFixed(2)} ${element.className} ${element.textContent.trim().slice(0, 30)}`);
            }
          }
          return weak;
        }
        """;

    private static async Task SendAsync(WebHost host, AdaptiveCard card) => await host.Sender.SendAsync(
        Outbound.To("general", "A card") with { Card = card }, CancellationToken.None);

    private static Task<string> DirectionAsync(ILocator message) =>
        message.Locator(".text").EvaluateAsync<string>("element => getComputedStyle(element).direction");
}
