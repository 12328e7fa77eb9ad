using System.Text.RegularExpressions;
using AdvocacyBot.Core.Localization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Programme;

/// <summary>The chat page as one person uses it: what is there is found by the words of the product in the person's language.</summary>
internal sealed partial class Chat(IPage page, Texts texts)
{
    public IPage Page => page;

    public ILocator Panel => page.GetByRole(AriaRole.Dialog);

    /// <summary>The newest message that has these words.</summary>
    public ILocator Message(string words) => page.Locator(".message").Filter(new() { HasText = words }).Last;

    /// <summary>The newest message that says what stands in the resources.</summary>
    public ILocator Says(string key) => Message(Words(key));

    public ILocator Field(string key, params (string Name, object? Value)[] with) => Panel.GetByLabel(with.Length == 0 ? texts[key] : texts.Format(key, with)).First;

    public async Task SayAsync(string text)
    {
        var composer = page.Locator("textarea#text");
        await composer.FillAsync(text);
        await composer.PressAsync("Escape");
        await composer.PressAsync("Enter");
        await Expect(composer).ToHaveValueAsync("");
    }

    /// <summary>Says something, and waits for what is answered.</summary>
    public async Task<ILocator> AskAsync(string text)
    {
        var messages = page.Locator(".message");
        var before = await messages.CountAsync();
        await SayAsync(text);
        await Expect(messages.Nth(before)).ToBeVisibleAsync();
        return messages.Nth(before);
    }

    /// <summary>Presses a button of the open form.</summary>
    public Task PressAsync(string key) => PressAsync(Panel, key);

    public Task PressAsync(ILocator place, string key) => Button(place, key).ClickAsync();

    /// <summary>Relative, for what has it.</summary>
    public ILocator Button(string key) => page.GetByRole(AriaRole.Button, new() { Name = texts[key], Exact = true });

    public ILocator Button(ILocator place, string key) => place.GetByRole(AriaRole.Button, new() { Name = texts[key], Exact = true });

    /// <summary>Waits for the form whose title stands in the resources.</summary>
    public Task FormAsync(string title) => Expect(Panel.GetByRole(AriaRole.Heading, new() { Name = texts[title] }).First).ToBeVisibleAsync();

    public Task NoFormAsync() => Expect(Panel).Not.ToBeVisibleAsync();

    /// <summary>Takes a picture where ADVOCACY_SCREENSHOTS names a folder.</summary>
    /// <param name="name">Of the file, without ending.</param>
    /// <param name="shown">What it is of; the whole page by default.</param>
    public async Task ShotAsync(string name, ILocator? shown = null)
    {
        if (Environment.GetEnvironmentVariable("ADVOCACY_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{name}-{texts.Language.Code}.png");
        if (shown is null)
        {
            await page.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled });
        }
        else
        {
            await shown.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled });
        }
    }

    /// <summary>The longest run of words of a text that nothing is put into.</summary>
    private string Words(string key) => Gaps().Split(texts[key]).MaxBy(part => part.Length)!.Trim();

    [GeneratedRegex(@"\{[a-zA-Z]+\}|\*\*|`|\n")]
    private static partial Regex Gaps();
}
