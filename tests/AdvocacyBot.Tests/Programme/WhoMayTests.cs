using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Programme;

/// <summary>
/// Who may do what, written out: every command, every button and every form that there is must stand here, and does what stands here when a person of each
/// role tries it.
/// </summary>
public sealed class WhoMayTests
{
    private const Roles All = Roles.None;
    private const Roles Managers = Roles.Comms | Roles.Owner;
    private const Roles Keepers = Roles.Comms | Roles.Approver | Roles.Owner;
    private const string Refused = "takes a role that you do not have";

    private static readonly Dictionary<string, Roles> People = new(StringComparer.Ordinal)
    {
        ["e1"] = Roles.None, ["e2"] = Roles.Sponsor, ["e3"] = Roles.Approver, ["carmen"] = Roles.Comms, ["olivia"] = Roles.Owner,
    };

    private static readonly Dictionary<string, Roles> Commands = new(StringComparer.Ordinal)
    {
        ["help"] = All, ["me"] = All, ["content"] = All, ["cancel"] = All, ["suggest"] = All, ["reply"] = All, ["link"] = All, ["policy"] = All, ["goals"] = All,
        ["thanks"] = All, ["badges"] = All, ["leaderboard"] = All, ["rewards"] = Managers, ["budget"] = Managers,
        ["campaign"] = Managers, ["broadcast"] = Managers, ["campaigns"] = Managers, ["digest"] = Managers, ["settings"] = Managers, ["stop"] = Managers, ["resume"] = Managers,
        ["approve"] = Keepers,
        ["report"] = Managers | Roles.Sponsor,
        ["feeds"] = Managers, ["kickoff"] = Managers, ["templates"] = Managers, ["answers"] = Managers, ["disclosure"] = Roles.Owner,
        ["roles"] = Roles.Owner, ["audit"] = Roles.Owner, ["clicks"] = Roles.Owner,
    };

    private static readonly Dictionary<string, Roles> Buttons = new(StringComparer.Ordinal)
    {
        ["share"] = All, ["share.decline"] = All, ["share.said"] = All, ["share.undo"] = All, ["share.post"] = All, ["share.edit"] = All, ["share.another"] = All,
        ["dialog.resume"] = All, ["dialog.leave"] = All, ["me.settings"] = All, ["me.leave"] = All, ["me.join"] = All,
        ["me.setup"] = All, ["me.pause"] = All, ["me.export"] = All, ["me.erase"] = All, ["share.fewer"] = All,
        ["suggestion.withdraw"] = All, ["suggestion.answer"] = All, ["help.ask"] = All, ["report.signout"] = All,
        ["link.code"] = All, ["link.enter"] = All, ["link.separate"] = All, ["link.programme"] = Roles.Owner, ["link.leave"] = Roles.Owner,
        ["campaign.delivery"] = Managers, ["campaign.retract"] = Managers, ["deliveries.again"] = Managers, ["deliveries.settle"] = Managers,
        ["suggestion.queue"] = Keepers, ["suggestion.approve"] = Keepers, ["suggestion.edit"] = Keepers, ["suggestion.ask"] = Keepers, ["suggestion.decline"] = Keepers,
        ["campaign.results"] = Managers, ["campaign.edit"] = Managers, ["campaign.pause"] = Managers, ["campaign.resume"] = Managers, ["campaign.close"] = Managers,
        ["campaign.duplicate"] = Managers, ["digest.post"] = Managers, ["help.answer"] = Managers, ["answer.add"] = Managers, ["answer.edit"] = Managers, ["answer.remove"] = Managers,
        ["digest.suggest"] = All, ["recognition.choose"] = All, ["recognition.notes_off"] = All, ["recognition.people"] = All, ["recognition.teams"] = All,
        ["thanks.show"] = All, ["thanks.hide"] = All, ["thanks.withdraw"] = All, ["thanks.say"] = All, ["recognition.settings"] = Roles.Owner,
        ["reward.give"] = Managers, ["reward.take_back"] = Managers, ["reward.budget"] = Roles.Owner,
        ["budget.spend"] = Managers, ["budget.take_back"] = Managers,
        ["kickoff.content"] = All,
        ["sponsor.agree"] = Roles.Sponsor, ["sponsor.write"] = Roles.Sponsor, ["sponsor.decline"] = Roles.Sponsor,
        ["feed.add"] = Managers, ["feed.pause"] = Managers, ["feed.resume"] = Managers, ["feed.remove"] = Managers, ["feed.look"] = Managers,
        ["rhythm.calendar"] = Managers, ["rhythm.page"] = Managers, ["rhythm.compose"] = Managers, ["rhythm.move"] = Managers, ["campaign.repeat"] = Managers,
        ["recurrence.list"] = Managers, ["recurrence.skip"] = Managers, ["recurrence.keep"] = Managers, ["recurrence.stop"] = Managers,
        ["approval.review"] = Roles.Approver | Roles.Owner,
        ["audit.page"] = Roles.Owner, ["audit.filter"] = Roles.Owner,
        ["approval.rule"] = Roles.Owner, ["roles.change"] = Roles.Owner, ["policy.change"] = Roles.Owner,
        ["goal.add"] = Roles.Owner, ["goal.edit"] = Roles.Owner, ["goal.remove"] = Roles.Owner, ["goal.costs"] = Roles.Owner,
        ["conversion.keys"] = Roles.Owner, ["conversion.key.make"] = Roles.Owner, ["conversion.key.rotate"] = Roles.Owner, ["conversion.key.revoke"] = Roles.Owner,
    };

