using AdvocacyBot.BrowserTests.Infrastructure;
using Microsoft.Playwright;

namespace AdvocacyBot.BrowserTests;

public sealed class BrowserTests
{
    [ChromiumFact]
    public async Task The_browser_lays_out_Hebrew_from_the_right()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        await page.SetContentAsync("<html lang=he dir=rtl><body><span>שתפו</span>");
        var box = await page.Locator("span").BoundingBoxAsync();
        Assert.NotNull(box);
        Assert.True(box.X > page.ViewportSize!.Width / 2);
    }
}
