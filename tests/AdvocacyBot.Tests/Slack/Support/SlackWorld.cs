using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>A fake Slack, the real host, and the way between them; and what people do again and again.</summary>
internal sealed class SlackWorld : IAsyncDisposable
{
    private readonly (string Key, string? Value)[] settings;

    private SlackWorld(HostFolder folder, FakeSlack slack, SlackHost host, HttpClient http, bool socket, (string Key, string? Value)[] settings)
    {
        this.settings = settings;
        Folder = folder;
        Slack = slack;
        Host = host;
        Http = http;
        Transport = socket ? new SocketTransport(slack) : new HttpTransport(http, slack.Clock);
    }

    public HostFolder Folder { get; }

    public FakeSlack Slack { get; }

    public SlackHost Host { get; private set; }

    public HttpClient Http { get; private set; }

    public ISlackTransport Transport { get; private set; }

    /// <param name="socket">By Socket Mode instead of HTTP.</param>
    /// <param name="clock">Of the host and of Slack; null: the system's.</param>
    /// <param name="postgres">Connection string of an empty PostgreSQL database; null: SQLite.</param>
    public static async Task<SlackWorld> StartAsync(bool socket = false, TimeProvider? clock = null, string? postgres = null)
    {
        var folder = new HostFolder();
        var slack = await FakeSlack.StartAsync(clock);
        (string, string?)[] changed = postgres is null ? [] : [("Database:Provider", "PostgreSql"), ("Database:ConnectionString", postgres)];
        var host = SlackHost.Start(folder, slack, socket, clock, changed);
        return new SlackWorld(folder, slack, host, host.Http(), socket, changed);
    }

    /// <summary>Reads the host's database.</summary>
    public async Task<T> QueryAsync<T>(Func<AdvocacyDb, Task<T>> query)
    {
        await using var db = await Host.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync();
        return await query(db);
    }

    public SlackUser Person(string id, string channel = FakeSlack.General) => new(Slack, Transport, id, channel);

    /// <summary>Stops the host and starts another on the same data.</summary>
    public async Task RestartAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        Host = SlackHost.Start(Folder, Slack, changed: settings);
        Http = Host.Http();
        Transport = new HttpTransport(Http, Slack.Clock);
    }

    /// <summary>Somebody invites the bot into a channel; it greets, and counts who is there.</summary>
    public async Task<FakeMessage> InviteAsync(SlackUser inviter, string channel, Language language)
    {
        Slack.With(s => s.Channels[channel].Members.Add(FakeSlack.Bot));
        await inviter.EventAsync(Joined(FakeSlack.Bot, channel, inviter.Id));
        var welcome = await Slack.AwaitAsync(s => s.Messages.Find(m => m.Channel == channel && m.OnlyFor is null), "welcome");
        Assert.Equal(SlackReader.Plain(Texts.In(language)["Chat.Welcome"]), SlackReader.Text(welcome).Trim());
        var colleagues = Slack.Channels[channel].Members.Count(id => Slack.Users[id] is { Bot: false, Guest: false, Deleted: false });
        await Eventually.SeeAsync(async () => await MembersAsync(channel) == colleagues, $"{colleagues} members");
        return welcome;
    }

    public JsonObject Joined(string user, string channel, string? inviter = null, bool joined = true) => new()
    {
        ["type"] = joined ? "member_joined_channel" : "member_left_channel",
        ["user"] = user,
        ["channel"] = channel,
        ["channel_type"] = "C",
        ["team"] = FakeSlack.Team,
        ["inviter"] = inviter,
        ["event_ts"] = Slack.Timestamp(),
    };

    public Task<int> MembersAsync(string channel) => QueryAsync(db => (
        from m in db.Memberships
        join c in db.Conversations on m.ConversationId equals c.Id
        where c.ExternalId == channel && m.LeftAt == null
        select m).CountAsync());

    /// <summary>Composes and publishes a campaign; the card in the channel.</summary>
    public async Task<FakeMessage> PublishAsync(SlackUser comms, Texts t, string title, string words, string channel)
    {
        await comms.CommandAsync("campaign");
        var form = await comms.FormAsync(t["Campaigns.ContentTitle"]);
        await comms.SubmitAsync(form, ("link", "https://www.example.com/news"), ("title", title), ("summary", words));
        Assert.Same(form, await comms.FormAsync(t["Campaigns.TextsTitle"]));
        await comms.SubmitAsync(form, ("text1", words));
        Assert.Same(form, await comms.FormAsync(t["Campaigns.ScheduleTitle"]));
        await comms.SubmitAsync(form);
        Assert.Same(form, await comms.FormAsync(t["Campaigns.PreviewTitle"]));
        Assert.Contains(title, SlackReader.Text(form), StringComparison.Ordinal);
        await comms.SubmitAsync(form);
        Assert.False(form.Open);
        var card = await Slack.AwaitAsync(
            s => s.Messages.Find(m => m.Channel == channel && m.OnlyFor is null && m.Metadata is not null && SlackReader.Says(SlackReader.Text(m), title)), $"card of {title}");

        // Slack shows it before the bot has noted that it does.
        await Eventually.SeeAsync(() => QueryAsync(db => db.Prompts.AllAsync(prompt => prompt.PostedAt != null)), "posted cards");
        return card;
    }

    /// <summary>Joins, and comes to one's own share card.</summary>
    public static async Task<FakeMessage> ShareAsync(SlackUser person, FakeMessage card, Texts t)
    {
        await person.PressAsync(card, t["Campaigns.Share"]);
        var join = await person.FormAsync(t["Sharing.JoinTitle"]);
        await person.SubmitAsync(join, ("agree", "true"));
        return await person.SeesAsync(t["Sharing.YourText"], alone: true);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        await Slack.DisposeAsync();
        Folder.Dispose();
    }
}
