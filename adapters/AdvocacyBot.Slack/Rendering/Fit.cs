namespace AdvocacyBot.Slack.Rendering;

/// <summary>Plain text that keeps a limit after it was made harmless, which can lengthen it.</summary>
internal static class Fit
{
    public static string Plain(string text, int most)
    {
        var plain = SlackText.Plain(text);
        for (var room = most; plain.Length > most; room -= Math.Max(1, plain.Length - most))
        {
            plain = SlackText.Plain(Cutter.Cut(text, Math.Max(1, room)));
            if (room <= 1)
            {
                break;
            }
        }

        return plain.Length == 0 ? "…" : plain;
    }
}
