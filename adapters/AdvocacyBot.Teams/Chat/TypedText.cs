using System.Text.RegularExpressions;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Chat;

/// <summary>What a message says to the bot.</summary>
internal abstract partial record TypedText
{
    private TypedText() { }

    public sealed record Command(string Name, string Arguments) : TypedText;

    /// <summary>Words that are no command.</summary>
    public sealed record Words(string Text) : TypedText;

    private const string Prefix = "advocate";
    private const string Help = "help";

    /// <summary>
    /// By mention and in the personal chat the command's name is enough. A slash command arrives as a message whose recipient is targeted
    /// (msteams-docs agents-in-teams/agent-slash-commands.md): with or without the slash, with or without the app's name.
    /// </summary>
    /// <param name="activity">A message.</param>
    /// <param name="personal">In the person's own chat with the bot.</param>
    /// <param name="routes">Knows the commands.</param>
    /// <returns>Null where it is not meant for the bot.</returns>
    public static TypedText? Read(Activity activity, bool personal, RouteTable routes)
    {
        var text = activity.Text ?? "";
        var mentioned = false;
        var me = activity.Recipient?.Id;
        foreach (var mention in activity.Entities)
        {
            if (mention is { Type: Entity.MentionType, Mentioned.Id: { } id } && id == me)
            {
                mentioned = true;
                text = mention.Text is { Length: > 0 } marked ? text.Replace(marked, " ", StringComparison.Ordinal) : text;
            }
        }

        var targeted = activity.Recipient?.IsTargeted == true;
        if (!personal && !mentioned && !targeted)
        {
            return null;
        }

        text = Plain(text);
        var explicitly = targeted || text.StartsWith('/');

        // "@AdvocacyBot" that was typed but not chosen from the list is no mention, and in the personal chat understood all the same.
        text = text.TrimStart('/', '@').TrimStart();
        var (first, rest) = Cut(text);
        if (first.Equals(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            explicitly = true;
            text = rest;
        }
        else if (activity.Recipient?.Name is { Length: > 0 } name && WithoutName(text, name) is { } after)
        {
            text = after;
        }

        if (text.Length == 0)
        {
            return mentioned || explicitly ? new Command(Help, "") : new Words("");
        }

        (first, rest) = Cut(text.TrimStart('/').TrimStart());
        return routes.Command(first) is { } route ? new Command(route.Name, rest)
            : explicitly || text.StartsWith('/') ? new Command(first.ToLowerInvariant(), rest)
            : new Words(text);
    }

    /// <summary>Other people's mentions become their names; the spaces that Teams puts around mentions become ordinary ones.</summary>
    private static string Plain(string text) => TeamsTurn.Clean(text.Contains('<', StringComparison.Ordinal) ? Mark().Replace(text, "") : text)!
        .Replace("&nbsp;", " ", StringComparison.OrdinalIgnoreCase)
        .Replace("&amp;", "&", StringComparison.Ordinal)
        .Replace('\u00A0', ' ')
        .Trim();

    private static string? WithoutName(string text, string name) =>
        text.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (text.Length == name.Length || char.IsWhiteSpace(text[name.Length]))
            ? text[name.Length..].TrimStart()
            : null;

    private static (string First, string After) Cut(string text)
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

    [GeneratedRegex("</?at(?:\\s[^<>]*)?>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Mark();
}
