using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Programme;

[BothDatabases]
public sealed class RolesTests
{
    [Theory]
    [InlineData("Employee 3")]
    [InlineData("employee 3")]
    [InlineData("e3")]
    [InlineData("@e3")]
    [InlineData("<at>Employee 3</at>")]
    public async Task An_owner_gives_and_takes_roles_in_chat(string typed)
    {
        await using var bot = await TestBot.StartAsync();
        var form = CardReader.Form(await bot.CommandAsync("olivia", $"roles {typed}"));
        Assert.Contains("Employee 3", CardReader.Text(form.Card), StringComparison.Ordinal);

        var said = CardReader.Text(await bot.SubmitAsync("olivia", form, "save", ("Comms", "true"), ("Approver", "true")));

        Assert.Contains("Comms, Approver", said, StringComparison.Ordinal);
        Assert.IsType<OpenFormReply>(await bot.CommandAsync("e3", "campaign"));
        var taken = CardReader.Form(await bot.CommandAsync("olivia", "roles e3"));
        await bot.SubmitAsync("olivia", taken, "save", ("Comms", "false"), ("Approver", "false"));
        Assert.IsType<PrivateReply>(await bot.CommandAsync("e3", "campaign"));
        Assert.Equal(
            [("None", "Comms, Approver"), ("Comms, Approver", "None")],
            (await bot.QueryAsync(db => db.Audit.OrderBy(e => e.Id).ToListAsync())).ConvertAll(e => (e.Before!, e.After!)));
    }

