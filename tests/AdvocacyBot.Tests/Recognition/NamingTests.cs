using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Recognition;

/// <summary>Whatever happened before: no message names somebody who did not agree to be named in it.</summary>
public sealed class NamingTests
{
    private const int Histories = 6;
    private const int Steps = 30;
    private static readonly string[] People = ["e1", "e2", "e3", "e4", "e5", "e6"];

    [Fact]
    public void No_message_names_somebody_who_did_not_agree() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Histories),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), async seed =>
        {
            await using var bot = await TestBot.StartAsync();
            await bot.GiveAsync("e6", Roles.Sponsor);
            await AllowBoardsAsync(bot);
            await new History(bot, new Random(seed)).LiveAsync(Steps);
        }));

    private static async Task AllowBoardsAsync(TestBot bot)
    {
        var form = CardReader.Form(await bot.PressAsync("olivia", CardReader.Card(await bot.CommandAsync("olivia", "rewards")), "recognition.settings"));
        await bot.SubmitAsync("olivia", form, "save", ("boards", "true"));
    }

    private sealed class History(TestBot bot, Random random)
    {
        private readonly List<AdaptiveCard> prompts = [];
        private int campaigns;
        private int sent;
        private int updated;

        public async Task LiveAsync(int steps)
        {
            await PublishAsync();
            for (var step = 0; step < steps; step++)
            {
                await StepAsync(Any(People));
                await CheckAsync();
            }

            bot.Clock.Advance(TimeSpan.FromDays(8));
            await CheckAsync();
        }

        private async Task StepAsync(string person)
        {
            switch (random.Next(10))
            {
                case 0:
                    await PublishAsync();
                    break;
                case 1 or 2:
                    var card = await bot.ShareAsync(person, Any(prompts), byName: random.Next(2) == 0);
                    if (Has(card, "share.said"))
                    {
                        card = CardReader.Card(await bot.PressAsync(person, card, "share.said"));
                    }

                    if (random.Next(3) == 0)
                    {
                        await bot.PressAsync(person, card, "share.undo");
                    }

                    break;
                case 3:
                    await bot.SuggestAsync(person, $"https://example.com/{random.Next()}", byName: random.Next(2) == 0, ("title", $"Idea {random.Next()}"));
                    break;
                case 4 or 5:
                    await ThankAsync(person, Any(People));
                    break;
                case 6:
                    foreach (var note in bot.NotesTo(person).Where(note => Has(note, "thanks.show")))
                    {
                        await bot.PressAsync(person, note, "thanks.show");
                    }

                    break;
                case 7:
                    await ChooseAsync(person);
                    break;
                case 8:
                    await SetAppearAsync(person, random.Next(2) == 0);
                    break;
                default:
                    await bot.DispatchAsync(await bot.PressOfAsync(person, "me.leave", 1));
                    break;
            }

            bot.Clock.Advance(TimeSpan.FromHours(random.Next(40)));
        }

        private async Task PublishAsync() => prompts.Add(await bot.PublishAsync($"Campaign {++campaigns}"));

        private async Task ThankAsync(string from, string to)
        {
            if (from != to && await bot.CommandAsync(from, $"thanks Employee {to[1]} for your help") is OpenFormReply form)
            {
                await bot.SubmitAsync(from, form.Form, "send", ("public", random.Next(3) > 0 ? "true" : "false"));
            }
        }

        private async Task ChooseAsync(string person)
        {
            var badges = CardReader.Card(await bot.CommandAsync(person, "badges"));
            if (await bot.PressAsync(person, badges, "recognition.choose") is OpenFormReply form)
            {
                await bot.SubmitAsync(person, form.Form, "save", ("weekly", "true"), ("board", random.Next(3) > 0 ? "true" : "false"));
            }
        }

        private async Task SetAppearAsync(string person, bool appear)
        {
            if (await bot.DispatchAsync(await bot.PressOfAsync(person, "me.settings", 1)) is OpenFormReply form)
            {
                await bot.SubmitAsync(person, form.Form, "save", ("appear", appear ? "true" : "false"));
            }
        }

        /// <summary>Sends what is due, one after the other, and looks at everything that came out of it.</summary>
        private async Task CheckAsync()
        {
            await bot.Services.GetRequiredService<PlanDigests>().RunAsync(CancellationToken.None);
            await bot.Services.GetRequiredService<PlanWeeklyNotes>().RunAsync(CancellationToken.None);
            await bot.Services.GetRequiredService<PlanMonthlyNotes>().RunAsync(CancellationToken.None);
            await bot.SendOutboxAsync();
            var all = await bot.QueryAsync(db => db.People.AsNoTracking().ToListAsync());
            var thanks = await bot.QueryAsync(db => db.Thanks.AsNoTracking().ToListAsync());
            var credits = await bot.QueryAsync(db => db.SuggestionCredits.AsNoTracking().Where(c => c.ByName && c.WithdrawnAt == null).Select(c => c.PersonId).ToListAsync());
            var choices = await bot.QueryAsync(db => db.RecognitionChoices.AsNoTracking().ToDictionaryAsync(c => c.PersonId));

            // In a channel: who wants to be named, who agreed to this thanks or said it in the channel, and who wants the credit.
            var inChannels = Ids(all.Where(p => p is { AppearByName: true, ConsentedAt: not null }))
                .Concat(thanks.Where(x => x is { Public: true, HiddenAt: null }).SelectMany(x => x.AgreedAt is null ? [x.FromId] : new[] { x.FromId, x.ToId }))
                .Concat(credits).ToHashSet();
            foreach (var (message, _) in bot.Sender.Sent.Skip(sent).Concat(bot.Sender.Updated.Skip(updated)))
            {
                var mayBeNamed = inChannels;
                if (message.Recipient is { } reader)
                {
                    var id = IdOf(all, reader.Id);
                    mayBeNamed = [.. Ids(all.Where(p => p is { AppearByName: true, ConsentedAt: not null })), .. thanks.Where(x => x.ToId == id).Select(x => x.FromId), id];
                }

                AssertNames(CardReader.Text(message.Card) + message.Summary + message.Card.Speak, all, mayBeNamed);
            }

            (sent, updated) = (bot.Sender.Sent.Count, bot.Sender.Updated.Count);
            var agreed = Ids(all.Where(p => Leaderboard.Agreed(choices.GetValueOrDefault(p.Id), p.ConsentedAt))).ToHashSet();
            AssertNames(CardReader.Text(await bot.CommandAsync("carmen", "leaderboard")), all, agreed.Count >= 5 ? agreed : new HashSet<long>());
            AssertNames(CardReader.Text(await bot.CommandAsync("carmen", "leaderboard teams")), all, new HashSet<long>());
            AssertNames(CardReader.Text(await bot.CommandAsync("carmen", "digest month")), all, new HashSet<long>());
            AssertNames(CardReader.Text(await bot.CommandAsync("carmen", "digest")), all, inChannels);
        }

        private static bool Has(AdaptiveCard card, string verb) => CardReader.Actions(card).OfType<ExecuteAction>().Any(button => button.Verb == verb);

        private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

        private static IEnumerable<long> Ids(IEnumerable<Person> of) => of.Select(p => p.Id);

        private static long IdOf(IEnumerable<Person> all, string externalId) => all.Single(p => p.ExternalId == externalId).Id;

        private static void AssertNames(string text, IEnumerable<Person> all, IReadOnlySet<long> mayBeNamed) => Assert.All(
            all.Where(p => !mayBeNamed.Contains(p.Id) && p.Roles != Roles.Comms), p => Assert.DoesNotContain(p.Name, text, StringComparison.Ordinal));
    }
}
