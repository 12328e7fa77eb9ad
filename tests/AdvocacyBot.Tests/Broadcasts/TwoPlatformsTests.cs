using System.Text.Json;
using System.Text.RegularExpressions;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;
using AdvocacyBot.Tests.Teams.Journeys;
using AdvocacyBot.Tests.Teams.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Broadcasts;

/// <summary>One programme in Slack and in Teams: one host with both real adapters, and a fake of each platform at the wire.</summary>
public sealed partial class TwoPlatformsTests
{
    private const string News = "19:news@thread.tacv2";
    private const string Title = "Our new office";
    private static readonly Texts T = Texts.In(Language.English);
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task A_campaign_to_people_reaches_both_platforms_and_who_is_in_both_once()
    {
        await using var slack = await FakeSlack.StartAsync();
        slack.Scopes.Add("users:read.email");
        slack.Users["U0BEN"].Email = "Ben@Example.com";
        await using var host = await TeamsHost.StartAsync(settings:
        [
            ("Web:Enabled", "false"), ("Slack:Enabled", "true"), ("Slack:SigningSecret", FakeSlack.SigningSecret), ("Slack:BotToken", FakeSlack.BotToken), ("Slack:ApiBaseUrl", slack.Api.AbsoluteUri),
        ]);
        host.Connector.Emails["29:ben"] = "ben@example.com";
        var transport = new HttpTransport(host.Http, slack.Clock);
        SlackUser carmen = new(slack, transport, "U0CARMEN", FakeSlack.General), alice = new(slack, transport, "U0ALICE", FakeSlack.General);
        TeamsUser alex = new(host, "alex"), aliceInTeams = new(host, "alice"), ben = new(host, "ben");
        await ArriveAsync(host, slack, carmen, alex);

        // Ben's address is known to both; Alice enters a code; the owners join the workspaces.
        await alex.SayAsync(alex.Personal, $"link {await CodeAsync(carmen, "Broadcasts.ProgrammeCode")}");
        await aliceInTeams.SayAsync(aliceInTeams.Personal, $"link {await CodeAsync(alice, "Broadcasts.GetCode")}");
        Assert.Equal(2, await host.Folder.QueryAsync(db => db.PersonProfiles.GroupBy(p => p.HumanId).CountAsync(g => g.Count() > 1)));

        await carmen.CommandAsync("campaign");
        var form = await carmen.FormAsync(T["Campaigns.ContentTitle"]);
        await carmen.SubmitAsync(form, ("link", "https://www.example.com/news"), ("title", Title));
        await carmen.SubmitAsync(form, ("text1", "Proud of it"));
        await carmen.SubmitAsync(form, ("channels", ""), ("people", "direct"));

        // Five colleagues in Slack and four in Teams are seven people.
        Assert.Contains("7", SlackReader.Text(form), StringComparison.Ordinal);
        await carmen.SubmitAsync(form);
        await Eventually.SeeAsync(
            () => host.Folder.QueryAsync(async db => await db.Deliveries.CountAsync(d => d.Kind == DeliveryKind.Prompt) == 7 && !await db.Deliveries.AnyAsync(d => d.State == DeliveryState.Pending || d.State == DeliveryState.Sending)),
            "seven messages sent");

        var inSlack = slack.With(s => s.Messages.Where(m => IsPrompt(m)).Select(m => m.Channel).Order(StringComparer.Ordinal).ToList());
        var inTeams = host.Connector.Messages.Where(m => m.Card is { } card && m.VisibleTo is null && card.ToJsonString(Readable).Contains(Title, StringComparison.Ordinal)).Select(m => m.Conversation).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(new[] { "U0ALICE", "U0BEN", "U0CARMEN", "U0CHLOE", "U0EMILY" }.Select(FakeSlack.Direct), inSlack);
        Assert.Equal([alex.Personal.Id, "a:1-dora"], inTeams);
        Assert.Equal(7, await host.Folder.QueryAsync(db => db.Deliveries.CountAsync(d => d.Kind == DeliveryKind.Prompt && d.State == DeliveryState.Sent)));

        // What Alice and Alex do with it counts in the one campaign.
        var card = slack.With(s => s.Messages.Single(m => m.Channel == FakeSlack.Direct("U0ALICE") && IsPrompt(m)));
        SlackUser there = new(slack, transport, "U0ALICE", card.Channel);
        await there.PressAsync(await SlackWorld.ShareAsync(there, card, T), T["Sharing.ISharedIt"]);
        var prompt = alex.See(alex.Personal, await host.MessageAsync(alex.Personal.Id, m => m.Card?.ToJsonString(Readable).Contains(Title, StringComparison.Ordinal) is true, "the message in Teams"));
        var offer = (await (await prompt.PressAsync(alex, T["Campaigns.Share"])).Card.PressAsync(alex, T["Sharing.Join"], ("agree", "true"))).Card;
        await offer.PressAsync(alex, T["Sharing.ISharedIt"]);
        await Eventually.SeeAsync(() => host.Folder.QueryAsync(async db => await db.Ledger.Where(e => e.Kind == LedgerKind.Said).SumAsync(e => e.Amount) == 2), "two shares");
        Assert.Equal([Platforms.Slack, Platforms.Teams], await host.Folder.QueryAsync(db => (
            from said in db.Ledger
            join person in db.People on said.PersonId equals person.Id
            join workspace in db.Workspaces on person.WorkspaceId equals workspace.Id
            where said.Kind == LedgerKind.Said
            orderby workspace.Platform
            select workspace.Platform).ToListAsync()));
        slack.AssertNoFaults();
    }

