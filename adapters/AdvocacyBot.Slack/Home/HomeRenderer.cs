using AdvocacyBot.Core.Localization;
using AdvocacyBot.Slack.Rendering;
using AdvocacyBot.Slack.Rendering.Blocks;

namespace AdvocacyBot.Slack.Home;

/// <summary>The Home tab's view: its cards with lines between them.</summary>
internal static class HomeRenderer
{
    /// <param name="content">What stands on it.</param>
    /// <param name="texts">The person's language.</param>
    public static View Render(HomeContent content, Texts texts)
    {
        var buttons = new ButtonBlocks();
        var blocks = new List<Block>();
        foreach (var card in content.Sections)
        {
            if (blocks.Count > 0)
            {
                blocks.Add(new DividerBlock());
            }

            blocks.AddRange(new CardBlocks(card, fields: null, buttons).Body(card.Body));
            blocks.AddRange(buttons.Of(card.Actions));
        }

        return new View(View.Home, ViewRenderer.Fitting(blocks, texts.Language));
    }
}
