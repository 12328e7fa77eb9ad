using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.BrowserTests.Reports;

/// <summary>Three months of a programme that grows, written into a fresh host's database: what a report has to show cannot be done through the chat in a minute.</summary>
internal static class PastYear
{
    private static readonly (string Title, string Language, ContentType Type)[] Stories =
    [
        ("Our new office opens its doors", "en", ContentType.News), ("We are hiring: three engineers", "en", ContentType.Job), ("שגרירי מותג: יום בחיים של צוות התמיכה", "he", ContentType.DayInTheLife),
        ("מחפשים מעצבת: חבר מביא חבר", "he", ContentType.Job), ("Customer story: =SUM of small things", "en", ContentType.CustomerStory), ("הדגמה: המוצר החדש ב־90 שניות", "he", ContentType.DemoVideo),
    ];

    private static readonly string[] Networks = ["linkedin", "x", "facebook", "whatsapp"];

    public static async Task WriteAsync(string file, DateTimeOffset now)
    {
        await using var db = new AdvocacyDb(new DbContextOptionsBuilder<AdvocacyDb>().UseSqlite($"Data Source={file};Pooling=False;Default Timeout=30").Options);
        var since = now.AddDays(-84);
        var sinceMs = since.ToUnixTimeMilliseconds();
        await db.Database.ExecuteSqlAsync($"""UPDATE memberships SET "JoinedAt" = {sinceMs}""");
        var workspace = await db.Workspaces.SingleAsync();
        var channel = await db.Conversations.FirstAsync(c => c.ExternalId == "general");
        var people = await db.People.OrderBy(p => p.Id).ToListAsync();
        var campaigns = Stories.Select((story, i) => new Campaign
        {
            WorkspaceId = workspace.Id, AuthorId = people[0].Id, Code = $"past{i}", State = CampaignState.Running, Title = story.Title, Language = story.Language, ContentType = story.Type,
            Link = "https://example.com/past", Networks = string.Join(',', Networks), CreatedAt = since, UpdatedAt = since, PublishedAt = since,
        }).ToList();
        db.AddRange(campaigns);
        await db.SaveChangesAsync();
        db.AddRange(campaigns.Select((campaign, i) => new Prompt
        {
            CampaignId = campaign.Id, ConversationId = channel.Id, StartsAt = since.AddDays(i * 13), PostedAt = since.AddDays(i * 13), EndedAt = i < 4 ? since.AddDays((i * 13) + 30) : null, MessageId = $"past{i}",
        }));
        for (var week = 0; week < 12; week++)
        {
            Week(db, week, since, channel, campaigns, people);
        }

        await db.SaveChangesAsync();
    }

    private static void Week(AdvocacyDb db, int week, DateTimeOffset since, Conversation channel, List<Campaign> campaigns, List<Person> people)
    {
        var campaign = campaigns[week / 2];
        foreach (var (n, person) in people.Take(2 + (week * 2 / 3)).Index())
        {
            var at = since.AddDays(week * 7).AddHours(30 + (n * 5));
            var (network, share) = (Networks[(n + week) % Networks.Length], (campaign.Id * 1000) + person.Id);
            LedgerEvent Entry(LedgerKind kind, string? on) => new()
            {
                Key = $"past:{kind}:{share}:{week}", WorkspaceId = channel.WorkspaceId, ConversationId = channel.Id, CampaignId = campaign.Id, PersonId = person.Id, ShareId = share, Kind = kind, Amount = 1,
                Network = on, At = at, RecordedAt = at,
            };
            db.Add(Entry(LedgerKind.Opened, network));
            if (n % 3 != 2)
            {
                db.Add(Entry(LedgerKind.Said, on: null));
            }

            if (n % 4 == 0)
            {
                db.Add(Entry(LedgerKind.Posted, on: null));
                db.Add(Entry(LedgerKind.Reacted, on: null));
            }

            for (var click = 0; click < 3 + (n * 2 % 7) + week; click++)
            {
                db.Add(new Click
                {
                    ShareId = share, ConversationId = channel.Id, CampaignId = campaign.Id, Network = network, At = at.AddMinutes(10 + click), UserAgentId = 0, Visitor = share + click,
                    Class = (int)(click == 0 ? ClickClass.Crawler : click == 1 && n % 2 == 0 ? ClickClass.Robot : ClickClass.Human), RuleVersion = 1,
                });
            }
        }
    }
}
