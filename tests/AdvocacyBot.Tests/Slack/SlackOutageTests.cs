using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Sockets;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Slack;

/// <summary>The database refuses while events arrive: none of them gets lost, and none counts twice.</summary>
public sealed class SlackOutageTests
{
    private const string Break = "ALTER TABLE seen_interactions RENAME TO seen_interactions_away";
    private const string Mend = "ALTER TABLE seen_interactions_away RENAME TO seen_interactions";

    private static readonly Texts T = Texts.In(Language.English);

    [Fact]
    public async Task An_event_that_could_not_be_stored_is_asked_for_again_and_counts_once()
    {
        await using var world = await SlackWorld.StartAsync();
        var reaction = await ReactionAsync(world);

        await world.QueryAsync(db => db.Database.ExecuteSqlRawAsync(Break));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await DeliverAsync(world, reaction));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await DeliverAsync(world, reaction, attempt: 1));
        await world.QueryAsync(db => db.Database.ExecuteSqlRawAsync(Mend));
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(world, reaction, attempt: 2));
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(world, reaction, attempt: 3));

        Assert.Equal(1, await ReactedAsync(world));
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task What_Slack_will_not_deliver_again_is_tried_again_until_it_is_stored()
    {
        await using var world = await SlackWorld.StartAsync();
        var reaction = await ReactionAsync(world);

        await world.QueryAsync(db => db.Database.ExecuteSqlRawAsync(Break));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await DeliverAsync(world, reaction, attempt: 3));
        await world.QueryAsync(db => db.Database.ExecuteSqlRawAsync(Mend));

        await Eventually.SeeAsync(async () => await ReactedAsync(world) == 1, "the reaction that was kept");
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task Who_writes_to_the_bot_is_told_when_Slack_will_not_ask_again()
    {
        await using var world = await SlackWorld.StartAsync();
        var alice = world.Person("U0ALICE");
        await alice.CommandAsync("help");
        var words = SlackUser.Envelope(world.Slack, alice.Mention("good morning"));

        await world.QueryAsync(db => db.Database.ExecuteSqlRawAsync(Break));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await DeliverAsync(world, words));
        Assert.DoesNotContain(world.Slack.With(s => s.Messages.ToList()), message => SlackReader.Says(message.Text, T["Chat.Failed"]));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await DeliverAsync(world, words, attempt: 3));

        await alice.SeesAsync(T["Chat.Failed"], alone: true);
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task While_another_process_holds_the_file_all_is_answered_in_time_and_done_afterwards()
    {
        await using var world = await SlackWorld.StartAsync();
        var carmen = world.Person("U0CARMEN");
        var reaction = await ReactionAsync(world);

        // SQLite blocks the thread that waits for the file, for half a minute at most.
        await using var other = new SqliteConnection($"Data Source={world.Folder.Database};Pooling=False");
        await other.OpenAsync();
        await using (var transaction = await other.BeginTransactionAsync())
        {
            var (command, reacted) = (carmen.CommandAsync("campaign"), DeliverAsync(world, reaction));
            Assert.Null(await command);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await reacted);
            Assert.True(SlackReader.Says((string?)world.Slack.With(s => s.Views.Last()).Content["title"]!["text"], T["SlackCards.LoadingTitle"]));
        }

        await carmen.FormAsync(T["Campaigns.ContentTitle"]);
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(world, reaction, attempt: 1));
        Assert.Equal(1, await ReactedAsync(world));
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task By_Socket_Mode_it_is_not_acknowledged_and_comes_again()
    {
        await using var world = await SlackWorld.StartAsync(socket: true);
        var reaction = await ReactionAsync(world);

        await world.QueryAsync(db => db.Database.ExecuteSqlRawAsync(Break));
        var envelope = new Envelope { Type = "events_api", EnvelopeId = "1", Payload = JsonSerializer.SerializeToElement(reaction) };
        Assert.Null(await world.Host.Services.GetRequiredService<Envelopes>().HandleAsync(envelope, CancellationToken.None));
        await world.QueryAsync(db => db.Database.ExecuteSqlRawAsync(Mend));
        await world.Transport.EventAsync(reaction);

        Assert.Equal(1, await ReactedAsync(world));
        world.Slack.AssertNoFaults();
    }

    [Fact]
    public async Task The_end_of_an_installation_is_not_forgotten_either()
    {
        await using var world = await SlackWorld.StartAsync();
        var carmen = world.Person("U0CARMEN");
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);
        var end = SlackUser.Envelope(world.Slack, new JsonObject { ["type"] = "app_uninstalled" });

        await world.QueryAsync(db => db.Database.ExecuteSqlRawAsync(Break));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await DeliverAsync(world, end));
        await world.QueryAsync(db => db.Database.ExecuteSqlRawAsync(Mend));
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(world, end, attempt: 1));

        Assert.True(await world.QueryAsync(db => db.Conversations.AllAsync(c => c.RemovedAt != null)));
    }

    /// <summary>An event: somebody reacts on a campaign's card.</summary>
    private static async Task<JsonObject> ReactionAsync(SlackWorld world)
    {
        var (carmen, alice) = (world.Person("U0CARMEN"), world.Person("U0ALICE"));
        await world.InviteAsync(carmen, FakeSlack.General, Language.English);
        var card = await world.PublishAsync(carmen, T, "Title", "Words", FakeSlack.General);
        return SlackUser.Envelope(world.Slack, alice.Reaction(card, "tada", added: true));
    }

    private static Task<int> ReactedAsync(SlackWorld world) => world.QueryAsync(db => db.Ledger.Where(e => e.Kind == LedgerKind.Reacted).SumAsync(e => e.Amount));

    private static async Task<HttpStatusCode> DeliverAsync(SlackWorld world, JsonObject envelope, int attempt = 0)
    {
        using var request = HttpTransport.Signed("/slack/events", Encoding.UTF8.GetBytes(envelope.ToJsonString()), "application/json", world.Slack.Clock.GetUtcNow());
        if (attempt > 0)
        {
            request.Headers.Add("X-Slack-Retry-Num", attempt.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("X-Slack-Retry-Reason", "http_error");
        }

        using var response = await world.Http.SendAsync(request);
        return response.StatusCode;
    }
}