    [Fact]
    public async Task The_list_leads_to_the_choice_of_a_person()
    {
        await using var bot = await TestBot.StartAsync();
        var list = CardReader.Card(await bot.CommandAsync("olivia", "roles"));
        Assert.Contains("Carmen Cole: Comms", CardReader.Text(list), StringComparison.Ordinal);
        Assert.DoesNotContain("Employee 1", CardReader.Text(list), StringComparison.Ordinal);

        var choice = CardReader.Form(await bot.PressAsync("olivia", list, "roles.change"));
        var e1 = await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "e1").Select(p => p.Id).SingleAsync());
        var roles = CardReader.Form(await bot.SubmitAsync("olivia", choice, "next", ("person", $"{e1}")));
        await bot.SubmitAsync("olivia", roles, "save", ("Sponsor", "true"));

        Assert.Equal(Roles.Sponsor, await RolesOfAsync(bot, "e1"));
    }

    [Theory]
    [InlineData("nobody like that", "nobody called")]
    [InlineData("50%_", "nobody called")]
    public async Task A_name_that_fits_nobody_is_said(string typed, string expected)
    {
        await using var bot = await TestBot.StartAsync();
        Assert.Contains(expected, CardReader.Text(await bot.CommandAsync("olivia", $"roles {typed}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_raises_themselves()
    {
        await using var bot = await TestBot.StartAsync();
        var form = CardReader.Form(await bot.CommandAsync("olivia", "roles olivia"));

        var said = CardReader.Text(await bot.SubmitAsync("olivia", form, "save", ("Comms", "true")));

        Assert.Contains("Nobody gives a role to themselves", said, StringComparison.Ordinal);
        Assert.Equal(Roles.Owner, await RolesOfAsync(bot, "olivia"));
    }

    [Fact]
    public async Task The_last_owner_stays_and_one_of_two_may_go()
    {
        await using var bot = await TestBot.StartAsync();
        var alone = CardReader.Form(await bot.CommandAsync("olivia", "roles olivia"));
        Assert.Contains("only owner", CardReader.Text(await bot.SubmitAsync("olivia", alone, "save", ("Owner", "false"))), StringComparison.Ordinal);

        await bot.SubmitAsync("olivia", CardReader.Form(await bot.CommandAsync("olivia", "roles e1")), "save", ("Owner", "true"));
        await bot.SubmitAsync("olivia", CardReader.Form(await bot.CommandAsync("olivia", "roles olivia")), "save", ("Owner", "false"));

        Assert.Equal((Roles.Owner, Roles.None), (await RolesOfAsync(bot, "e1"), await RolesOfAsync(bot, "olivia")));
        Assert.Contains("owners of the programme", CardReader.Text(await bot.CommandAsync("olivia", "roles")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_owners_who_take_each_others_role_at_once_leave_one()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.GiveAsync("e1", Roles.Owner);
        var first = CardReader.Form(await bot.CommandAsync("olivia", "roles e1"));
        var second = CardReader.Form(await bot.CommandAsync("e1", "roles olivia"));

        await Task.WhenAll(bot.SubmitAsync("olivia", first, "save", ("Owner", "false")), bot.SubmitAsync("e1", second, "save", ("Owner", "false")));

        Assert.Equal(1, await bot.QueryAsync(db => db.People.CountAsync(p => (p.Roles & Roles.Owner) != Roles.None)));
    }

    [Fact]
    public async Task Whoever_installs_the_bot_first_is_noted_as_the_first_owner()
    {
        await using var bot = await TestBot.StartAsync();
        await bot.GiveAsync("olivia", Roles.None);
        var c = bot.Command("e2", "x");

        await bot.DispatchAsync(new BotInstalled { Workspace = c.Workspace, Conversation = c.Conversation, Person = c.Person, DedupKey = "installed", At = c.At });
        await bot.DispatchAsync(new BotInstalled { Workspace = c.Workspace, Conversation = c.Conversation, Person = c.Person with { Id = "e3" }, DedupKey = "again", At = c.At });

        Assert.Equal((Roles.Owner, Roles.None), (await RolesOfAsync(bot, "e2"), await RolesOfAsync(bot, "e3")));
        Assert.Equal("Owner", (await bot.QueryAsync(db => db.Audit.SingleAsync())).After);
    }

    [Fact]
    public async Task Roles_of_the_settings_hold_from_the_start_and_from_a_persons_first_word_and_are_not_changed_in_chat()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Programme.Roles.Add(new RoleSetting { Platform = "web", Person = "e1", Roles = { "comms", "Approver" } });
        bot.Programme.Roles.Add(new RoleSetting { Platform = "web", Workspace = "test", Person = "newcomer", Roles = { "Sponsor" } });
        bot.Programme.Roles.Add(new RoleSetting { Platform = "web", Workspace = "elsewhere", Person = "e2", Roles = { "Owner" } });
        bot.Programme.Roles.Add(new RoleSetting { Platform = "slack", Person = "e3", Roles = { "Owner" } });

        await bot.ScopedAsync(async (ApplySettings settings) =>
        {
            await settings.RunAsync(CancellationToken.None);
            await settings.RunAsync(CancellationToken.None);
            return 0;
        });
        await bot.CommandAsync("newcomer", "help");

        Assert.Equal((Roles.Comms | Roles.Approver, Roles.Sponsor), (await RolesOfAsync(bot, "e1"), await RolesOfAsync(bot, "newcomer")));
        Assert.Equal((Roles.None, Roles.None), (await RolesOfAsync(bot, "e2"), await RolesOfAsync(bot, "e3")));
        Assert.Contains("Employee 1: Comms, Approver (fixed by the settings)", CardReader.Text(await bot.CommandAsync("olivia", "roles")), StringComparison.Ordinal);
        Assert.Contains("stand in the settings", CardReader.Text(await bot.CommandAsync("olivia", "roles e1")), StringComparison.Ordinal);
        Assert.Equal(
            ["person.roles_changed", "workspace.policy_changed"], await bot.QueryAsync(db => db.Audit.OrderBy(e => e.Action).Select(e => e.Action).ToListAsync()));
    }

    [Fact]
    public async Task Settings_do_not_take_the_last_owner_away()
    {
        await using var bot = await TestBot.StartAsync();
        bot.Programme.Roles.Add(new RoleSetting { Platform = "web", Person = "olivia", Roles = { "Sponsor" } });
        await bot.ScopedAsync((ApplySettings settings) => Run(settings));
        Assert.Equal(Roles.Owner | Roles.Sponsor, await RolesOfAsync(bot, "olivia"));

        bot.Programme.Roles.Add(new RoleSetting { Platform = "web", Person = "e1", Roles = { "Owner" } });
        await bot.ScopedAsync((ApplySettings settings) => Run(settings));
        Assert.Equal((Roles.Sponsor, Roles.Owner), (await RolesOfAsync(bot, "olivia"), await RolesOfAsync(bot, "e1")));

        static async Task<int> Run(ApplySettings settings)
        {
            await settings.RunAsync(CancellationToken.None);
            return 0;
        }
    }

    private static Task<Roles> RolesOfAsync(TestBot bot, string person) => bot.QueryAsync(db => db.People.Where(p => p.ExternalId == person).Select(p => p.Roles).SingleAsync());
}
