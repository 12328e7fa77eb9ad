using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.People;

[BothDatabases]
public sealed class PolicyJourneyTests
{
    [Fact]
    public async Task An_owner_publishes_a_version_and_everybody_is_asked_again_with_what_changed()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        await bot.ShareAsync("e1", prompt);
        await bot.ShareAsync("h1", prompt);

        var form = await OpenAsync(bot);
        Assert.Equal("2", CardReader.Inputs(form.Card)["version"]);
        var errors = CardReader.Errors(await bot.SubmitAsync("olivia", form, "publish", ("text_en", "Be *kind*."), ("version", "1")));
        Assert.Equal(["changes_en", "version"], errors.Keys.Order(StringComparer.Ordinal));
        await bot.SubmitAsync("olivia", form, "publish", ("text_en", "Be *kind*."), ("text_he", "היו אדיבים."), ("changes_en", "It is shorter."), ("changes_he", "היא קצרה יותר."));

        var english = CardReader.Form(await bot.PressAsync("e1", prompt, "share"));
        var hebrew = CardReader.Form(await bot.PressAsync("h1", prompt, "share", TestBot.Hebrew));
        Assert.Contains("It is shorter.", CardReader.Text(english.Card), StringComparison.Ordinal);
        Assert.Contains(@"Be \*kind\*.", CardReader.Text(english.Card), StringComparison.Ordinal);
        Assert.Contains("היא קצרה יותר.", CardReader.Text(hebrew.Card), StringComparison.Ordinal);
        Assert.IsType<PrivateReply>(await bot.SubmitAsync("e1", english, "join", ("agree", "true")));
        Assert.IsType<PrivateReply>(await bot.PressAsync("e1", prompt, "share"));
        var person = await bot.QueryAsync(db => db.People.SingleAsync(p => p.ExternalId == "e1"));
        Assert.Equal(("2", bot.Clock.GetUtcNow()), (person.PolicyVersion, person.PolicyAcknowledgedAt));
        Assert.Contains("You acknowledged version", CardReader.Text(await bot.CommandAsync("e1", "policy")), StringComparison.Ordinal);
        Assert.Contains("workspace.policy_changed", await bot.QueryAsync(db => db.Audit.Select(e => e.Action).ToListAsync()));
    }

    [Fact]
    public async Task Whoever_missed_a_version_is_told_what_each_changed()
    {
        await using var bot = await TestBot.StartAsync();
        var prompt = await bot.PublishAsync("News");
        await bot.ShareAsync("e1", prompt);
        await bot.SubmitAsync("olivia", await OpenAsync(bot), "publish", ("text_en", "Two."), ("changes_en", "It is shorter."));
        await bot.SubmitAsync("e2", CardReader.Form(await bot.PressAsync("e2", prompt, "share")), "join", ("agree", "true"));
        await bot.SubmitAsync("olivia", await OpenAsync(bot), "publish", ("text_en", "Three."), ("changes_en", "It is kinder."));

        var missed = CardReader.Text(CardReader.Form(await bot.PressAsync("e1", prompt, "share")).Card);
        var latest = CardReader.Text(CardReader.Form(await bot.PressAsync("e2", prompt, "share")).Card);

        Assert.Contains("What changed in version 2: It is shorter.", missed, StringComparison.Ordinal);
        Assert.Contains("What changed in version 3: It is kinder.", missed, StringComparison.Ordinal);
        Assert.Contains("What changed: It is kinder.", latest, StringComparison.Ordinal);
        Assert.DoesNotContain("shorter", latest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_allowance_changes_without_a_new_version()
    {
        await using var bot = await TestBot.StartAsync();
        Assert.Contains("30 minutes", CardReader.Text(await bot.CommandAsync("e1", "policy")), StringComparison.Ordinal);

        var form = await OpenAsync(bot);
        Assert.Equal(["minutes"], CardReader.Errors(await bot.SubmitAsync("olivia", form, "publish", ("minutes", "lots"))).Keys);
        await bot.SubmitAsync("olivia", form, "publish", ("minutes", "45"));

        var shown = CardReader.Text(await bot.CommandAsync("e1", "policy"));
        Assert.Contains("45 minutes", shown, StringComparison.Ordinal);
        Assert.Contains("version ⁨1⁩", shown.Replace("version 1", "version ⁨1⁩", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(0, await bot.QueryAsync(db => db.PolicyVersions.CountAsync()));
        Assert.DoesNotContain(CardReader.Actions(CardReader.Card(await bot.CommandAsync("e1", "policy"))), action => action is ExecuteAction);
    }

    [Fact]
    public async Task What_an_owner_published_outlives_a_restart_and_a_later_version_of_the_settings_takes_its_place()
    {
        await using var bot = await TestBot.StartAsync();
        await ApplyAsync(bot);
        await bot.SubmitAsync("olivia", await OpenAsync(bot), "publish", ("text_en", "Mine."), ("changes_en", "All of it."));

        await bot.RestartAsync();
        await ApplyAsync(bot);
        Assert.Contains("Mine.", CardReader.Text(await bot.CommandAsync("e1", "policy")), StringComparison.Ordinal);

        bot.Programme.PolicyVersion = "2027";
        bot.Programme.Policy["en"] = "The settings' own.";
        bot.Programme.PolicyChanges["en"] = "Everything again.";
        await ApplyAsync(bot);
        await ApplyAsync(bot);
        var shown = CardReader.Text(await bot.CommandAsync("e1", "policy"));
        Assert.Contains("The settings' own.", shown, StringComparison.Ordinal);
        Assert.Contains("Everything again.", shown, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "2027"], await bot.QueryAsync(db => db.Audit.Where(e => e.Action == "workspace.policy_changed").OrderBy(e => e.Id).Select(e => e.After).ToListAsync()));
    }

    private static async Task<Form> OpenAsync(TestBot bot) =>
        CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "policy")), "policy.change"));

    private static Task<int> ApplyAsync(TestBot bot) => bot.ScopedAsync(async (ApplySettings settings) =>
    {
        await settings.RunAsync(CancellationToken.None);
        return 0;
    });
}
