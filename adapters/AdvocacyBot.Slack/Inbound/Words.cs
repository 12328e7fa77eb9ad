namespace AdvocacyBot.Slack.Inbound;

/// <summary>What somebody typed, as a command and what follows it.</summary>
internal static class Words
{
    public static (string First, string After) Split(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                return (text[..i], text[i..].TrimStart());
            }
        }

        return (text, "");
    }

    /// <summary>The same command in a message: <c>/advocate help</c>, or the command's name alone.</summary>
    public static (string First, string After) SplitMessage(string text)
    {
        var (first, rest) = Split(text.Trim());
        return first.Equals("/advocate", StringComparison.OrdinalIgnoreCase) ? Split(rest) : (first, rest);
    }
}
