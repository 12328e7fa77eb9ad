using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Ledger;
using AdvocacyBot.Core.Links;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Digests;

/// <summary>
/// A random history of two channels over four weeks around <see cref="DigestWorld.Monday"/>, in whole hours: stays and returns, campaigns that open and
/// close, shares and reactions with withdrawals, entries delivered twice, and entries written long after they happened.
/// </summary>
internal static class DigestHistory
{
    public static async Task<(DigestOracle Rows, long[] Channels)> WriteAsync(DigestWorld world, int seed)
    {
        var random = new Random(seed);
        await using var db = world.CreateDbContext();
        var channels = Enumerable.Range(0, 2).Select(_ => world.NewChannel()).ToList();
        var people = Enumerable.Range(0, random.Next(1, 12)).Select(n => world.NewPerson($"Name {n}", p =>
        {
            p.Reachable = random.Next(6) > 0;
            p.AppearByName = random.Next(2) == 0;
            p.ConsentedAt = random.Next(3) > 0 ? DigestWorld.Monday.AddDays(-50) : null;
        })).ToList();
        db.AddRange(channels);
        db.AddRange(people);
        await db.SaveChangesAsync();

        var campaigns = Enumerable.Range(0, random.Next(1, 6)).Select(n => new Campaign
        {
            WorkspaceId = world.Workspace.Id, AuthorId = people[0].Id, Code = Guid.NewGuid().ToString(), Title = $"Title {n}", Link = "https://example.com",
            Language = "en", State = (CampaignState)random.Next(5),
        }).ToList();
        db.AddRange(campaigns);
        await db.SaveChangesAsync();

        var prompts = (from campaign in campaigns from channel in channels where random.Next(4) > 0 select NewPrompt(random, campaign, channel)).ToList();
        db.AddRange(prompts);
        var stays = channels.SelectMany(channel => people.SelectMany(person => NewStays(random, channel, person))).ToList();
        db.AddRange(stays);
        var clicks = Enumerable.Range(0, random.Next(40)).Select(_ => new Click
        {
            ShareId = random.Next(1, 6), ConversationId = Pick(random, channels).Id, CampaignId = Pick(random, campaigns).Id,
            Network = random.Next(4) == 0 ? null : random.Next(2) == 0 ? "linkedin" : "x", At = Hour(random), UserAgentId = random.Next(1, 4),
            Class = random.Next(3) == 0 ? (int)ClickClass.Crawler : random.Next(7),
        }).ToList();
        db.AddRange(clicks);

        // The third is known by no row.
        if (!await db.UserAgents.AnyAsync())
        {
            db.AddRange(new UserAgent { Id = 1, Text = "one", Network = "slack" }, new UserAgent { Id = 2, Text = "two" });
        }

        await db.SaveChangesAsync();

        var ledger = Enumerable.Range(0, random.Next(60)).SelectMany(n => NewEvents(random, $"{seed}:{Guid.NewGuid()}:{n}", world, channels, campaigns, people)).ToList();
        await AppendAsync(world, ledger.OrderBy(_ => random.Next()).ToList());
        return (
            new DigestOracle(people, stays, campaigns, prompts, ledger.DistinctBy(e => e.Key).ToList(), clicks.ConvertAll(ByItsCrawler)),
            [.. channels.Select(c => c.Id)]);
    }

    /// <summary>With the network of the crawler where its agent says it.</summary>
    private static Click ByItsCrawler(Click click) => new()
    {
        ShareId = click.ShareId, ConversationId = click.ConversationId, CampaignId = click.CampaignId, Network = click.UserAgentId == 1 ? "slack" : click.Network, At = click.At, Class = click.Class,
    };

    private static Prompt NewPrompt(Random random, Campaign campaign, Conversation channel)
    {
        var posted = random.Next(4) > 0 ? Hour(random) : (DateTimeOffset?)null;
        return new Prompt
        {
            CampaignId = campaign.Id,
            ConversationId = channel.Id,
            StartsAt = posted ?? Hour(random),
            EndsAt = random.Next(3) == 0 ? Hour(random) : null,
            PostedAt = posted,
            EndedAt = posted is not null && random.Next(2) == 0 ? posted.Value.AddHours(random.Next(300)) : null,
        };
    }

    private static IEnumerable<Membership> NewStays(Random random, Conversation channel, Person person)
    {
        var at = DigestWorld.Monday.AddDays(-21).AddHours(random.Next(-200, 500));
        for (var stay = random.Next(3); stay > 0; stay--)
        {
            var left = at.AddHours(random.Next(1, 300));
            var stays = stay == 1 && random.Next(2) == 0;
            yield return new Membership { ConversationId = channel.Id, PersonId = person.Id, JoinedAt = at, LeftAt = stays ? null : left };
            at = left.AddHours(random.Next(1, 200));
        }
    }

    /// <summary>One event, perhaps delivered twice, perhaps withdrawn at the time it happened, perhaps done once more.</summary>
    private static IEnumerable<LedgerEvent> NewEvents(
        Random random, string key, DigestWorld world, List<Conversation> channels, List<Campaign> campaigns, List<Person> people)
    {
        var at = Hour(random);
        var (channel, campaign, person) = (Pick(random, channels), Pick(random, campaigns), Pick(random, people));
        var kind = (LedgerKind)random.Next(1, 9);
        var network = kind == LedgerKind.Opened && random.Next(3) > 0 ? random.Next(2) == 0 ? "linkedin" : "x" : null;
        LedgerEvent Entry(string suffix, int amount, DateTimeOffset happened) => new()
        {
            Key = key + suffix, WorkspaceId = world.Workspace.Id, ConversationId = channel.Id, CampaignId = campaign.Id, PersonId = person.Id, Kind = kind, Amount = amount,
            Network = network, At = happened, RecordedAt = happened.AddHours(random.Next(400)),
        };
        yield return Entry("+", 1, at);
        if (random.Next(5) == 0)
        {
            yield return Entry("+", 1, at);
        }

        if (random.Next(3) == 0)
        {
            yield return Entry("-", -1, at);
            if (random.Next(2) == 0)
            {
                yield return Entry("again", 1, at.AddHours(random.Next(100)));
            }
        }
    }

    private static async Task AppendAsync(DigestWorld world, List<LedgerEvent> entries)
    {
        await using var connection = await world.Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var statement in entries.Select(LedgerWriter.Statement))
        {
            await using var command = DigestSql.Command(connection, statement.Sql, [.. statement.Values.Select(value => value ?? DBNull.Value)]);
            command.Transaction = transaction;
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    /// <summary>From three weeks before Monday to ten days after.</summary>
    private static DateTimeOffset Hour(Random random) => DigestWorld.Monday.AddHours(random.Next(-21 * 24, 10 * 24));

    private static T Pick<T>(Random random, List<T> all) => all[random.Next(all.Count)];
}
