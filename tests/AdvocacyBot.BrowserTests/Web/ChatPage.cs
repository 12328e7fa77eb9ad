using System.Collections.Concurrent;
using AdvocacyBot.Tests.Web.Support;
using Microsoft.Playwright;

namespace AdvocacyBot.BrowserTests.Web;

/// <summary>The chat in a browser of its own, as one person. Whatever the page complains about in the console fails the test.</summary>
public sealed class ChatPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly IBrowserContext context;

    private ChatPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
    }

    public IPage Page { get; }

    public ILocator Messages => Page.Locator(".message");

    public ILocator Composer => Page.Locator("#text");

    public ILocator Panel => Page.GetByRole(AriaRole.Dialog);

    public static async Task<ChatPage> OpenAsync(Browser browser, WebHost host, string person, string channel = "general", BrowserNewContextOptions? options = null)
    {
        var opened = await browser.ContextAsync(options ?? new BrowserNewContextOptions { ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = await opened.NewPageAsync();
        var chat = new ChatPage(opened, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                chat.complaints.Enqueue($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => chat.complaints.Enqueue(error);
        page.SetDefaultTimeout(15_000);
        await page.GotoAsync($"{Address(host)}#{person}/{channel}");
        await page.Locator("#app").WaitForAsync();
        return chat;
    }

    public async Task SayAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Escape");
        await Composer.PressAsync("Enter");
        await Assertions.Expect(Composer).ToHaveValueAsync("");
    }

    /// <summary>Asserts that nothing was complained about but what is expected.</summary>
    public void NoComplaints(string? but = null) =>
        Assert.DoesNotContain(complaints, complaint => but is null || !complaint.Contains(but, StringComparison.Ordinal));

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private static string Address(WebHost host) => host.App.Urls.First() + "/";
}
