using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Slack.Rendering;

/// <summary>The few words that rendering itself says; registered when they are first needed.</summary>
internal static class RenderingTexts
{
    static RenderingTexts() => Texts.Register("SlackCards", "AdvocacyBot.Slack.Rendering.SlackCards", typeof(RenderingTexts).Assembly);

    public static Texts In(Language language) => Texts.In(language);
}
