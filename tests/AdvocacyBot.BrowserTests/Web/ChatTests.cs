using AdvocacyBot.BrowserTests.Infrastructure;
using AdvocacyBot.Tests.Web.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdvocacyBot.BrowserTests.Web;

[Collection(BrowserCollection.Name)]
public sealed class ChatTests(Browser browser)
{
    [ChromiumFact]
    public async Task A_message_is_seen_live_by_another_person_and_marks_the_channel_where_it_is_not_open()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");
        await using var ben = await ChatPage.OpenAsync(browser, host, "ben");
        await using var chloe = await ChatPage.OpenAsync(browser, host, "chloe", "product-news");

        await alice.SayAsync("Good morning <b>all</b>");

        await Expect(ben.Messages).ToHaveCountAsync(1);
        await Expect(ben.Messages.Locator(".text")).ToHaveTextAsync("Good morning <b>all</b>");
        await Expect(ben.Messages.Locator(".author")).ToHaveTextAsync("Alice Bennett");
        await Expect(ben.Page.Locator("#live")).ToHaveTextAsync("New message from Alice Bennett: Good morning <b>all</b>");
        var unread = chloe.Page.GetByRole(AriaRole.Link, new() { Name = "general, unread messages" });
        await Expect(unread).ToBeVisibleAsync();

        await unread.ClickAsync();

