using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Leadership;

/// <summary>The message that opens the programme.</summary>
public sealed class KickoffCards(ActionTokens tokens)
{
    private const int LongestPolicy = 700;

    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(365);

    /// <param name="kickoff">What it says, in its author's words.</param>
    /// <param name="policy">The programme's policy, in the channel's language.</param>
    /// <param name="language">The channel's.</param>
    /// <param name="now">Buttons expire some time after it.</param>
    public AdaptiveCard Card(Kickoff kickoff, string policy, Language language, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(kickoff);
        ArgumentNullException.ThrowIfNull(policy);
        var t = Texts.In(language);
        var own = Language.First(kickoff.Language);
        return Notice.For(
            t,
            [
                .. OwnWords.In(
                    own,
                    language,
                    style: null,
                    new TextBlock(CardText.Escape(kickoff.Title)) { Weight = "Bolder", Size = "Large", Style = "heading" },
                    new TextBlock(CardText.Escape(kickoff.Text))),
                .. kickoff.SponsorMessage is { } message
                    ? SponsorCards.Words(kickoff.SponsorName ?? "", message, kickoff.SponsorImageUrl, kickoff.SponsorImageAlt, own, language)
                    : [],
                new TextBlock(t["Leadership.KickoffVoluntary"]),
                new TextBlock(t["Leadership.KickoffPolicy"]) { Weight = "Bolder", Style = "heading" },
                .. OwnWords.In(language, language, "emphasis", new TextBlock(CardText.Escape(Short(policy)))),
                new TextBlock(t["Leadership.KickoffBegin"]),
            ],
            [Button(t["Sharing.Join"], Me.JoinVerb) with { Style = "positive" }, Button(t["Leadership.KickoffContent"], LeadershipRoutes.Content)]);

        ExecuteAction Button(string title, string verb) => new()
        {
            Title = title,
            Verb = verb,
            Data = new ActionData(tokens.Protect(new ActionToken(verb, 0, kickoff.Id, 0, 0, "", now + ButtonLifetime))),
        };
    }

    // All of it is shown to whoever joins.
    private static string Short(string policy) =>
        policy.Length <= LongestPolicy ? policy : policy[..(char.IsHighSurrogate(policy[LongestPolicy - 2]) ? LongestPolicy - 2 : LongestPolicy - 1)].TrimEnd() + "…";
}
