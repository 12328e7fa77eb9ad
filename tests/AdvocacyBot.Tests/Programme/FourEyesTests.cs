using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Programme;

[BothDatabases]
public sealed class FourEyesTests
{
    [Fact]
    public async Task Nothing_is_posted_until_another_person_approves()
    {
        await using var bot = await StartAsync();
        var said = CardReader.Text(await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", "Careful"), "publish"));
        await bot.SendOutboxAsync();

        Assert.Contains("2 people can give it", said, StringComparison.Ordinal);
        Assert.Equal(CampaignState.AwaitingApproval, await StateAsync(bot));
        Assert.All(bot.Sender.Sent, sent => Assert.NotNull(sent.Message.Recipient));
        Assert.Contains("waiting for approval", CardReader.Text(await bot.CommandAsync("carmen", "campaigns")), StringComparison.OrdinalIgnoreCase);

        var review = CardReader.Form(await bot.PressAsync("e6", Assert.Single(bot.NotesTo("e6")), "approval.review"));
        Assert.Contains("Careful", CardReader.Text(review.Card), StringComparison.Ordinal);
        await bot.SubmitAsync("e6", review, "approve");
        await bot.SendOutboxAsync();

        Assert.Equal(CampaignState.Running, await StateAsync(bot));
        Assert.Contains(bot.Sender.Sent, sent => sent.Message.Recipient is null && CardReader.Text(sent.Message.Card).Contains("Careful", StringComparison.Ordinal));
        Assert.Contains("was approved", CardReader.Text(Assert.Single(bot.NotesTo("carmen"))), StringComparison.Ordinal);
        Assert.Contains("does not wait for approval any more", CardReader.Text(await bot.PressAsync("olivia", bot.NotesTo("olivia")[0], "approval.review")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_wrote_it_cannot_approve_it_whatever_their_roles()
    {
        await using var bot = await StartAsync();
        await bot.GiveAsync("carmen", Roles.Comms | Roles.Approver | Roles.Owner);
        await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", "Mine"), "publish");
        await bot.SendOutboxAsync();

        Assert.Empty(bot.NotesTo("carmen"));
        var queue = CardReader.Card(await bot.CommandAsync("carmen", "approve"));
        Assert.Contains("another person has to approve", CardReader.Text(queue), StringComparison.Ordinal);
        Assert.DoesNotContain(CardReader.Actions(queue).OfType<ExecuteAction>(), action => action.Verb == "approval.review");

        // Even with a button that an approver could have.
        var forged = await ReviewButtonAsync(bot, "carmen");
        Assert.Contains("You wrote part", CardReader.Text(await bot.DispatchAsync(forged)), StringComparison.Ordinal);
        Assert.Equal(CampaignState.AwaitingApproval, await StateAsync(bot));
    }

    [Fact]
    public async Task It_is_sent_back_with_a_reason_put_right_and_asked_for_again()
    {
        await using var bot = await StartAsync();
        await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", "Draft"), "publish");
        await bot.SendOutboxAsync();
        var review = CardReader.Form(await bot.PressAsync("e6", bot.NotesTo("e6")[0], "approval.review"));
        var reason = CardReader.Form(await bot.SubmitAsync("e6", review, "sendback"));
        Assert.Equal(["reason"], CardReader.Errors(await bot.SubmitAsync("e6", reason, "send")).Keys);
        await bot.SubmitAsync("e6", reason, "send", ("reason", "The date is wrong."));
        await bot.SendOutboxAsync();

        Assert.Equal(CampaignState.Draft, await StateAsync(bot));
        Assert.Contains("The date is wrong.", CardReader.Text(Assert.Single(bot.NotesTo("carmen"))), StringComparison.Ordinal);

        var list = CardReader.Card(await bot.CommandAsync("carmen", "campaigns"));
        var content = CardReader.Form(await bot.PressAsync("carmen", list, "campaign.edit"));
        await bot.SubmitAsync("carmen", await bot.FinishComposingAsync("carmen", content, "Right"), "publish");
        await bot.SendOutboxAsync();
        Assert.Equal(2, bot.NotesTo("e6").Count);
        await bot.SubmitAsync("e6", CardReader.Form(await bot.PressAsync("e6", bot.NotesTo("e6")[1], "approval.review")), "approve");
        Assert.Equal(CampaignState.Running, await StateAsync(bot));
        Assert.Equal(
            ["campaign.submitted", "campaign.sent_back", "campaign.submitted", "campaign.approved"],
            await bot.QueryAsync(db => db.Audit.OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()));
    }

    [Fact]
    public async Task What_was_edited_after_it_was_shown_is_not_approved()
    {
        await using var bot = await StartAsync();
        await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", "First words"), "publish");
        await bot.SendOutboxAsync();
        var review = CardReader.Form(await bot.PressAsync("e6", bot.NotesTo("e6")[0], "approval.review"));
        var content = CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "campaigns")), "campaign.edit"));
        await bot.SubmitAsync("carmen", await bot.FinishComposingAsync("carmen", content, "Other words"), "publish");

        var said = CardReader.Text(await bot.SubmitAsync("e6", review, "approve"));

        Assert.Contains("was changed since you looked", said, StringComparison.Ordinal);
        Assert.Equal(CampaignState.AwaitingApproval, await StateAsync(bot));
    }

