using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using OutboxRow = AdvocacyBot.Core.Data.Delivery;

namespace AdvocacyBot.Tests.People;

/// <summary>
/// People who join, leave, pause, say no and change their minds, comms who prompt and remind them all the time, and a book kept beside the bot of what each of them
/// wants, by which every message that goes out is judged when it goes.
/// </summary>
internal sealed class VoluntaryHistory(TestBot bot, Random random)
{
    public const string Topic = "test.unasked";
    private const int MostUnlessChosen = 5;
    private static readonly DayOfWeek[] Week = Enum.GetValues<DayOfWeek>();
    private readonly Dictionary<string, Wishes> people = new(StringComparer.Ordinal)
    {
        ["e1"] = new("Employee 1", "Europe/London"), ["e2"] = new("Employee 2", "Asia/Tokyo"), ["h1"] = new("עובדת 1", "America/New_York"),
    };

    private readonly List<AdaptiveCard> prompts = [];
    private readonly List<string> wrongs = [];
    private int judged;
    private int edited;
    private int direct;
    private int campaigns;

    private DateTimeOffset Now => bot.Clock.GetUtcNow();

    /// <summary>Something happens, and the outbox is emptied.</summary>
    public async Task StepAsync()
    {
        if (campaigns == 0)
        {
            await bot.QueryAsync(async db =>
            {
                foreach (var (id, wishes) in people)
                {
                    await db.People.Where(p => p.ExternalId == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.TimeZone, wishes.Zone));
                }

                return 0;
            });
            await PublishAsync();
        }

        var who = people.Keys.ElementAt(random.Next(people.Count));
        switch (random.Next(12))
        {
            case 0:
                await PublishAsync();
                break;
            case 1 or 2:
                await WriteToAllAsync();
                break;
            case 3:
                await LeaveAsync(who);
                break;
            case 4 or 5:
                await ShareAsync(who);
                break;
            case 6:
                await PauseAsync(who);
                break;
            case 7:
                await ChooseAsync(who);
                break;
            case 8:
                await DeclineAsync(who);
                break;
            case 9:
                await SuggestAsync(who);
                break;
            case 10:
                await DigestAsync();
                break;
            default:
                break;
        }

        // At once or only later, as on a busy host: then it is judged by what people want by then.
        if (random.Next(2) == 0)
        {
            await SendAsync();
        }

