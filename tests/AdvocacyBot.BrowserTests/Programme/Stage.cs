using AdvocacyBot.BrowserTests.WholeLoop;
using AdvocacyBot.Core.Localization;
using Microsoft.Playwright;

namespace AdvocacyBot.BrowserTests.Programme;

/// <summary>One running host for several journeys, and one browser profile for each person, whose pages stay open.</summary>
public sealed class Stage : IAsyncLifetime
{
    private readonly Dictionary<string, IBrowserContext> people = [];
    private readonly Dictionary<string, Chat> chats = [];
    private RunningHost? host;

    public async Task InitializeAsync()
    {
        if (Infrastructure.Chromium.Browser.SkipReason is null)
        {
            host = await RunningHost.StartAsync();
        }
    }

    /// <param name="browser">Where a person's profile is made.</param>
    /// <param name="person">Who looks.</param>
    /// <param name="channel">Or <c>dm-</c> and the person, for what the bot says in private.</param>
    /// <param name="language">What the bot speaks with the person.</param>
    internal async Task<Chat> OpenAsync(Browser browser, string person, string channel, Language language)
    {
        if (chats.TryGetValue($"{person}/{channel}/{language.Code}", out var open))
        {
            await open.Page.BringToFrontAsync();
            return open;
        }

        if (!people.TryGetValue(person, out var context))
        {
            people[person] = context = await browser.ContextAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = 1100, Height = 1500 } });
        }

        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        await page.GotoAsync($"{host!.Address}#{person}/{channel}");
        await page.Locator("textarea#text").WaitForAsync();

        // What was said before is there, so that the next answer is the next message.
        await page.Locator(".message, #empty:not([hidden])").First.WaitForAsync();
        return chats[$"{person}/{channel}/{language.Code}"] = new Chat(page, Texts.In(language));
    }

    public async Task DisposeAsync()
    {
        foreach (var context in people.Values)
        {
            await context.DisposeAsync();
        }

        if (host is not null)
        {
            await host.DisposeAsync();
        }
    }
}