    [Fact]
    public async Task An_edit_after_approval_asks_again_and_the_cards_rest_until_then()
    {
        await using var bot = await StartAsync();
        var prompt = await ApprovedAsync(bot, "Before");
        var content = CardReader.Form(await bot.PressAsync("dana", CardReader.Card(await bot.CommandAsync("dana", "campaigns")), "campaign.edit"));
        await bot.SubmitAsync("dana", await bot.FinishComposingAsync("dana", content, "After"), "publish");
        await bot.SendOutboxAsync();

        Assert.Equal(CampaignState.AwaitingApproval, await StateAsync(bot));
        Assert.Null(bot.Sender.Updated[^1].Message.Card.Actions);
        Assert.Contains("paused", CardReader.Text(await bot.PressAsync("e1", prompt, "share")), StringComparison.Ordinal);

        // Who edited cannot approve; who wrote what was approved before, and has a say, can.
        await bot.GiveAsync("carmen", Roles.Comms | Roles.Approver);
        await bot.SubmitAsync("carmen", CardReader.Form(await bot.DispatchAsync(await ReviewButtonAsync(bot, "carmen"))), "approve");
        await bot.SendOutboxAsync();
        Assert.Equal(CampaignState.Running, await StateAsync(bot));
        Assert.Contains("After", CardReader.Text(bot.Sender.Updated[^1].Message.Card), StringComparison.Ordinal);
        Assert.Equal(2, bot.Sender.Updated[^1].Message.Card.Actions!.Count);
    }

