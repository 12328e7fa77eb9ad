using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Web.Chat;

/// <summary>What a line that somebody typed is.</summary>
internal abstract record Typed
{
    private Typed() { }

    /// <summary>A slash command; nobody else sees it.</summary>
    public sealed record Command(string Name, string Arguments) : Typed;

    /// <summary>A message for the channel.</summary>
    /// <param name="ToBot">What the bot is to hear of it; null: nothing.</param>
    public sealed record Message(Typed? ToBot) : Typed;

    /// <summary>Words to the bot that are no command.</summary>
    public sealed record Words(string Text) : Typed;

    private const string Slash = "/advocate";

    /// <param name="text">The line.</param>
    /// <param name="botNames">Names the bot listens to after an @.</param>
    /// <param name="personal">Typed in the person's own chat with the bot.</param>
    /// <param name="routes">Knows the commands: by mention and in a personal chat their names are enough.</param>
    public static Typed Read(string text, IReadOnlyList<string> botNames, bool personal, RouteTable routes)
    {
        var line = text.Trim();
        if (line.StartsWith('/'))
        {
            var (first, rest) = Split(line);
            if (!first.Equals(Slash, StringComparison.OrdinalIgnoreCase))
            {
                return new Command(first[1..].ToLowerInvariant(), rest);
            }

            var (name, arguments) = Split(rest);
            return new Command(name.ToLowerInvariant(), arguments);
        }

        var said = WithoutMention(line, botNames);
        if (said is null && !personal)
        {
            return new Message(null);
        }

        var (word, after) = Split(said ?? line);
        return new Message(routes.Command(word) is { } route ? new Command(route.Name, after) : new Words(said ?? line));
    }

    /// <returns>The text without the bot's name; null where it is not mentioned.</returns>
    private static string? WithoutMention(string text, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            var at = text.IndexOf('@' + name, StringComparison.OrdinalIgnoreCase);
            var end = at + 1 + name.Length;
            if (at >= 0 && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return $"{text[..at].TrimEnd()} {text[end..].TrimStart(' ', ',', ':')}".Trim();
            }
        }

        return null;
    }

    private static (string First, string After) Split(string text)
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
}