    private static readonly Dictionary<string, Roles> Forms = new(StringComparer.Ordinal)
    {
        ["share.join"] = All, ["share.text"] = All, ["share.post"] = All, ["me.settings"] = All, ["me.setup"] = All, ["me.pause"] = All, ["me.erase"] = All, ["suggest"] = All, ["suggestion.answer"] = All, ["help"] = All, ["link"] = All,
        ["campaign.retract"] = Managers, ["deliveries.settle"] = Managers,
        ["campaign.compose"] = Keepers, ["suggestion.edit"] = Keepers, ["suggestion.ask"] = Keepers, ["suggestion.decline"] = Keepers,
        ["campaign.close"] = Managers, ["channel.settings"] = Managers, ["stop"] = Managers, ["help.answer"] = Managers,
        ["recognition.choices"] = All, ["thanks"] = All, ["recognition.settings"] = Roles.Owner,
        ["reward.give"] = Managers, ["reward.take_back"] = Managers, ["reward.budget"] = Roles.Owner,
        ["budget.spend"] = Managers, ["budget.take_back"] = Managers,
        ["feed.add"] = Managers, ["kickoff"] = Managers, ["campaign.repeat"] = Managers, ["templates"] = Managers, ["answer.keep"] = Managers,
        ["sponsor.write"] = Roles.Sponsor,
        ["disclosure"] = Roles.Owner, ["audit.filter"] = Roles.Owner,
        ["approval"] = Roles.Approver | Roles.Owner,
        ["approval.rule"] = Roles.Owner, ["roles"] = Roles.Owner, ["policy"] = Roles.Owner, ["goal"] = Roles.Owner, ["goal.costs"] = Roles.Owner,
    };

