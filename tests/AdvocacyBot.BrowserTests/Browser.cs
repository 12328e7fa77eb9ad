using AdvocacyBot.BrowserTests.Infrastructure;
using Microsoft.Playwright;

namespace AdvocacyBot.BrowserTests;

/// <summary>One Chromium for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async Task InitializeAsync()
    {
        if (Chromium.Browser.SkipReason is null)
        {
            playwright = await Playwright.CreateAsync();
            chromium = await Chromium.LaunchAsync(playwright);
        }
    }

    public Task<IBrowserContext> ContextAsync(BrowserNewContextOptions options) => chromium!.NewContextAsync(options);

    public async Task DisposeAsync()
    {
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }

        playwright?.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Browser>
{
    public const string Name = "Browser";
}
