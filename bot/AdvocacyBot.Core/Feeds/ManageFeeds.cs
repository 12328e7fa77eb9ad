using System.Globalization;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Feeds;

/// <summary><c>/advocate feeds [address or page]</c>: the feeds there are; with an address, one more.</summary>
public sealed class ManageFeeds(FeedProbe probe, AddFeed add, FeedList list) : ICommandHandler
{
    public Task PrepareAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        return IsPage(Given(interaction), out _) ? Task.CompletedTask : probe.LookAsync(Given(interaction), cancellationToken);
    }

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var given = Given(interaction);
        if (IsPage(given, out var page))
        {
            return Reply.Private(await list.CardAsync(page, said: null, turn, cancellationToken));
        }

        return AddFeed.Problem(given, probe.Look, turn.Texts) is { } problem
            ? Reply.Private(await list.CardAsync(1, problem, turn, cancellationToken))
            : Reply.Private(await list.AddAsync(add, (FeedLook.Found)probe.Look!, turn, cancellationToken));
    }

    // "add" may stand before the address.
    private static string Given(CommandInvoked interaction)
    {
        var given = interaction.Arguments.Trim();
        return given.StartsWith("add ", StringComparison.OrdinalIgnoreCase) ? given[4..].Trim() : given.Equals("list", StringComparison.OrdinalIgnoreCase) ? "" : given;
    }

    private static bool IsPage(string given, out int page)
    {
        page = 1;
        return given.Length == 0 || int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out page);
    }
}

/// <summary>Makes the list, after whatever was done.</summary>
public sealed class FeedList(AdvocacyDb db, FeedCards cards)
{
    public async Task<AdaptiveCard> CardAsync(int page, string? said, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var all = db.Feeds.AsNoTracking().Where(f => f.WorkspaceId == turn.Workspace.Id);
        var total = await all.CountAsync(cancellationToken);
        page = Math.Clamp(page, 1, Math.Max(1, (total + FeedCards.PageSize - 1) / FeedCards.PageSize));
        var shown = await all.OrderBy(f => f.Title).ThenBy(f => f.Id).Skip((page - 1) * FeedCards.PageSize).Take(FeedCards.PageSize).ToListAsync(cancellationToken);
        return cards.List(shown, page, total, said, turn);
    }

    public async Task<AdaptiveCard> AddAsync(AddFeed add, FeedLook.Found look, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var (feed, yield) = await add.RunAsync(look, turn, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var said = (feed, yield) switch
        {
            (null, _) => t.Format("Feeds.TooMany", ("most", AddFeed.Most)),
            (_, null) => t.Format("Feeds.There", ("title", CardText.Escape(feed.Title))),
            _ => FeedWords.Added(feed.Title, yield, t),
        };
        return await CardAsync(1, said, turn, cancellationToken);
    }
}

/// <summary>The buttons of a feed.</summary>
public sealed class ChangeFeed(AdvocacyDb db, FeedList list, AuditLog audit) : IActionHandler
{
    public async Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        if (await db.Feeds.FirstOrDefaultAsync(f => f.Id == token.Subject && f.WorkspaceId == turn.Workspace.Id, cancellationToken) is not { } feed)
        {
            return Reply.ReplaceCard(await list.CardAsync(1, t["Feeds.NotThere"], turn, cancellationToken));
        }

        var title = ("title", (object?)CardText.Escape(feed.Title));
        string said;
        switch (token.Verb)
        {
            case FeedRoutes.Pause:
                feed.PausedAt ??= turn.Now;
                audit.Note(turn, AuditActions.FeedChanged, feed.Id, "on", "paused");
                said = t.Format("Feeds.Paused", title);
                break;
            case FeedRoutes.Resume:
                (feed.PausedAt, feed.NextAt, feed.Failures, feed.Problem, feed.ProblemDetail) = (null, turn.Now, 0, null, null);
                audit.Note(turn, AuditActions.FeedChanged, feed.Id, "paused", "on");
                said = t.Format("Feeds.Resumed", title);
                break;
            case FeedRoutes.Look:
                feed.NextAt = turn.Now;
                said = t.Format("Feeds.LooksSoon", title);
                break;
            default:
                db.Feeds.Remove(feed);
                audit.Note(turn, AuditActions.FeedRemoved, feed.Id, null, null);
                said = t.Format("Feeds.Removed", title);
                break;
        }

        await db.SaveChangesAsync(cancellationToken);
        return Reply.ReplaceCard(await list.CardAsync(1, said, turn, cancellationToken));
    }
}

/// <summary>The button that opens the form for one more feed.</summary>
public sealed class OpenFeedForm(DialogEngine dialogs) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken) =>
        dialogs.BeginAsync(FeedDialog.DialogId, null, turn, cancellationToken);
}
