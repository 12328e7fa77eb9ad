using AdvocacyBot.Core.Cards;

namespace AdvocacyBot.Slack.Home;

/// <summary>What stands on a person's Home tab, one card below the other: the same cards that the commands answer, where there is one.</summary>
internal sealed record HomeContent(IReadOnlyList<AdaptiveCard> Sections);
