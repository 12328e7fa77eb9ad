using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Slack;

/// <summary>The host as a process of its own, started as the README says, against a strict Slack.</summary>
public sealed class SlackProcessTests
{
    private static readonly Texts T = Texts.In(Language.English);

    [Fact]
    public async Task An_event_that_was_acknowledged_is_carried_out_by_the_next_run()
    {
        using var folder = new HostFolder();
        await using var slack = await FakeSlack.StartAsync();
        string[] settings =
        [
            "--Slack:Enabled=true", $"--Slack:SigningSecret={FakeSlack.SigningSecret}", $"--Slack:BotToken={FakeSlack.BotToken}", $"--Slack:ApiBaseUrl={slack.Api}", "--Web:Enabled=false",
        ];
        slack.With(s => s.Channels[FakeSlack.General].Members.Add(FakeSlack.Bot));
        var arrived = Encoding.UTF8.GetBytes(SlackUser.Envelope(slack, new JsonObject
        {
            ["type"] = "member_joined_channel",
            ["user"] = FakeSlack.Bot,
            ["channel"] = FakeSlack.General,
            ["inviter"] = "U0CARMEN",
            ["event_ts"] = slack.Timestamp(),
        }).ToJsonString());

        // Slack does not say what channel it is, for longer than it waits for the acknowledgement.
        slack.Next["conversations.info"] = new([context => Task.Delay(Timeout.Infinite, context.RequestAborted)]);
        await using (var host = await HostProcess.ServeAsync(folder.Path, settings))
        {
            Assert.Equal(HttpStatusCode.OK, await DeliverAsync(host, slack, arrived));
            Assert.Equal(1, await KeptAsync(folder));
            await host.KillAsync();
        }

        Assert.Empty(slack.With(s => s.Messages.ToList()));
        await using var next = await HostProcess.ServeAsync(folder.Path, settings);
        await slack.AwaitAsync(s => s.Messages.Find(m => m.Channel == FakeSlack.General && m.OnlyFor is null), "welcome");
        await Eventually.SeeAsync(async () => await KeptAsync(folder) == 0, "nothing left to do");

        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(next, slack, arrived));
        Assert.Equal(SlackReader.Plain(T["Chat.Welcome"]), SlackReader.Text(Assert.Single(slack.With(s => s.Messages.Where(m => m.OnlyFor is null).ToList()))).Trim());
        Assert.Equal(Roles.Owner, await folder.QueryAsync(db => db.People.Where(p => p.ExternalId == "U0CARMEN").Select(p => p.Roles).SingleAsync()));
        slack.AssertNoFaults();
    }

    [Fact]
    public async Task Socket_Mode_works_with_the_settings_that_the_README_names()
    {
        using var folder = new HostFolder();
        await using var slack = await FakeSlack.StartAsync();
        await using var host = await HostProcess.ServeAsync(
            folder.Path,
            "--Web:Enabled=false", "--Slack:Enabled=true", "--Slack:Mode=Socket", $"--Slack:BotToken={FakeSlack.BotToken}", $"--Slack:AppToken={FakeSlack.AppToken}",
            $"--Slack:ApiBaseUrl={slack.Api}", "--PublicUrl=http://localhost:3978");
        var carmen = new SlackUser(slack, new SocketTransport(slack), "U0CARMEN", FakeSlack.General);
        slack.With(s => s.Channels[FakeSlack.General].Members.Add(FakeSlack.Bot));

        await carmen.EventAsync(new JsonObject { ["type"] = "member_joined_channel", ["user"] = FakeSlack.Bot, ["channel"] = FakeSlack.General, ["inviter"] = carmen.Id, ["event_ts"] = slack.Timestamp() });
        await slack.AwaitAsync(s => s.Messages.Find(m => m.Channel == FakeSlack.General && m.OnlyFor is null), "welcome");
        Assert.Contains("/advocate campaign", SlackReader.Text((await carmen.CommandAsync("help"))!), StringComparison.Ordinal);
        await carmen.CommandAsync("campaign");
        await carmen.FormAsync(T["Campaigns.ContentTitle"]);
        await carmen.OpenHomeAsync();
        await slack.AwaitAsync(s => s.Views.Find(v => v.User == carmen.Id && (string?)v.Content["type"] == "home"), "Home tab");

        using var http = host.Client();
        using var address = await http.PostAsync("/slack/commands", content: null);
        Assert.Equal(HttpStatusCode.NotFound, address.StatusCode);
        slack.AssertNoFaults();
    }

    private static Task<int> KeptAsync(HostFolder folder) => folder.QueryAsync(db => db.Database.SqlQuery<int>($"""SELECT count(*) AS "Value" FROM slack_events""").SingleAsync());

    private static async Task<HttpStatusCode> DeliverAsync(HostProcess host, FakeSlack slack, byte[] body)
    {
        using var http = host.Client();
        using var request = HttpTransport.Signed("/slack/events", body, "application/json", slack.Clock.GetUtcNow());
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
