using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Digests;

/// <summary>Digests that go out together are read together, and say what they would say alone.</summary>
[Collection(PostgresCollection.Name)]
public sealed class DigestsTogetherTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Built_together_each_digest_says_what_it_says_alone()
    {
        await using var world = await DigestWorld.CreateAsync();
        await AgreesAsync(world);
    }

    [PostgresFact]
    public async Task Built_together_each_digest_says_what_it_says_alone_on_PostgreSQL()
    {
        await using var world = await DigestWorld.CreateAsync(await postgres.CreateDatabaseAsync());
        await AgreesAsync(world);
    }

    [Fact]
    public async Task Where_none_is_wanted_any_more_each_has_its_reason()
    {
        await using var world = await DigestWorld.CreateAsync();
        await ChannelsAsync(world, 3);
        await world.Plan.RunAsync(CancellationToken.None);
        await world.ChangeAsync(db => db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.DigestOn, false)));

        Assert.All(await BuildAsync(world, await DeliveriesAsync(world)), one => Assert.Equal(new DeliveryContent.Skip("digest_off"), one));
    }

    private static async Task AgreesAsync(DigestWorld world)
    {
        var channels = await ChannelsAsync(world, 12);
        await world.Plan.RunAsync(CancellationToken.None);
        await world.ChangeAsync(async db =>
        {
            (await db.Conversations.SingleAsync(c => c.Id == channels[4])).DigestOn = false;
            (await db.Conversations.SingleAsync(c => c.Id == channels[9])).RemovedAt = world.Clock.GetUtcNow();
        });

        var deliveries = await DeliveriesAsync(world);
        var together = await BuildAsync(world, deliveries);
        var alone = new List<DeliveryContent>();
        foreach (var delivery in deliveries)
        {
            alone.AddRange(await BuildAsync(world, [delivery]));
        }

        Assert.Equal(12, deliveries.Count);
        Assert.Equal(10, together.Count(one => one is DeliveryContent.Post));
        Assert.Equal(alone.Select(Said), together.Select(Said));
        Assert.InRange(together.Select(Said).Distinct().Count(), 8, 12);
    }

    private static string Said(DeliveryContent content) => content is DeliveryContent.Post post ? $"{post.Summary}\n{string.Join('\n', DigestCardsTests.AllTexts(post.Card))}" : content.ToString();

    private static async Task<IReadOnlyList<DeliveryContent>> BuildAsync(DigestWorld world, IReadOnlyList<Core.Data.Delivery> deliveries)
    {
        await using var db = world.CreateDbContext();
        return await new DigestContent(db, world.Query, world.Cards, world.Extras(db), world.Clock).BuildManyAsync(deliveries, CancellationToken.None);
    }

    private static async Task<List<Core.Data.Delivery>> DeliveriesAsync(DigestWorld world)
    {
        await using var db = world.CreateDbContext();
        return await db.Deliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync();
    }

    /// <summary>In two languages and two time zones; in some of them people said that they shared, on the last hour of the week.</summary>
    private static async Task<List<long>> ChannelsAsync(DigestWorld world, int count)
    {
        var channels = new List<long>();
        for (var n = 0; n < count; n++)
        {
            var channel = await world.AddAsync(world.NewChannel(c => (c.Language, c.TimeZone) = (n % 2 == 0 ? "he" : "en", n % 3 == 0 ? "Europe/London" : "Etc/UTC")));
            var people = await world.AddMembersAsync(channel, 6);
            var prompt = await world.AddCampaignAsync(channel, $"News {n}", DigestWorld.Monday.AddDays(-3));
            await world.ChangeAsync(db =>
            {
                db.AddRange(people.Take(n % 5).Select(person => world.Event(prompt, person, LedgerKind.Said, DigestWorld.Monday.AddHours(-1))));
                return Task.CompletedTask;
            });
            channels.Add(channel.Id);
        }

        return channels;
    }
}