    [Fact]
    public async Task Saving_without_a_change_asks_nobody()
    {
        await using var bot = await StartAsync();
        await ApprovedAsync(bot, "Same");
        var content = CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "campaigns")), "campaign.edit"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next"));
        var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next"));
        await bot.SubmitAsync("carmen", CardReader.Form(await bot.SubmitAsync("carmen", schedule, "next")), "publish");

        Assert.Equal(CampaignState.Running, await StateAsync(bot));
    }

    [Fact]
    public async Task A_rule_for_some_kinds_leaves_the_others_alone()
    {
        await using var bot = await StartAsync("types=Job;channels=");
        await bot.PublishAsync("News need nobody");

        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/job"), ("title", "A job"), ("contentType", "Job")));
        var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next", ("text1", "Come.")));
        await bot.SubmitAsync("carmen", CardReader.Form(await bot.SubmitAsync("carmen", schedule, "next")), "publish");

        Assert.Equal(
            [("A job", CampaignState.AwaitingApproval), ("News need nobody", CampaignState.Running)],
            (await bot.QueryAsync(db => db.Campaigns.OrderBy(c => c.Title).ToListAsync())).ConvertAll(c => (c.Title, c.State)));
    }

    [Fact]
    public async Task Where_nobody_else_can_approve_the_author_is_told_what_helps()
    {
        await using var bot = await StartAsync();
        await bot.GiveAsync("e6", Roles.None);
        await bot.GiveAsync("olivia", Roles.None);

        var said = CardReader.Text(await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", "Alone"), "publish"));

        Assert.Contains("nobody else can give it", said, StringComparison.Ordinal);
        Assert.Contains("/advocate roles", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_whose_end_passed_while_it_waited_is_not_posted()
    {
        await using var bot = await StartAsync();
        var content = CardReader.Form(await bot.CommandAsync("carmen", "campaign"));
        var texts = CardReader.Form(await bot.SubmitAsync("carmen", content, "next", ("link", "https://example.com/a"), ("title", "Short")));
        var schedule = CardReader.Form(await bot.SubmitAsync("carmen", texts, "next", ("text1", "fine")));
        await bot.SubmitAsync("carmen", CardReader.Form(await bot.SubmitAsync("carmen", schedule, "next", ("endDate", "2026-11-23"), ("endTime", "18:00"))), "publish");
        await bot.SendOutboxAsync();
        bot.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal(0, await bot.ScopedAsync((AdvanceCampaigns advance) => advance.RunAsync(CancellationToken.None)));

        var said = CardReader.Text(await bot.SubmitAsync("e6", CardReader.Form(await bot.PressAsync("e6", bot.NotesTo("e6")[0], "approval.review")), "approve"));

        Assert.Contains("has passed", said, StringComparison.Ordinal);
        Assert.Equal(CampaignState.AwaitingApproval, await StateAsync(bot));
    }

    [Fact]
    public async Task The_owner_switches_it_on_for_some_and_off_again()
    {
        await using var bot = await TestBot.StartAsync();
        var queue = CardReader.Card(await bot.CommandAsync("olivia", "approve"));
        await bot.SubmitAsync("olivia", CardReader.Form(await bot.PressAsync("olivia", queue, "approval.rule")), "save", ("on", "true"), ("types", "Job,News"));
        var form = CardReader.Form(await bot.PressAsync("olivia", queue, "approval.rule"));
        Assert.Equal(("true", "News,Job"), (CardReader.Inputs(form.Card)["on"], string.Join(',', CardReader.Inputs(form.Card)["types"].Split(',').Order(StringComparer.Ordinal).Reverse())));
        await bot.SubmitAsync("olivia", form, "save", ("on", "false"));

        Assert.Null(await bot.QueryAsync(db => db.Workspaces.Select(w => w.FourEyes).SingleAsync()));
        Assert.Equal(
            [("off", "types=Job,News;channels="), ("types=Job,News;channels=", "off")],
            (await bot.QueryAsync(db => db.Audit.OrderBy(e => e.Id).ToListAsync())).ConvertAll(e => (e.Before!, e.After!)));
        Assert.DoesNotContain(CardReader.Actions(CardReader.Card(await bot.CommandAsync("carmen", "approve"))), action => action is ExecuteAction { Verb: "approval.rule" });
    }

    [Fact]
    public async Task A_suggestion_is_approved_when_the_second_person_has_approved_its_campaign()
    {
        await using var bot = await StartAsync();
        await bot.SuggestAsync("e1", "https://example.com/good", changed: ("title", "Good"));
        var content = CardReader.Form(await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "approve")), "suggestion.approve"));
        await bot.SubmitAsync("carmen", await bot.FinishComposingAsync("carmen", content, "Good"), "publish");
        await bot.SendOutboxAsync();
        Assert.Empty(bot.NotesTo("e1"));

        await bot.SubmitAsync("e6", CardReader.Form(await bot.DispatchAsync(await ReviewButtonAsync(bot, "e6"))), "approve");
        await bot.SendOutboxAsync();

        Assert.Contains("is approved", CardReader.Text(Assert.Single(bot.NotesTo("e1"))), StringComparison.Ordinal);
    }

    /// <summary>With the rule on, olivia (owner) and e6 (approver) to approve.</summary>
    private static async Task<TestBot> StartAsync(string rule = "types=;channels=")
    {
        var bot = await TestBot.StartAsync();
        await bot.GiveAsync("e6", Roles.Approver);
        await bot.QueryAsync(db => db.Workspaces.ExecuteUpdateAsync(set => set.SetProperty(w => w.FourEyes, rule)));
        return bot;
    }

    private static async Task<AdaptiveCard> ApprovedAsync(TestBot bot, string title)
    {
        await bot.SubmitAsync("carmen", await bot.ComposeAsync("carmen", title), "publish");
        await bot.SubmitAsync("e6", CardReader.Form(await bot.DispatchAsync(await ReviewButtonAsync(bot, "e6"))), "approve");
        await bot.SendOutboxAsync();
        return bot.Sender.Sent.Last(sent => sent.Message.Recipient is null).Message.Card;
    }

    /// <summary>The press of a button like those that approvers get, on the newest campaign.</summary>
    private static async Task<ActionPressed> ReviewButtonAsync(TestBot bot, string person)
    {
        var campaign = await bot.QueryAsync(db => db.Campaigns.MaxAsync(c => c.Id));
        return await bot.PressOfAsync(person, "approval.review", campaign);
    }

    private static Task<CampaignState> StateAsync(TestBot bot) => bot.QueryAsync(db => db.Campaigns.OrderByDescending(c => c.Id).Select(c => c.State).FirstAsync());
}