    /// <summary>The bot comes into a channel of each; whoever brings it is the owner there.</summary>
    private static async Task ArriveAsync(TeamsHost host, FakeSlack slack, SlackUser carmen, TeamsUser alex)
    {
        string[] members = ["29:alex", "29:alice", "29:ben", "29:dora"];
        slack.With(s => s.Channels[FakeSlack.General].Members.Add(FakeSlack.Bot));
        await carmen.EventAsync(new() { ["type"] = "member_joined_channel", ["user"] = FakeSlack.Bot, ["channel"] = FakeSlack.General, ["inviter"] = carmen.Id, ["event_ts"] = slack.Timestamp() });
        host.Connector.AddChannel("19:general@thread.tacv2", members);
        host.Connector.AddChannel(News, members).Name = "News";
        await alex.InstallAsync(new TeamsPlace(News, "channel", "19:general@thread.tacv2"), "Web");
        Assert.All(members, member => host.Connector.AddPersonal(member));
        await Eventually.SeeAsync(
            () => host.Folder.QueryAsync(async db => await MembersAsync(db, FakeSlack.General) == 5 && await MembersAsync(db, News) == members.Length && await db.PersonProfiles.CountAsync(p => p.Email == "ben@example.com") == 2),
            "the members of both, and the addresses");
    }

    /// <summary>Not the progress that the author follows.</summary>
    private static bool IsPrompt(FakeMessage message) => message is { OnlyFor: null, Metadata: not null } && SlackReader.Buttons(message.Blocks).Contains(SlackReader.Plain(T["Campaigns.Share"]));

    private static Task<int> MembersAsync(AdvocacyDb db, string channel) =>
        db.Memberships.CountAsync(m => m.LeftAt == null && db.Conversations.Any(c => c.Id == m.ConversationId && c.ExternalId == channel));

    private static async Task<string> CodeAsync(SlackUser person, string button)
    {
        await person.PressAsync((await person.CommandAsync("link"))!, T[button]);
        var how = await person.SeesAsync(T[button == "Broadcasts.GetCode" ? "Broadcasts.CodeHow" : "Broadcasts.ProgrammeCodeHow"], alone: true);
        return Code().Match(SlackReader.Text(how)).Value;
    }

    [GeneratedRegex("[A-Z0-9]{5}-[A-Z0-9]{5}")]
    private static partial Regex Code();
}
