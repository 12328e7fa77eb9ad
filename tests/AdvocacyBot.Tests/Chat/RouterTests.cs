using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Chat;

[BothDatabases]
public sealed class RouterTests
{
    [Theory]
    [InlineData("e1", "contnet", "/advocate content")]
    [InlineData("carmen", "campains", "/advocate campaigns")]
    [InlineData("e1", "hepl", "/advocate help")]
    public async Task An_unknown_command_gets_the_nearest_one_and_the_help_of_the_role(string person, string typed, string nearest)
    {
        await using var bot = await TestBot.StartAsync();

        var text = CardReader.Text(await bot.CommandAsync(person, typed));

        Assert.Contains($"Did you mean {nearest}", text, StringComparison.Ordinal);
        Assert.Equal(person == "carmen", text.Contains("/advocate broadcast", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_far_from_all_others_gets_no_guess()
    {
        await using var bot = await TestBot.StartAsync();

        var text = CardReader.Text(await bot.CommandAsync("e1", "xyzzyxyzzy *bold*"));

        Assert.DoesNotContain("Did you mean", text, StringComparison.Ordinal);
        Assert.Contains("/advocate help", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_in_the_persons_language()
    {
        await using var bot = await TestBot.StartAsync();

        var reply = CardReader.Card(await bot.CommandAsync("h1", "help"));

        Assert.True(reply.Rtl);
        Assert.Contains("מציגה מה אפשר לשתף עכשיו", CardReader.Text(reply), StringComparison.Ordinal);
        Assert.Contains("\u2068/advocate content\u2069", CardReader.Text(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Language_comes_from_the_person_then_the_platform_then_the_channel()
    {
        await using var bot = await TestBot.StartAsync();
        var command = bot.Command("stranger", "help", TestBot.Hebrew);

        Assert.Equal("he", CardReader.Card(await bot.DispatchAsync(command)).Lang);
        Assert.Equal("en", CardReader.Card(await bot.DispatchAsync(command with { Locale = "en-GB" })).Lang);
        Assert.Equal("he", CardReader.Card(await bot.DispatchAsync(command with { Locale = "fr" })).Lang);
        Assert.Equal("en", CardReader.Card(await bot.DispatchAsync(bot.Command("e1", "help", TestBot.Hebrew))).Lang);
    }

    [Fact]
    public async Task Every_command_and_button_has_a_handler_and_every_command_a_description()
    {
        await using var bot = await TestBot.StartAsync();
        var routes = bot.Services.GetRequiredService<RouteTable>();
        await using var scope = bot.Services.CreateAsyncScope();

        Assert.All(routes.Commands, route =>
        {
            Assert.IsAssignableFrom<ICommandHandler>(scope.ServiceProvider.GetRequiredService(route.Handler));
            Assert.All(Language.All, language => Assert.NotNull(Texts.In(language).Find(route.DescriptionKey)));
        });
        Assert.All(routes.Actions, route =>
        {
            var handler = scope.ServiceProvider.GetRequiredService(route.Handler);
            Assert.True(handler is IActionHandler or IAppendingActionHandler);
        });
    }

    [Fact]
    public async Task The_one_who_installs_the_bot_first_becomes_its_owner()
    {
        await using var bot = await TestBot.StartAsync();
        var c = bot.Command("first", "x", "new-channel");
        var workspace = new WorkspaceRef(Platforms.Slack, "T1");

        BotInstalled Installed(string person, string key) => new()
        {
            Workspace = workspace, Conversation = c.Conversation, Person = new PersonRef(person), DedupKey = key, At = c.At, Locale = "he",
        };
        var hello = Assert.IsType<PublicReply>(await bot.DispatchAsync(Installed("first", "a")));
        await bot.DispatchAsync(Installed("second", "b"));

        Assert.Equal("he", hello.Card.Lang);
        var people = await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "first" || p.ExternalId == "second").ToListAsync());
        Assert.Equal([("first", Roles.Owner), ("second", Roles.None)], people.OrderBy(p => p.ExternalId).Select(p => (p.ExternalId, p.Roles)));
    }

    [Fact]
    public async Task A_member_who_leaves_and_comes_back_has_two_stays()
    {
        await using var bot = await TestBot.StartAsync();
        var c = bot.Command("new", "x");
        MemberChanged Change(bool joined, int day) => new()
        {
            Workspace = c.Workspace, Conversation = c.Conversation, Person = c.Person, DedupKey = $"m{day}", At = c.At.AddDays(day), Joined = joined,
        };

        foreach (var change in new[] { Change(true, 0), Change(false, 1), Change(true, 2), Change(true, 3) })
        {
            await bot.DispatchAsync(change);
        }

        var stays = await bot.QueryAsync(db => db.Memberships
            .Where(m => db.People.Any(p => p.Id == m.PersonId && p.ExternalId == "new")).OrderBy(m => m.JoinedAt).ToListAsync());
        Assert.Equal([true, false], stays.Select(s => s.LeftAt is not null));
    }

    [Fact]
    public async Task Whoever_and_whatever_appears_in_many_interactions_at_once_is_stored_once()
    {
        await using var bot = await TestBot.StartAsync();
        var workspace = new WorkspaceRef(Platforms.Slack, "T9");
        var commands = Enumerable.Range(0, 8).Select(_ => bot.Command("newcomer", "help", "new-channel") with { Workspace = workspace }).ToList();

        var replies = await Task.WhenAll(commands.Select(command => Task.Run(() => bot.DispatchAsync(command))));

        Assert.All(replies, reply => Assert.Contains("/advocate content", CardReader.Text(reply), StringComparison.Ordinal));
        Assert.Equal(1, await bot.QueryAsync(db => db.People.CountAsync(p => p.ExternalId == "newcomer")));
    }

    [Fact]
    public async Task An_error_in_a_handler_is_explained_and_changes_nothing()
    {
        await using var bot = await TestBot.StartAsync(services => services.AddScoped<Core.Sharing.ListContent>(_ => throw new InvalidOperationException("broken")));

        var reply = Assert.IsType<PrivateReply>(await bot.CommandAsync("e1", "content"));

        Assert.Contains("Something went wrong", CardReader.Text(reply), StringComparison.Ordinal);
    }
}