    [Fact]
    public async Task Everything_that_can_be_done_stands_in_these_tables()
    {
        await using var bot = await TestBot.StartAsync();
        var routes = bot.Services.GetRequiredService<RouteTable>();
        var dialogs = await bot.ScopedAsync((DialogSet set) => Task.FromResult(set.All.OfType<WaterfallDialog>().ToDictionary(d => d.Id, d => d.For, StringComparer.Ordinal)));

        Assert.Equal(Commands.Keys.Order(StringComparer.Ordinal), routes.Commands.Select(route => route.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Buttons.Keys.Order(StringComparer.Ordinal), routes.Actions.Select(route => route.Verb).Order(StringComparer.Ordinal));
        Assert.Equal(Forms.OrderBy(f => f.Key, StringComparer.Ordinal), dialogs.OrderBy(d => d.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_role_sees_and_types_its_commands_and_no_others()
    {
        await using var bot = await StartAsync();
        foreach (var (person, role) in People)
        {
            var help = CardReader.Text(await bot.CommandAsync(person, "help"));
            foreach (var (command, roles) in Commands)
            {
                var may = May(role, roles);
                Assert.True(may == help.Contains($"/advocate {command}{(command is "cancel" or "help" or "me" or "badges" or "rewards" ? ":" : "")}", StringComparison.Ordinal) || command == "campaign", $"{role} sees {command} in help");
                var before = await TracesAsync(bot);
                var reply = await bot.CommandAsync(person, command);
                var text = CardReader.Text(reply);
                Assert.True(may == !text.Contains($"/advocate {command} is for ", StringComparison.Ordinal), $"{role} types {command}: {text}");
                Assert.True(may || before == await TracesAsync(bot), $"{role} was refused {command}, and yet it did something");
                await bot.CommandAsync(person, "cancel");
            }
        }
    }

    [Fact]
    public async Task Each_role_presses_its_buttons_and_no_others()
    {
        foreach (var (person, role) in People)
        {
            await using var bot = await StartAsync();
            var campaign = await bot.QueryAsync(db => db.Campaigns.Select(c => c.Id).FirstAsync());
            foreach (var (verb, roles) in Buttons)
            {
                var may = May(role, roles);
                var before = await TracesAsync(bot);
                var reply = await bot.DispatchAsync(await bot.PressOfAsync(person, verb, campaign));
                var refused = reply is PrivateReply said && CardReader.Text(said).Contains(Refused, StringComparison.Ordinal);
                Assert.True(may == !refused, $"{role} presses {verb}");
                Assert.True(may || before == await TracesAsync(bot), $"{role} was refused {verb}, and yet it did something");
            }
        }
    }

    [Theory]
    [InlineData("campaign.compose", "carmen", "campaign", null, "next")]
    [InlineData("channel.settings", "carmen", "settings", null, "save")]
    [InlineData("stop", "carmen", "stop", null, "stop")]
    [InlineData("roles", "olivia", "roles e1", null, "save")]
    [InlineData("feed.add", "carmen", null, "feed.add", "add")]
    [InlineData("kickoff", "carmen", "kickoff", null, "preview")]
    [InlineData("campaign.repeat", "carmen", null, "campaign.repeat", "save")]
    [InlineData("disclosure", "olivia", "disclosure", null, "save")]
    [InlineData("templates", "carmen", "templates", null, "next")]
    [InlineData("answer.keep", "carmen", null, "answer.add", "save")]
    [InlineData("sponsor.write", "e2", null, "sponsor.write", "save")]
    [InlineData("campaign.close", "carmen", null, "campaign.close", "close")]
    [InlineData("campaign.retract", "carmen", null, "campaign.retract", "retract")]
    [InlineData("deliveries.settle", "carmen", null, "deliveries.settle", "settle")]
    [InlineData("help.answer", "carmen", null, "help.answer", "send")]
    [InlineData("reward.give", "carmen", null, "reward.give", "give")]
    [InlineData("reward.take_back", "carmen", null, "reward.take_back", "back")]
    [InlineData("reward.budget", "olivia", null, "reward.budget", "save")]
    [InlineData("budget.spend", "carmen", null, "budget.spend", "record")]
    [InlineData("budget.take_back", "carmen", null, "budget.take_back", "back")]
    [InlineData("recognition.settings", "olivia", null, "recognition.settings", "save")]
    [InlineData("audit.filter", "olivia", null, "audit.filter", "show")]
    [InlineData("approval.rule", "olivia", null, "approval.rule", "save")]
    [InlineData("policy", "olivia", null, "policy.change", "publish")]
    [InlineData("goal", "olivia", null, "goal.add", "save")]
    [InlineData("goal.costs", "olivia", null, "goal.costs", "save")]
    [InlineData("approval", "e3", null, "approval.review", "approve")]
    [InlineData("suggestion.edit", "e3", null, "suggestion.edit", "save")]
    [InlineData("suggestion.ask", "e3", null, "suggestion.ask", "send")]
    [InlineData("suggestion.decline", "e3", null, "suggestion.decline", "decline")]
    public async Task A_form_is_worth_nothing_to_somebody_who_lost_the_role(string dialog, string person, string? command, string? verb, string action)
    {
        await using var bot = await StartAsync();
        if (dialog == "approval")
        {
            await bot.QueryAsync(db => db.Campaigns.ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CampaignState.AwaitingApproval).SetProperty(c => c.WrittenBy, (string?)null)));
        }

        var campaign = await bot.QueryAsync(db => db.Campaigns.Select(c => c.Id).FirstAsync());
        var form = CardReader.Form(command is not null ? await bot.CommandAsync(person, command) : await bot.DispatchAsync(await bot.PressOfAsync(person, verb!, campaign)));
        Assert.Contains(dialog, await bot.QueryAsync(db => db.DialogStates.Select(s => s.Stack).SingleAsync()), StringComparison.Ordinal);
        await bot.GiveAsync(person, dialog == "sponsor.write" ? Roles.None : Roles.Sponsor);
        var before = await TracesAsync(bot);

        var reply = await bot.SubmitAsync(person, form, action);

        Assert.Contains(Refused, CardReader.Text(reply), StringComparison.Ordinal);
        Assert.Equal(before with { Dialogs = 0 }, await TracesAsync(bot));
    }

    [Fact]
    public void Every_form_for_some_is_tried_by_somebody_who_lost_the_role() => Assert.Equal(
        Forms.Where(f => f.Value != All).Select(f => f.Key).Order(StringComparer.Ordinal),
        typeof(WhoMayTests).GetMethod(nameof(A_form_is_worth_nothing_to_somebody_who_lost_the_role))!
            .GetCustomAttributesData().Where(a => a.AttributeType == typeof(InlineDataAttribute))
            .Select(a => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)[0].Value!)
            .Order(StringComparer.Ordinal));

    private static bool May(Roles has, Roles wanted) => wanted == All || (has & wanted) != Roles.None;

    /// <summary>A running campaign, a suggestion and a request for help, all with the id 1.</summary>
    private static async Task<TestBot> StartAsync()
    {
        var bot = await TestBot.StartAsync();
        foreach (var (person, roles) in People)
        {
            await bot.GiveAsync(person, roles);
        }

        await bot.PublishAsync("Running");
        await bot.QueryAsync(db => db.Campaigns.ExecuteUpdateAsync(set => set
            .SetProperty(c => c.SponsorId, db.People.Where(p => p.ExternalId == "e2").Select(p => p.Id).First()).SetProperty(c => c.SponsorAsk, SponsorAsk.ToWrite)));
        await bot.SuggestAsync("e6", "https://example.com/good");
        await bot.SubmitAsync("e6", CardReader.Form(await bot.CommandAsync("e6", "reply It came late")), "ask");
        var workspace = await bot.QueryAsync(db => db.Workspaces.Select(w => w.Id).SingleAsync());
        await bot.QueryAsync(async db =>
        {
            db.Rewards.Add(new Reward { WorkspaceId = workspace, What = "A book", PersonId = 4, GivenById = 1, GivenAt = bot.Clock.GetUtcNow() });
            db.RewardBudgets.Add(new RewardBudget { WorkspaceId = workspace, Currency = "EUR", FirstDay = "2026-01-01", LastDay = "2026-12-31", Amount = 100 });
            db.Spending.Add(new Spending { WorkspaceId = workspace, BudgetId = 1, What = "Posters", Currency = "EUR", Amount = 1, SpentAt = bot.Clock.GetUtcNow(), RecordedAt = bot.Clock.GetUtcNow() });
            return await db.SaveChangesAsync();
        });
        return bot;
    }

    private static Task<Traces> TracesAsync(TestBot bot) => bot.QueryAsync(async db => new Traces(
        await db.DialogStates.CountAsync(),
        await db.Audit.CountAsync(),
        await db.Deliveries.CountAsync(),
        await db.Campaigns.SumAsync(c => c.Version),
        await db.Suggestions.SumAsync(s => s.Version),
        await db.Ledger.CountAsync(),
        await db.Goals.CountAsync() + await db.ConversionKeys.CountAsync()));

    private sealed record Traces(int Dialogs, int Audit, int Deliveries, int Campaigns, int Suggestions, int Ledger, int Goals);
}
