using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Chat;

/// <summary>What people are told when what they did cannot be done: what is wrong and what helps.</summary>
public sealed class Explanations(AdvocacyDb db)
{
    public static Reply UnknownCommand(CommandInvoked command, TurnContext turn, RouteTable routes)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(routes);
        var texts = turn.Texts;
        var typed = CardText.Escape(command.Name.Length > 40 ? command.Name[..40] + "…" : command.Name);
        var nearest = routes.Nearest(command.Name, turn.Person);
        var first = nearest is null
            ? texts.Format("Chat.UnknownCommand", ("command", typed))
            : texts.Format("Chat.UnknownCommandNearest", ("command", typed), ("nearest", $"/advocate {nearest}"));
        return Reply.Private(Notice.For(texts, [new TextBlock(first), .. HelpCards.Commands(turn, routes)]));
    }

    public static Reply BadPress(TokenVerdict verdict, TurnContext turn) =>
        Private(turn, verdict == TokenVerdict.Expired ? "Chat.ButtonExpired" : "Chat.ButtonForged");

    public static Reply NotYours(TurnContext turn) => Private(turn, "Chat.ButtonNotYours");

    /// <summary>A button or form of a role that the person does not have, or not any more.</summary>
    public static Reply RoleLost(TurnContext turn) => Private(turn, "Chat.RoleLost");

    public static Reply Repeated(TurnContext turn) => Private(turn, "Chat.ButtonRepeated");

    public static Reply FormOutdated(TurnContext turn) => Private(turn, "Chat.FormOutdated");

    public static PrivateReply Failed(TurnContext? turn, string? locale) => new(Notice.Card(Text(turn, locale), Text(turn, locale)["Chat.Failed"]));

    /// <summary>Says which role it takes and names the people who have it.</summary>
    public async Task<Reply> NotAllowedAsync(CommandRoute route, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(route);
        ArgumentNullException.ThrowIfNull(turn);
        var names = await db.People.AsNoTracking()
            .Where(p => p.WorkspaceId == turn.Workspace.Id && (p.Roles & route.For) != Roles.None)
            .OrderBy(p => p.Name).Select(p => p.Name).Take(10).ToListAsync(cancellationToken);
        var texts = turn.Texts;
        return Reply.Private(Notice.Card(texts, names.Count == 0
            ? texts.Format("Chat.NotAllowedNobody", ("command", $"/advocate {route.Name}"))
            : texts.Format(
                route.For == Roles.Owner ? "Chat.NotAllowedOwner" : "Chat.NotAllowed",
                ("command", $"/advocate {route.Name}"),
                ("people", new JoinedText(names.ConvertAll(CardText.Escape), texts.Language)))));
    }

    private static Texts Text(TurnContext? turn, string? locale) => turn?.Texts ?? Texts.In(Language.First(locale));

    private static Reply Private(TurnContext turn, string key) => Reply.Private(Notice.Card(turn.Texts, turn.Texts[key]));
}
