using AdvocacyBot.BrowserTests.Infrastructure;
using AdvocacyBot.Tests.Web.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Web;

[Collection(BrowserCollection.Name)]
public sealed class FormTests(Browser browser)
{
    [ChromiumFact]
    public async Task A_form_says_what_is_wrong_at_the_field_keeps_what_was_typed_and_ends_in_the_chat()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");
        await alice.SayAsync("/advocate content");
        await alice.Messages.GetByRole(AriaRole.Button, new() { Name = "Suggest a story" }).ClickAsync();

        await Expect(alice.Panel.GetByRole(AriaRole.Heading, new() { Name = "Suggest a story" })).ToBeVisibleAsync();
        var title = alice.Panel.GetByRole(AriaRole.Textbox, new() { Name = "Title" });
        var link = alice.Panel.GetByRole(AriaRole.Textbox, new() { Name = "Link" });
        await Expect(title).ToBeFocusedAsync();
        await alice.Panel.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(alice.Panel.GetByRole(AriaRole.Alert)).ToContainTextAsync("Please fill this in.");

        await title.FillAsync("ab");
        await alice.Panel.GetByLabel("Note").FillAsync("Two\nlines");
        await alice.Panel.GetByLabel("Facebook").CheckAsync();
        await title.PressAsync("Enter");

        await Expect(alice.Panel.GetByRole(AriaRole.Alert)).ToContainTextAsync("2 things to put right:");
        await Expect(title).ToHaveAttributeAsync("aria-invalid", "true");
        var description = await link.GetAttributeAsync("aria-describedby");
        await Expect(alice.Page.Locator($"#{description}")).ToHaveTextAsync("A link begins with https://");
        await Expect(title).ToHaveValueAsync("ab");
        await Expect(alice.Panel.GetByLabel("Note")).ToHaveValueAsync("Two\nlines");
        await Expect(alice.Panel.GetByLabel("Facebook")).ToBeCheckedAsync();

        await alice.Panel.GetByRole(AriaRole.Button, new() { Name = "Link: A link begins with https://" }).ClickAsync();
        await Expect(link).ToBeFocusedAsync();
        await link.FillAsync("https://example.com/story");
        await Expect(link).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(alice.Panel.GetByRole(AriaRole.Alert)).ToContainTextAsync("One thing to put right:");
        await title.FillAsync("Our <i>story</i> *now*");
        await alice.Panel.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Expect(alice.Panel).ToBeHiddenAsync();
        await Expect(alice.Messages).ToHaveCountAsync(1);
        await Expect(alice.Messages).ToContainTextAsync("Thanks for “Our <i>story</i> *now*”");
        alice.NoComplaints();
    }

    [ChromiumTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leaving_a_form_tells_the_bot(bool byKeyboard)
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");
        await alice.SayAsync("/advocate suggest");
        await Expect(alice.Panel).ToBeVisibleAsync();

        if (byKeyboard)
        {
            await alice.Page.Keyboard.PressAsync("Escape");
        }
        else
        {
            await alice.Panel.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        }

        await Expect(alice.Panel).ToBeHiddenAsync();
        await Expect(alice.Messages).ToContainTextAsync("Cancelled");
    }

    [ChromiumFact]
    public async Task The_keyboard_stays_in_an_open_form()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");
        await alice.SayAsync("/advocate suggest");
        await Expect(alice.Panel).ToBeVisibleAsync();

        for (var i = 0; i < 20; i++)
        {
            await alice.Page.Keyboard.PressAsync("Tab");
            Assert.True(await alice.Page.EvaluateAsync<bool>(
                "() => document.activeElement === document.body || document.getElementById('panel').contains(document.activeElement)"));
        }
    }

    [ChromiumFact]
    public async Task A_form_that_could_not_be_sent_stays_with_all_that_was_typed()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");
        await alice.SayAsync("/advocate suggest");
        await alice.Panel.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).FillAsync("A story");
        await alice.Panel.GetByRole(AriaRole.Textbox, new() { Name = "Link" }).FillAsync("https://example.com");
        await alice.Page.RouteAsync("**/web/api/forms", route => route.AbortAsync());

        await alice.Panel.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Expect(alice.Panel.GetByRole(AriaRole.Alert)).ToContainTextAsync("the server did not answer");
        await Expect(alice.Panel.GetByRole(AriaRole.Textbox, new() { Name = "Title" })).ToHaveValueAsync("A story");
        await alice.Page.UnrouteAsync("**/web/api/forms");
        await alice.Panel.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(alice.Panel).ToBeHiddenAsync();
        await Expect(alice.Messages).ToContainTextAsync("Thanks for “A story”");
    }
}
