using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Ledger;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Reports.RollUp;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Evidence;

/// <summary>
/// A random life of the programme of <see cref="TestData"/> over the forty days before now, at full hours: people who come, go and come back, campaigns that open
/// and close, shares with undo, entries delivered twice and entries written long after they happened, visits of all kinds, applicants and leads with reversals,
/// goals, costs, another time zone, somebody who is erased, and in the midst of it, perhaps, the summing up for the report.
/// </summary>
internal sealed class RandomHistory(TestBot bot, int seed)
{
    private const int Hours = 40 * 24;

    private static readonly string[] Zones = ["Europe/London", "Asia/Jerusalem", "Asia/Kolkata", "America/New_York", "Pacific/Auckland"];
    private static readonly string?[] Networks = ["linkedin", "x", "facebook", "copy", null];
    private static readonly string[] Currencies = ["EUR", "ILS"];

    private static readonly LedgerKind[] Kinds = [LedgerKind.Opened, LedgerKind.Said, LedgerKind.Posted, LedgerKind.Reacted, LedgerKind.Declined, LedgerKind.Suggested];

    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "LinkedInBot/1.0", "facebookexternalhit/1.1", "Twitterbot/1.0", "Slackbot-LinkExpanding 1.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1)",
    ];

    private readonly Random random = new(seed);
    private List<Conversation> channels = [];
    private List<Person> people = [];
    private List<Campaign> campaigns = [];
    private List<Share> links = [];
    private List<UserAgent> agents = [];

    private static DateTimeOffset Now => TestData.Now;

    public async Task WriteAsync()
    {
        await using var db = await bot.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync();
        await PeopleAsync(db);
        await CampaignsAsync(db);
        db.AddRange(Many(60).Select(_ => Visit()));
        db.AddRange(Many(20).Select(Converted));
        await db.SaveChangesAsync();
        await GoalsAsync(db);
        var entries = Many(60).SelectMany(Happened).OrderBy(_ => random.Next()).ToList();
        await AppendAsync(entries[..(entries.Count / 2)]);
        var early = random.Next(2) == 0;
        if (early)
        {
            await MoveAsync(db);
        }

        // Some of it is summed up for the report before the rest comes in.
        if (random.Next(3) > 0)
        {
            await bot.Services.GetRequiredService<RollUp>().RunAsync(patience: null, CancellationToken.None);
        }

        await AppendAsync(entries[(entries.Count / 2)..]);
        db.AddRange(Many(20).Select(_ => Visit()));
        await db.SaveChangesAsync();
        var left = Hour();
        await db.Memberships.Where(m => m.LeftAt == null && m.JoinedAt < left && m.Id % 7 == 0).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeftAt, left));
        if (!early)
        {
            await MoveAsync(db);
        }

        if (random.Next(2) == 0)
        {
            await EraseAsync(people.First(p => p.ExternalId == "e6").Id);
        }
    }

    private Task MoveAsync(AdvocacyDb db) => db.Workspaces.ExecuteUpdateAsync(set => set.SetProperty(w => w.TimeZone, Pick(Zones)));

    private async Task EraseAsync(long person)
    {
        await using var scope = bot.Services.CreateAsyncScope();
        await using var transaction = await scope.ServiceProvider.GetRequiredService<AdvocacyDb>().Database.BeginTransactionAsync();
        Assert.Equal(EraseOutcome.Erased, await scope.ServiceProvider.GetRequiredService<ErasePerson>().RunAsync(person, actorId: null, Now, CancellationToken.None));
        await transaction.CommitAsync();
    }

    private async Task PeopleAsync(AdvocacyDb db)
    {
        channels = await db.Conversations.OrderBy(c => c.Id).ToListAsync();
        people = await db.People.OrderBy(p => p.Id).ToListAsync();
        foreach (var person in people.Where(p => p.Roles == Roles.None && random.Next(6) == 0))
        {
            person.Reachable = false;
        }

        // Sometimes a programme of four.
        var small = random.Next(5) == 0;
        foreach (var stay in await db.Memberships.ToListAsync())
        {
            stay.LeftAt = small && people.FindIndex(p => p.Id == stay.PersonId) > 3 ? stay.JoinedAt.AddHours(1) : random.Next(3) == 0 ? Hour() : null;
            if (stay.LeftAt <= stay.JoinedAt)
            {
                stay.LeftAt = stay.JoinedAt.AddHours(1);
            }

            if (!small && stay.LeftAt is { } left && left.AddHours(random.Next(1, 100)) is var back && back < Now)
            {
                db.Add(new Membership { ConversationId = stay.ConversationId, PersonId = stay.PersonId, JoinedAt = back });
            }
        }

        await db.SaveChangesAsync();
    }

    private async Task CampaignsAsync(AdvocacyDb db)
    {
        campaigns = [.. Many(4).Append(0).Select(n => new Campaign
        {
            WorkspaceId = channels[0].WorkspaceId, AuthorId = people[1].Id, Code = $"c{n}-{Guid.NewGuid():N}", Title = $"Campaign {n}", Link = "https://example.com", Language = "en",
            State = (CampaignState)random.Next(1, 5), ContentType = (ContentType)random.Next(11), Networks = "linkedin,x",
        })];
        db.AddRange(campaigns);
        await db.SaveChangesAsync();
        foreach (var campaign in campaigns)
        {
            foreach (var channel in channels.Where(_ => random.Next(4) > 0))
            {
                var posted = random.Next(5) > 0 ? Hour() : (DateTimeOffset?)null;
                db.Add(new Prompt
                {
                    CampaignId = campaign.Id, ConversationId = channel.Id, StartsAt = posted ?? Now.AddDays(1), PostedAt = posted,
                    EndedAt = posted is not null && posted.Value.AddHours(random.Next(1, 300)) is var ended && ended < Now ? ended : null,
                });
            }
        }

        links = [.. from campaign in campaigns from person in people where random.Next(2) == 0 select new Share
        {
            WorkspaceId = campaign.WorkspaceId, CampaignId = campaign.Id, ConversationId = Pick(channels).Id, PersonId = person.Id, Text = "", Language = "en",
            Code = LinkCode.New(), PrivateCode = LinkCode.New() + LinkCode.New(), CreatedAt = Hour(),
        }];
        db.AddRange(links);

        // Some as an older version left them, without a network.
        agents = [.. Agents.Select((text, n) => new UserAgent { Id = n + 1, Text = text, Network = random.Next(4) == 0 ? null : ClickRule.Load().Judge(text).Network, RuleVersion = 1 })];
        db.AddRange(agents);
        await db.SaveChangesAsync();
    }

    private Click Visit()
    {
        var share = links.Count == 0 ? null : Pick(links);
        return new Click
        {
            ShareId = share?.Id ?? 1, ConversationId = share?.ConversationId ?? channels[0].Id, CampaignId = share?.CampaignId ?? campaigns[0].Id, Network = Pick(Networks), At = Hour(),
            UserAgentId = random.Next(10) == 0 ? 999 : Pick(agents).Id, Visitor = random.Next(4), Class = random.Next(2) == 0 ? (int)ClickClass.Human : random.Next(7), RuleVersion = 1,
        };
    }

    private Conversion Converted(int n)
    {
        var share = links.Count == 0 || random.Next(4) == 0 ? null : Pick(links);
        return new Conversion
        {
            WorkspaceId = channels[0].WorkspaceId, ExternalId = $"A-{n}", Type = random.Next(8) == 0 ? null : (ConversionType)random.Next(2), At = Hour(), RecordedAt = Now,
            ShareId = share?.Id, PersonId = share?.PersonId, CampaignId = share?.CampaignId, ConversationId = share?.ConversationId,
            ReversedAt = random.Next(4) == 0 ? Now : null,
        };
    }

    /// <summary>One thing that happened, perhaps delivered twice, perhaps taken back at the time it happened, perhaps done once more.</summary>
    private IEnumerable<LedgerEvent> Happened(int n)
    {
        var kind = Pick(Kinds);
        var share = links.Count > 0 && kind is (LedgerKind.Opened or LedgerKind.Said or LedgerKind.Posted) ? Pick(links) : null;
        var (person, channel, campaign) = (Pick(people).Id, Pick(channels).Id, kind == LedgerKind.Suggested ? 0 : Pick(campaigns).Id);
        var network = kind == LedgerKind.Opened ? Pick(Networks) : null;
        var at = Hour();
        LedgerEvent Entry(string suffix, int amount, DateTimeOffset happened) => new()
        {
            Key = $"{seed}:{n}{suffix}", WorkspaceId = channels[0].WorkspaceId, ConversationId = share?.ConversationId ?? channel, CampaignId = share?.CampaignId ?? campaign,
            PersonId = share?.PersonId ?? person, ShareId = share?.Id, Kind = kind, Amount = amount, Network = network, At = happened, RecordedAt = happened.AddHours(random.Next(400)),
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
                yield return Entry("again", 1, at.AddHours(random.Next(50)));
            }
        }
    }

    private async Task AppendAsync(List<LedgerEvent> entries)
    {
        var writer = bot.Services.GetRequiredService<LedgerWriter>();
        foreach (var some in entries.Chunk(7))
        {
            await writer.AppendAsync(some, CancellationToken.None);
        }
    }

    private async Task GoalsAsync(AdvocacyDb db)
    {
        foreach (var kind in Enum.GetValues<GoalKind>().Concat(Enum.GetValues<GoalKind>()))
        {
            var first = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(random.Next(-40, 3));
            db.Add(new Goal
            {
                WorkspaceId = channels[0].WorkspaceId, CampaignId = random.Next(3) == 0 ? Pick(campaigns).Id : null, Kind = kind,
                Target = kind == GoalKind.ParticipationRate ? random.Next(1, 1001) / 10m : random.Next(1, 30), Currency = kind == GoalKind.EarnedMediaValue ? Pick(Currencies) : null,
                StartsOn = $"{first:yyyy-MM-dd}", EndsOn = $"{first.AddDays(random.Next(0, 60)):yyyy-MM-dd}", CreatedAt = Now,
            });
        }

        var opened = random.Next(2) == 0;
        foreach (var network in new[] { "*", "linkedin", "x" }.Where(_ => random.Next(2) == 0))
        {
            db.Add(new ClickCost { WorkspaceId = channels[0].WorkspaceId, Currency = "EUR", Network = network, Cost = random.Next(0, 40_000) / 10_000m, CountsOpened = opened });
        }

        await db.SaveChangesAsync();
    }

    private IEnumerable<int> Many(int most) => Enumerable.Range(1, random.Next(most + 1));

    private DateTimeOffset Hour() => Now.AddHours(-random.Next(1, Hours));

    private T Pick<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
