using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using AdvocacyBot.BrowserTests.Infrastructure;
using AdvocacyBot.BrowserTests.WholeLoop;
using AdvocacyBot.Core.Localization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Reports;

/// <summary>The report in Chromium: signed in from the chat, in both languages, on a phone, by keyboard, on paper. ADVOCACY_SCREENSHOTS names the folder for pictures.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class ReportPageTests(Browser browser)
{
    private const string NothingCutOff = "() => document.documentElement.scrollWidth <= window.innerWidth";

    [ChromiumFact]
    public async Task The_report_can_be_read_in_both_languages_on_a_phone_and_on_paper()
    {
        await using var host = await RunningHost.StartAsync();
        await PastYear.WriteAsync(host.DatabaseFile, TimeProvider.System.GetUtcNow());
        await LookAsync(host, "carmen", "general", Texts.In(Language.English));
        await LookAsync(host, "dana", "hadashot", Texts.In(Language.Hebrew));
    }

    private async Task LookAsync(RunningHost host, string person, string channel, Texts t)
    {
        var complaints = new ConcurrentQueue<string>();
        await using var context = await browser.ContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 }, ReducedMotion = ReducedMotion.Reduce, Locale = t.Language.Code });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Enqueue(error);

        await page.GotoAsync(await LinkAsync(host, person, channel));
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", t.Language.Direction);
        await page.GetByRole(AriaRole.Button, new() { Name = t["Reports.SignInButton"] }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(t["Reports.Heading"]);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-charts", "drawn");
        Assert.True(await page.EvaluateAsync<bool>(NothingCutOff), "Nothing is cut off on a wide screen.");
        Assert.Equal(8, await page.Locator(".chart canvas[role=img]").CountAsync());
        await ShotAsync(page, $"report-{t.Language.Code}");

        await FormulasAsync(page, t);
        await page.GetByRole(AriaRole.Link, new() { Name = t.Plural("Reports.Weeks", 4), Exact = true }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-charts", "drawn");
        Assert.Equal(4, await page.Locator("#table-weeks tbody tr").CountAsync());
        await page.GoBackAsync();

        await PaperAsync(page, t);
        await PhoneAsync(page, t);
        await RowsAsync(page, t);
        Assert.Empty(complaints);
    }

    /// <summary>By mouse, by finger, by keyboard.</summary>
    private static async Task FormulasAsync(IPage page, Texts t)
    {
        var formula = t["Reports.Formula_clicked"];
        await page.Locator("#figure-clicked .value").HoverAsync();
        await Expect(page.Locator("#formula-shown")).ToContainTextAsync(formula);
        await Expect(page.Locator("#formula-shown").GetByRole(AriaRole.Link, new() { Name = t["Reports.RowsLink"] })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#formula-shown")).ToHaveCountAsync(0);

        var mark = page.Locator("#why-clicked summary");
        await mark.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#why-clicked .formula")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#why-clicked .formula a")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#why-clicked .formula")).ToBeHiddenAsync();
        await Expect(mark).ToBeFocusedAsync();
    }

    private static async Task PaperAsync(IPage page, Texts t)
    {
        var file = await page.PdfAsync(new() { Format = "A4", PrintBackground = false, PreferCSSPageSize = true });
        Assert.True(file.Length > 20_000);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator(".tools")).ToBeHiddenAsync();
        await Expect(page.Locator("#formulas")).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        if (Folder is { } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"report-{t.Language.Code}.pdf"), file);
        }
    }

    private static async Task PhoneAsync(IPage page, Texts t)
    {
        await page.SetViewportSizeAsync(360, 740);
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-charts", "drawn");
        Assert.True(await page.EvaluateAsync<bool>(NothingCutOff), "Nothing is cut off on a phone.");
        await page.Locator("#figure-rate summary").ClickAsync();
        var box = await page.Locator("#why-rate .formula").BoundingBoxAsync();
        Assert.True(box is { X: >= 0 } && box.X + box.Width <= 360 && box.Y >= 0 && box.Y + box.Height <= 740, "The formula fits on a phone.");
        await ShotAsync(page, $"phone-report-{t.Language.Code}");
        await page.Keyboard.PressAsync("Escape");
    }

    private static async Task RowsAsync(IPage page, Texts t)
    {
        await page.Locator("#table-campaigns tbody td a").First.ClickAsync();
        await Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        await Expect(page.Locator("tbody")).ToContainTextAsync(t["Reports.Anonymous"]);
        Assert.DoesNotContain("Alice", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>(NothingCutOff), "Nothing is cut off on a phone.");
    }

    /// <summary>What the chat answers to the command, through the channel's API.</summary>
    private static async Task<string> LinkAsync(RunningHost host, string person, string channel)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("X-Person", person);
        using var body = new StringContent($$"""{"id":"{{Guid.NewGuid():N}}","channel":"{{channel}}","text":"/advocate report"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("web/api/messages", body);
        var text = await answer.Content.ReadAsStringAsync();
        return SignInLink().Match(text) is { Success: true } link ? link.Value : throw new Xunit.Sdk.XunitException($"No link in: {text}");
    }

    private static string? Folder => Environment.GetEnvironmentVariable("ADVOCACY_SCREENSHOTS") is { Length: > 0 } folder ? Directory.CreateDirectory(folder).FullName : null;

    private static Task ShotAsync(IPage page, string name) =>
        Folder is { } folder ? page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled }) : Task.CompletedTask;

    [GeneratedRegex(@"http://[^/""]+/report/in/[\w-]+")]
    private static partial Regex SignInLink();
}
