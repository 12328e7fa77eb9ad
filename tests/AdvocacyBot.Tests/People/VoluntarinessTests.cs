using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Delivery;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OutboxRow = AdvocacyBot.Core.Data.Delivery;

namespace AdvocacyBot.Tests.People;

/// <summary>
/// What nobody may ever do to people, whatever the history: name somebody who did not agree to it, write unasked to somebody who said no, paused or left, in their
/// quiet hours, or more often than they want. The histories are made of what people do in chat, and of time.
/// </summary>
public sealed class VoluntarinessTests
{
    private const int Histories = 12;
    private const int Steps = 40;

    [Fact]
    public void No_history_makes_the_bot_write_to_somebody_against_their_will_or_name_them() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Histories),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Holds));

    // FsCheck judges what is there.
    private static bool Holds(int seed) => Task.Run(() => RunAsync(seed)).GetAwaiter().GetResult();

    private static async Task<bool> RunAsync(int seed)
    {
        await using var bot = await TestBot.StartAsync(services => services.AddScoped<INote, Reminder>().Insert(0, ServiceDescriptor.Scoped<IDeliveryContent, DirectPrompt>()));
        var history = new VoluntaryHistory(bot, new Random(seed));
        for (var step = 0; step < Steps; step++)
        {
            await history.StepAsync();
        }

        history.Check();
        return true;
    }

    /// <summary>A campaign's card for one person, where there is one; everything else is the product's.</summary>
    private sealed class DirectPrompt(IServiceProvider services, ContactRules rules, AdvocacyDb db, TimeProvider clock) : IDeliveryContent
    {
        public DeliveryKind Kind => DeliveryKind.Prompt;

        public async Task<DeliveryContent> BuildAsync(OutboxRow delivery, CancellationToken cancellationToken)
        {
            var content = await Product.BuildAsync(delivery, cancellationToken);
            if (delivery.PersonId is not { } person)
            {
                return content;
            }

            var campaign = await db.Campaigns.AsNoTracking().FirstAsync(c => c.Id == delivery.CampaignId, cancellationToken);
            var verdict = await rules.CheckAsync(person, Contact.Prompt(campaign), clock.GetUtcNow(), cancellationToken);
            return verdict switch
            {
                { IsAllowed: true } => new DeliveryContent.Post(Notice.Card(Texts.In(Language.English), campaign.Title), campaign.Title),
                { Until: { } until } => new DeliveryContent.Wait(until, verdict.Code),
                _ => new DeliveryContent.Skip(verdict.Code),
            };
        }

        public Task OnSentAsync(OutboxRow delivery, string messageId, CancellationToken cancellationToken) =>
            delivery.PersonId is null ? Product.OnSentAsync(delivery, messageId, cancellationToken) : Task.CompletedTask;

        private IDeliveryContent Product => services.GetServices<IDeliveryContent>().Last(content => content.Kind == DeliveryKind.Prompt);
    }

    /// <summary>An unasked message about nothing in particular, as personal notes are.</summary>
    private sealed class Reminder : INote
    {
        public IReadOnlyCollection<string> Topics => [VoluntaryHistory.Topic];

        public ContactPurpose Purpose => ContactPurpose.Note;

        public Task<NoteText?> BuildAsync(OutboxRow note, Person person, Texts texts, CancellationToken cancellationToken) =>
            Task.FromResult<NoteText?>(new NoteText(Notice.Card(texts, "unasked"), "unasked"));
    }
}