        await Expect(chloe.Messages).ToHaveCountAsync(1);
        await Expect(chloe.Page.GetByRole(AriaRole.Link, new() { Name = "general", Exact = true })).ToHaveAttributeAsync("aria-current", "page");
        alice.NoComplaints();
        ben.NoComplaints();
        chloe.NoComplaints();
    }

    [ChromiumFact]
    public async Task A_command_is_completed_by_keyboard_and_answered_for_one_person_only()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");
        await using var ben = await ChatPage.OpenAsync(browser, host, "ben");

        await alice.Composer.PressSequentiallyAsync("/adv");
        var list = alice.Page.GetByRole(AriaRole.Listbox, new() { Name = "Commands" });
        await Expect(list.GetByRole(AriaRole.Option)).ToHaveCountAsync(3);
        await Expect(alice.Composer).ToHaveAttributeAsync("aria-expanded", "true");
        await alice.Composer.PressAsync("ArrowDown");
        var active = await alice.Composer.GetAttributeAsync("aria-activedescendant");
        await Expect(alice.Page.Locator($"#{active}")).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(alice.Page.Locator($"#{active}")).ToContainTextAsync("/advocate content");
        await alice.Composer.PressAsync("Tab");
        await Expect(alice.Composer).ToHaveValueAsync("/advocate content ");
        await Expect(list).ToBeHiddenAsync();
        await alice.Composer.PressAsync("Enter");

        await Expect(alice.Messages).ToHaveCountAsync(1);
        await Expect(alice.Messages.GetByText("Only you can see this")).ToBeVisibleAsync();
        await Expect(alice.Messages.GetByRole(AriaRole.Heading, new() { Name = "This week's news" })).ToBeVisibleAsync();
        await Expect(alice.Messages.GetByText("LinkedIn: 3")).ToBeVisibleAsync();
        await Expect(ben.Page.Locator("#empty")).ToBeVisibleAsync();
        await Expect(ben.Messages).ToHaveCountAsync(0);

        await alice.Messages.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();

        await Expect(alice.Messages).ToHaveCountAsync(0);
        await Expect(alice.Composer).ToBeFocusedAsync();
        alice.NoComplaints();
    }

    [ChromiumFact]
    public async Task Escape_closes_the_completion_and_keeps_the_text()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");

        await alice.Composer.PressSequentiallyAsync("/advocate s");
        await Expect(alice.Page.Locator(".option")).ToHaveCountAsync(1);
        await alice.Composer.PressAsync("Escape");

        await Expect(alice.Page.Locator("#completion")).ToBeHiddenAsync();
        await Expect(alice.Composer).ToHaveValueAsync("/advocate s");
        await Expect(alice.Composer).ToHaveAttributeAsync("aria-expanded", "false");
    }

    [ChromiumFact]
    public async Task A_button_replaces_its_card_and_the_focus_stays_with_it()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");
        await alice.SayAsync("/advocate content");

        var button = alice.Messages.GetByRole(AriaRole.Button, new() { Name = "One more" });
        await button.FocusAsync();
        await button.PressAsync("Enter");

        await Expect(alice.Messages).ToContainTextAsync("Pressed 1 times");
        await Expect(alice.Messages).ToHaveCountAsync(1);
        await Expect(button).ToBeFocusedAsync();
    }

    [ChromiumFact]
    public async Task A_button_that_waits_shows_it_and_cannot_be_pressed_twice()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");
        await alice.SayAsync("/advocate content");
        var gate = new TaskCompletionSource();
        var requests = 0;
        await alice.Page.RouteAsync("**/web/api/actions", async route =>
        {
            Interlocked.Increment(ref requests);
            await gate.Task;
            await route.ContinueAsync();
        });

        var button = alice.Messages.GetByRole(AriaRole.Button, new() { Name = "One more" });
        await button.ClickAsync();
        await Expect(alice.Messages).ToHaveAttributeAsync("aria-busy", "true");
        await button.ClickAsync();
        gate.SetResult();

        await Expect(alice.Messages).ToContainTextAsync("Pressed 1 times");
        Assert.Equal(1, requests);
    }

    [ChromiumFact]
    public async Task A_request_that_was_not_heard_is_repeated_with_the_same_id()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");
        var bodies = new List<string?>();
        await alice.Page.RouteAsync("**/web/api/messages", async route =>
        {
            bodies.Add(route.Request.PostData);
            await (bodies.Count == 1 ? route.AbortAsync() : route.ContinueAsync());
        });

        await alice.SayAsync("Once");

        await Expect(alice.Messages).ToHaveCountAsync(1);
        Assert.Equal(2, bodies.Count);
        Assert.Equal(bodies[0], bodies[1]);
        alice.NoComplaints(but: "ERR_FAILED");
    }

    [ChromiumFact]
    public async Task What_was_written_is_kept_when_it_cannot_be_sent()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");
        await alice.Page.RouteAsync("**/web/api/messages", route => route.AbortAsync());

        await alice.Composer.FillAsync("Precious words");
        await alice.Composer.PressAsync("Enter");

        await Expect(alice.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("could not be sent");
        await Expect(alice.Composer).ToHaveValueAsync("Precious words");
        await Expect(alice.Composer).ToBeEditableAsync();
    }

    [ChromiumFact]
    public async Task A_reaction_is_toggled_and_counted_for_all()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var carmen = await ChatPage.OpenAsync(browser, host, "carmen");
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");
        await carmen.SayAsync("/advocate broadcast https://example.com");

        await alice.Messages.HoverAsync();
        await alice.Messages.GetByRole(AriaRole.Button, new() { Name = "Add reaction" }).ClickAsync();
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "React with 🎉" }).ClickAsync();

        var seen = carmen.Messages.Locator(".chip[aria-pressed]");
        await Expect(seen).ToHaveTextAsync("🎉1");
        await Expect(seen).ToHaveAttributeAsync("aria-pressed", "false");
        await seen.ClickAsync();
        var own = alice.Messages.Locator(".chip[aria-pressed=true]");
        await Expect(own).ToHaveTextAsync("🎉2");
        await own.ClickAsync();
        await Expect(seen).ToHaveTextAsync("🎉1");
        await Expect(seen).ToHaveAttributeAsync("aria-pressed", "true");
        alice.NoComplaints();
        carmen.NoComplaints();
    }

    [ChromiumFact]
    public async Task A_shared_card_changes_for_the_one_who_pressed_only()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var carmen = await ChatPage.OpenAsync(browser, host, "carmen");
        await using var alice = await ChatPage.OpenAsync(browser, host, "alice");
        await carmen.SayAsync("/advocate broadcast https://example.com");

        await alice.Messages.GetByRole(AriaRole.Button, new() { Name = "One more" }).ClickAsync();

        await Expect(alice.Messages).ToContainTextAsync("Pressed 1 times");
        await Expect(alice.Messages).ToContainTextAsync("Changed for you only");
        await Expect(carmen.Messages).ToContainTextAsync("Pressed 0 times");
    }

    [ChromiumFact]
    public async Task What_is_new_since_one_looked_is_marked()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        await using var ben = await ChatPage.OpenAsync(browser, host, "ben");
        await host.Sender.SendAsync(Outbound.To("general", "Seen"), CancellationToken.None);
        await Expect(ben.Messages).ToHaveCountAsync(1);
        await ben.Page.GetByRole(AriaRole.Link, new() { Name = "product-news" }).ClickAsync();
        await Expect(ben.Messages).ToHaveCountAsync(0);
        await host.Sender.SendAsync(Outbound.To("general", "Not seen"), CancellationToken.None);

        await ben.Page.GetByRole(AriaRole.Link, new() { Name = "general, unread messages" }).ClickAsync();

        await Expect(ben.Messages).ToHaveCountAsync(2);
        await Expect(ben.Page.Locator(".divider-new + .message")).ToContainTextAsync("Not seen");
    }

    [ChromiumFact]
    public async Task One_who_reads_older_messages_is_not_moved_but_told_of_new_ones()
    {
        await using var host = await WebHost.StartAsync(WebHost.Kestrel());
        for (var i = 0; i < 60; i++)
        {
            await host.Sender.SendAsync(Outbound.To("general", $"Message {i}"), CancellationToken.None);
        }

        await using var ben = await ChatPage.OpenAsync(browser, host, "ben");
        await Expect(ben.Messages).ToHaveCountAsync(50);
        await ben.Page.Locator("#stream").EvaluateAsync("stream => stream.scrollTop = 0");
        await ben.Page.GetByRole(AriaRole.Button, new() { Name = "Load older messages" }).ClickAsync();
        await Expect(ben.Messages).ToHaveCountAsync(60);
        await ben.Page.Locator("#stream").EvaluateAsync("stream => stream.scrollTop = 0");
        await host.Sender.SendAsync(Outbound.To("general", "The newest"), CancellationToken.None);

        await ben.Page.GetByRole(AriaRole.Button, new() { Name = "New messages" }).ClickAsync();

        await Expect(ben.Page.GetByText("The newest").First).ToBeInViewportAsync();
        await Expect(ben.Page.Locator("#jump")).ToBeHiddenAsync();
    }

    [ChromiumFact]
    public async Task A_restarted_host_is_found_again_and_what_was_missed_comes_after()
    {
        // Disposed last, it is the one that removes the database.
        await using var first = await WebHost.StartAsync(WebHost.Kestrel());
        var port = new Uri(first.App.Urls.First()).Port;
        await using var alice = await ChatPage.OpenAsync(browser, first, "alice");
        await first.Sender.SendAsync(Outbound.To("general", "Before"), CancellationToken.None);
        await Expect(alice.Messages).ToHaveCountAsync(1);

        await first.App.StopAsync();
        await Expect(alice.Page.Locator("#banner")).ToBeVisibleAsync();
        await using var second = await WebHost.StartAsync(WebHost.Kestrel(port), databaseFile: first.DatabaseFile);
        await second.Sender.SendAsync(Outbound.To("general", "Meanwhile"), CancellationToken.None);

        await Expect(alice.Messages).ToHaveCountAsync(2, new() { Timeout = 20_000 });
        await Expect(alice.Page.Locator("#banner")).ToBeHiddenAsync();
    }
}
