using System.Text;
using System.Text.Json;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;
using AdvocacyBot.Tests.Broadcasts;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.People;

/// <summary>Somebody with an account in each of two workspaces, joined by a code: "export my data" and "erase me" in either is about both.</summary>
[BothDatabases]
public sealed class LinkedErasureTests
{
    private static readonly string[] Words = ["Quentin Alef", "zq-first", "quentin.alef@example.com", "first words", "Quentin Bet", "zq-second", "quentin.bet@example.com", "second words"];

    [Fact]
    public async Task Erasing_one_account_leaves_nothing_of_the_others_anywhere()
    {
        await using var bot = await LiveAsync();
        var there = await bot.QueryAsync(db => EveryColumn.FindAsync(db, Words));
        Assert.All(Words, word => Assert.Contains(there, found => found.EndsWith(": " + word, StringComparison.Ordinal)));
        var form = CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync("zq-first", "me.erase", 0)));
        Assert.Contains("Quentin Bet (Browser chat)", CardReader.Text(form.Card), StringComparison.Ordinal);

        Assert.Contains("erased", CardReader.Text(await bot.SubmitAsync("zq-first", form, "erase", ("sure", "true"))), StringComparison.Ordinal);

        Assert.Empty(await bot.QueryAsync(db => EveryColumn.FindAsync(db, Words)));
        Assert.Equal(2, await bot.QueryAsync(db => db.People.CountAsync(p => p.ExternalId.StartsWith(Person.ErasedPrefix))));
        Assert.Equal(0, await bot.QueryAsync(db => db.PersonProfiles.CountAsync()));
        Assert.Equal(2, await bot.QueryAsync(db => db.Suggestions.CountAsync()));
    }

    [Fact]
    public async Task The_export_of_one_account_holds_the_others()
    {
        await using var bot = await LiveAsync();
        var id = await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "zq-second").Select(p => p.Id).SingleAsync());

        var file = (await bot.ScopedAsync((ExportPerson export) => export.RunAsync(id, CancellationToken.None)))!;

        Assert.All(Words, word => Assert.Contains(word, Encoding.UTF8.GetString(file), StringComparison.Ordinal));
        using var json = JsonDocument.Parse(file);
        Assert.Equal("Quentin Bet", json.RootElement.GetProperty("person").GetProperty("name").GetString());
        var other = Assert.Single(json.RootElement.GetProperty("joinedAccounts").EnumerateArray());
        Assert.Equal("Quentin Alef", other.GetProperty("person").GetProperty("name").GetString());
        var offer = CardReader.Text(await bot.DispatchAsync(await bot.PressOfAsync("zq-first", "me.export", 0)));
        Assert.Contains("The accounts joined to yours are in it too.", offer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_goes_where_one_account_is_the_only_owner_and_a_separated_one_stays()
    {
        await using var bot = await LiveAsync();
        await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "boss").ExecuteUpdateAsync(set => set.SetProperty(p => p.Roles, Roles.None)));
        await bot.GiveAsync("zq-second", Roles.Owner);
        var form = CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync("zq-first", "me.erase", 0)));
        Assert.Contains("only owner", CardReader.Text(await bot.SubmitAsync("zq-first", form, "erase", ("sure", "true"))), StringComparison.Ordinal);
        Assert.Equal(2, await bot.QueryAsync(db => db.People.CountAsync(p => p.Name.StartsWith("Quentin"))));

        await bot.DispatchAsync(await bot.PressOfAsync("zq-first", "link.separate", 0));
        form = CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync("zq-first", "me.erase", 0)));
        Assert.DoesNotContain("Quentin Bet", CardReader.Text(form.Card), StringComparison.Ordinal);
        await bot.SubmitAsync("zq-first", form, "erase", ("sure", "true"));

        Assert.Equal(["Quentin Bet"], await bot.QueryAsync(db => db.People.Where(p => p.Name.StartsWith("Quentin")).Select(p => p.Name).ToListAsync()));
    }

    /// <summary>One person in two workspaces who suggested something in each.</summary>
    private static async Task<TestBot> LiveAsync()
    {
        var bot = await TestBot.StartAsync();
        await bot.SecondWorkspaceAsync();
        await RenameAsync(bot, "e1", "zq-first", "Quentin Alef");
        await RenameAsync(bot, "s1", "zq-second", "Quentin Bet");
        await bot.ProfileAsync("zq-first", profile => profile.Email = "quentin.alef@example.com");
        await bot.ProfileAsync("zq-second", profile => profile.Email = "quentin.bet@example.com");
        await bot.SuggestAsync("zq-first", "https://example.com/one", byName: true, ("title", "One"), ("text", "first words"));
        var form = CardReader.Form(await bot.DispatchAsync(bot.InSecond("zq-second", "suggest https://example.com/two")));
        var answer = bot.Answer("zq-second", form, "suggest", "second-general", ("title", "Two"), ("text", "second words"), ("agree", "true"), ("appear", "true"));
        await bot.DispatchAsync(answer with { Workspace = Broadcasting.Second });
        Assert.Contains("one person", CardReader.Text(await bot.DispatchAsync(bot.InSecond("zq-second", $"link {await bot.CodeAsync("zq-first")}"))), StringComparison.Ordinal);
        return bot;
    }

    private static async Task RenameAsync(TestBot bot, string person, string id, string name)
    {
        await bot.QueryAsync(db => db.Database.ExecuteSqlAsync($"""UPDATE people SET "ExternalId" = {id}, "Name" = {name} WHERE "ExternalId" = {person}"""));
    }
}
