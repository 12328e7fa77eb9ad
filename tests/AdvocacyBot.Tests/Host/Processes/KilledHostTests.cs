using System.Collections.Concurrent;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Sharing;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Web.Api;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Host.Processes;

/// <summary>
/// Kills the host ten times while people compose, publish, share, claim and react. What a person was told has happened, has happened, once; what was sent
/// again after a lost answer has happened once, too.
/// </summary>
public sealed class KilledHostTests
{
    private const int Lives = 10;
    private const string Thumb = "👍";
    private static readonly string[] Employees = ["alice", "ben", "chloe", "daniel"];

    private readonly ConcurrentDictionary<string, byte> drafted = new();
    private readonly ConcurrentDictionary<string, byte> published = new();
    private readonly ConcurrentDictionary<(string Person, string Title), byte> claimed = new();
    private readonly ConcurrentDictionary<(string Person, string Title), byte> reacted = new();
    private volatile bool over;

    [Theory]
    [InlineData(20261122)]
    public async Task Nothing_that_was_answered_is_lost_or_done_twice(int seed)
    {
        using var folder = new HostFolder();
        await using var mortal = new MortalHost(folder.Path);
        using var http = mortal.Client();
        var random = new Random(seed);
        await mortal.StartAsync();
        await new ChatPerson(http, "carmen").PublishAsync("Campaign 0!");
        published["Campaign 0!"] = 0;

        var people = Employees.Select(id => EmployeeAsync(new ChatPerson(http, id), new Random(random.Next()))).Append(CommsAsync(new ChatPerson(http, "carmen"))).ToList();
        for (var life = 0; life < Lives; life++)
        {
            var death = mortal.DieAfterAsync(random.Next(5, 60));

            // Nobody stops by themselves: whoever does has met something that they should not have.
            await await Task.WhenAny(people.Append(death));
            Assert.True(death.IsCompletedSuccessfully);
            await CheckAnsweredAsync(folder);
            await mortal.StartAsync();
        }

        over = true;
        await Task.WhenAll(people);
        var running = await folder.QueryAsync(db => db.Campaigns.Where(c => c.State == CampaignState.Running).Select(c => c.Title).ToListAsync());
        Assert.All(published.Keys, title => Assert.Contains(title, running));
        await Task.WhenAll(running.Select(title => new ChatPerson(http, "alice").AwaitPromptAsync(title)));
        await CheckAnsweredAsync(folder);
        await CheckOnceAsync(folder);
    }

    private async Task CommsAsync(ChatPerson carmen)
    {
        for (var i = 1; !over; i++)
        {
            var title = $"Campaign {i}!";
            var texts = await carmen.DraftAsync(title);

            // A repeated form whose answer was lost is answered with "outdated": it shows no form.
            if (texts.Form is null)
            {
                continue;
            }

            drafted[title] = 0;
            var done = await carmen.FinishAsync(texts.Form);
            if (ChatPerson.TextOf(done.Message).Contains("is on its way", StringComparison.Ordinal))
            {
                published[title] = 0;
            }
        }
    }

    private async Task EmployeeAsync(ChatPerson person, Random random)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (!over)
        {
            foreach (var title in published.Keys.Where(title => !done.Contains(title)))
            {
                if ((await person.ReadAsync(ChatJourneys.General)).FirstOrDefault(message => ChatJourneys.IsPrompt(message, title)) is not { } prompt)
                {
                    continue;
                }

                await ReactAsync(person, prompt, title, random);
                if (await ClaimAsync(person, prompt, title))
                {
                    done.Add(title);
                }
            }

            await person.SayAsync(ChatJourneys.General, "/advocate help");
        }
    }

    private async Task ReactAsync(ChatPerson person, MessageView prompt, string title, Random random)
    {
        if (reacted.ContainsKey((person.Id, title)))
        {
            return;
        }

        if (random.Next(2) == 0)
        {
            await person.ReactAsync(prompt, Thumb, added: true);
            await person.ReactAsync(prompt, Thumb, added: false);
        }

        await person.ReactAsync(prompt, Thumb, added: true);
        reacted[(person.Id, title)] = 0;
    }

    /// <returns>False where an answer was lost on the way and the person has to begin again.</returns>
    private async Task<bool> ClaimAsync(ChatPerson person, MessageView prompt, string title)
    {
        if (await person.ShareAsync(prompt) is not { } card
            || !AdvocacyBot.Tests.Infrastructure.CardReader.Actions(ChatPerson.CardOf(card)).OfType<AdvocacyBot.Core.Cards.ExecuteAction>().Any(a => a.Verb == ShareRoutes.Said))
        {
            return false;
        }

        // Impatient people press twice.
        await Task.WhenAll(person.PressAsync(card, ShareRoutes.Said), person.PressAsync(card, ShareRoutes.Said));
        claimed[(person.Id, title)] = 0;
        return true;
    }

    /// <summary>Everything that was answered by now is there.</summary>
    private async Task CheckAnsweredAsync(HostFolder folder)
    {
        var (drafts, claims, reactions) = (drafted.Keys.ToList(), claimed.Keys.ToList(), reacted.Keys.ToList());
        var titles = await folder.QueryAsync(db => db.Campaigns.Select(c => c.Title).ToListAsync());
        Assert.All(drafts, title => Assert.Contains(title, titles));
        var said = await CountAsync(folder, LedgerKind.Said);
        Assert.All(claims, claim => Assert.Equal(1, said[claim].Single()));
        var thumbs = await CountAsync(folder, LedgerKind.Reacted);
        Assert.All(reactions, reaction => Assert.Equal(1, thumbs[reaction].Sum()));
    }

    private static async Task<ILookup<(string Person, string Title), int>> CountAsync(HostFolder folder, LedgerKind kind) =>
        (await folder.QueryAsync(db =>
            (from e in db.Ledger
             join p in db.People on e.PersonId equals p.Id
             join c in db.Campaigns on e.CampaignId equals c.Id
             where e.Kind == kind
             select new { p.ExternalId, c.Title, e.Amount }).ToListAsync())).ToLookup(row => (row.ExternalId, row.Title), row => row.Amount);

    /// <summary>Every published campaign stands in its channel once, and nothing that is no campaign was posted.</summary>
    private async Task CheckOnceAsync(HostFolder folder)
    {
        Assert.NotEmpty(claimed);
        Assert.NotEmpty(reacted);
        var prompts = await folder.QueryAsync(db => db.Prompts.CountAsync());
        var deliveries = await folder.QueryAsync(db => db.Deliveries.Where(d => d.Kind == DeliveryKind.Prompt).ToListAsync());
        Assert.Equal(prompts, deliveries.Select(d => d.PromptId).Distinct().Count());
        Assert.All(deliveries, delivery => Assert.Equal(DeliveryState.Sent, delivery.State));
        await using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT "DeliveryId" FROM web_messages WHERE "DeliveryId" IS NOT NULL""";
        await using var reader = await command.ExecuteReaderAsync();
        var posted = new List<string>();
        while (await reader.ReadAsync())
        {
            posted.Add(reader.GetString(0));
        }

        Assert.Equal(deliveries.Select(d => d.PublicId.ToString("N")).Order(), posted.Order());
    }
}