        bot.Clock.Advance(TimeSpan.FromMinutes(random.Next(20, 30 * 60)));
        await SendAsync();
    }

    public void Check()
    {
        Assert.True(wrongs.Count == 0, string.Join('\n', wrongs));
        Assert.True(judged > 5, $"Only {judged} messages went out.");
        Assert.True(direct > 0, "Nobody was written to.");
    }

    private async Task PublishAsync()
    {
        campaigns++;
        prompts.Add(await bot.PublishAsync($"News {campaigns}"));
    }

    /// <summary>Comms are not shy: everybody gets every campaign, and is reminded of nothing in particular.</summary>
    private Task<int> WriteToAllAsync() => bot.QueryAsync(async db =>
    {
        var campaign = await db.Campaigns.OrderByDescending(c => c.Id).FirstAsync(c => c.State == CampaignState.Running);
        var prompt = await db.Prompts.FirstAsync(p => p.CampaignId == campaign.Id);
        foreach (var person in await db.People.Where(p => people.Keys.Contains(p.ExternalId)).ToListAsync())
        {
            foreach (var kind in new[] { DeliveryKind.Prompt, DeliveryKind.Note })
            {
                db.Deliveries.Add(new OutboxRow
                {
                    PublicId = Guid.NewGuid(), WorkspaceId = campaign.WorkspaceId, ConversationId = prompt.ConversationId, Kind = kind, Key = Guid.NewGuid().ToString(),
                    CampaignId = kind == DeliveryKind.Prompt ? campaign.Id : null, PromptId = kind == DeliveryKind.Prompt ? prompt.Id : null, PersonId = person.Id,
                    Topic = kind == DeliveryKind.Note ? Topic : null, SubjectId = kind == DeliveryKind.Note ? 1 : null, NotBefore = Now, CreatedAt = Now, UpdatedAt = Now,
                });
            }
        }

        return await db.SaveChangesAsync();
    });

    private async Task LeaveAsync(string who)
    {
        await bot.DispatchAsync(await bot.PressOfAsync(who, "me.leave", 0));
        people[who] = people[who] with { Left = true, Named = false, Credited = false };
    }

    private async Task ShareAsync(string who)
    {
        var prompt = prompts[random.Next(prompts.Count)];
        var named = random.Next(2) == 0;
        if (await bot.PressAsync(who, prompt, "share") is OpenFormReply join)
        {
            await bot.SubmitAsync(who, join.Form, "join", ("agree", "true"), ("appear", named ? "true" : "false"));
            people[who] = people[who] with { Left = false, Named = named };
        }

        var card = CardReader.Card(await bot.PressAsync(who, prompt, "share"));
        if (CardReader.Actions(card).OfType<ExecuteAction>().Any(action => action.Verb == "share.said"))
        {
            await bot.PressAsync(who, card, "share.said");
        }
    }

    private async Task PauseAsync(string who)
    {
        var until = Today(who).AddDays(random.Next(1, 12));
        var form = CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync(who, "me.pause", 0)));
        await bot.SubmitAsync(who, form, "pause", ("until", until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        people[who] = people[who] with { PausedUntil = until };
    }

    private async Task ChooseAsync(string who)
    {
        var (from, to, most, named) = (random.Next(24), random.Next(24), random.Next(4), random.Next(2) == 0);
        to = from == to ? (to + 1) % 24 : to;
        var day = Week[random.Next(7)];
        var form = CardReader.Form(await bot.DispatchAsync(await bot.PressOfAsync(who, "me.settings", 0)));
        await bot.SubmitAsync(
            who, form, "save", ("quietFrom", $"{from:00}:00"), ("quietTo", $"{to:00}:00"), ("quietDays", day.ToString()),
            ("prompts", most.ToString(CultureInfo.InvariantCulture)), ("appear", named ? "true" : "false"));
        people[who] = people[who] with { Quiet = (from, to, day), Most = most, Named = named, Credited = people[who].Credited && (named || !people[who].Named) };
    }

    private async Task DeclineAsync(string who)
    {
        var prompt = prompts[^1];
        await bot.PressAsync(who, prompt, "share.decline");
        people[who].Declined.Add(campaigns);
    }

    private async Task SuggestAsync(string who)
    {
        campaigns++;
        var (named, title) = (random.Next(2) == 0, $"News {campaigns}");
        await bot.SuggestAsync(who, $"https://example.com/{campaigns}", named, ("title", title));
        people[who] = people[who] with { Credited = people[who].Credited || named };
        await SendAsync();
        var content = await bot.PressAsync("carmen", CardReader.Card(await bot.CommandAsync("carmen", "approve")), "suggestion.approve");
        var preview = await bot.FinishComposingAsync("carmen", CardReader.Form(content), title, link: $"https://example.com/{campaigns}");
        await bot.SubmitAsync("carmen", preview, "publish");
        await SendAsync();
        prompts.Add(bot.Sender.Sent.Last(sent => sent.Message.Recipient is null && CardReader.Text(sent.Message.Card).Contains(title, StringComparison.Ordinal)).Message.Card);
    }

    private async Task DigestAsync()
    {
        var shown = CardReader.Card(await bot.CommandAsync("carmen", "digest"));
        if (CardReader.Actions(shown).OfType<ExecuteAction>().Any(action => action.Verb == "digest.post"))
        {
            await bot.PressAsync("carmen", shown, "digest.post");
        }
    }

    private async Task SendAsync()
    {
        await bot.SendOutboxAsync();
        for (; judged < bot.Sender.Sent.Count; judged++)
        {
            await JudgeAsync(bot.Sender.Sent[judged].Message);
        }

        for (; edited < bot.Sender.Updated.Count; edited++)
        {
            JudgeNames(bot.Sender.Updated[edited].Message);
        }
    }

    private async Task JudgeAsync(OutboundMessage message)
    {
        if (message.Recipient is null)
        {
            JudgeNames(message);
            return;
        }

        if (!people.TryGetValue(message.Recipient.Id, out var wishes))
        {
            return;
        }

        direct++;
        var delivery = await bot.QueryAsync(db => db.Deliveries.SingleAsync(d => d.PublicId == message.DeliveryId));
        var said = $"{message.Recipient.Id} got {delivery.Kind} {delivery.Topic} at {Local(message.Recipient.Id):ddd HH:mm} local";
        Wrong(IsQuiet(message.Recipient.Id, wishes), $"{said} in quiet hours {wishes.Quiet}");
        if (delivery.Kind == DeliveryKind.Note && delivery.Topic != Topic)
        {
            return;
        }

        Wrong(wishes.Left, $"{said} after leaving");
        Wrong(wishes.PausedUntil > Today(message.Recipient.Id), $"{said}, paused until {wishes.PausedUntil}");
        if (delivery.Kind == DeliveryKind.Prompt)
        {
            var title = await bot.QueryAsync(db => db.Campaigns.Where(c => c.Id == delivery.CampaignId).Select(c => c.Title).SingleAsync());
            wishes.Prompted.Add(Now);
            Wrong(wishes.Declined.Contains(int.Parse(title.Split(' ')[1], CultureInfo.InvariantCulture)), $"{said} about {title} after 'not for me'");
            Wrong(wishes.Prompted.Count(at => at > Now.AddDays(-7)) > (wishes.Most ?? MostUnlessChosen), $"{said} above the limit of {wishes.Most}");
        }
    }

    private void JudgeNames(OutboundMessage message)
    {
        if (message.Recipient is not null)
        {
            return;
        }

        var text = CardReader.Text(message.Card) + message.Summary;
        foreach (var (id, wishes) in people)
        {
            Wrong(!wishes.Named && !wishes.Credited && text.Contains(wishes.Name, StringComparison.Ordinal), $"A message names {id}: {text}");
        }
    }

    private void Wrong(bool isWrong, string what)
    {
        if (isWrong)
        {
            wrongs.Add(what);
        }
    }

    private DateTime Local(string who) => TimeZoneInfo.ConvertTime(Now, TimeZoneInfo.FindSystemTimeZoneById(people[who].Zone)).DateTime;

    private DateOnly Today(string who) => DateOnly.FromDateTime(Local(who));

    private bool IsQuiet(string who, Wishes wishes)
    {
        if (wishes.Quiet is not var (from, to, day))
        {
            return false;
        }

        var local = Local(who);
        return local.DayOfWeek == day || (from < to ? local.Hour >= from && local.Hour < to : local.Hour >= from || local.Hour < to);
    }

    /// <summary>What a person wants, as they said last.</summary>
    private sealed record Wishes(string Name, string Zone)
    {
        public bool Left { get; init; }

        public DateOnly? PausedUntil { get; init; }

        public (int From, int To, DayOfWeek Day)? Quiet { get; init; }

        public int? Most { get; init; }

        /// <summary>Agreed to be thanked by name.</summary>
        public bool Named { get; init; }

        /// <summary>Agreed to be named with a suggestion.</summary>
        public bool Credited { get; init; }

        /// <summary>Numbers of campaigns.</summary>
        public HashSet<int> Declined { get; } = [];

        public List<DateTimeOffset> Prompted { get; } = [];
    }
}
