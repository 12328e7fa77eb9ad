using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Digests;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using NodaTime;

namespace AdvocacyBot.Benchmarks.Interactions;

/// <summary>A digest of a good week.</summary>
internal static class SampleDigest
{
    public static AdaptiveCard Card()
    {
        var period = DigestWeek.Period("Europe/London", new LocalDate(2026, 11, 16), Instant.FromUtc(2026, 11, 23, 9, 0));
        var numbers = new DigestNumbers
        {
            ConversationId = 1,
            GroupSize = 120,
            Rate = new DigestRate(34, 120),
            RateBefore = new DigestRate(28, 118),
            Acted = 34,
            Sharers = 29,
            Reactors = 12,
            Opened = new DigestRung(29, 41),
            Said = new DigestRung(25, 33),
            Posted = new DigestRung(6, 7),
            Fetched = 19,
            Clicked = 412,
            Reactions = 23,
            BestCampaigns = [new CampaignResult(1, "Our new office", 20, 250), new CampaignResult(2, "We are hiring", 9, 120), new CampaignResult(3, "A day in the life", 5, 42)],
            NewCampaigns = [new CampaignName(1, "Our new office"), new CampaignName(2, "We are hiring")],
            Thanked = ["Alice Bennett", "Ben Carter"],
            Coming = [new ComingCampaign(4, "The spring release", new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero))],
            Newest = new RunningCampaign(2, 2, "We are hiring"),
        };
        return new DigestCards(new ActionTokens(new byte[32], TimeProvider.System), TimeProvider.System).Build(numbers, period, "Europe/London", Texts.In(Language.English)).Card;
    }
}
