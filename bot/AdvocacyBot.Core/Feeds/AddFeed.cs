using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Feeds;

/// <summary>Looks at an address that is to become a feed, before any transaction is opened. Scoped: who handles the interaction reads what it found.</summary>
public sealed class FeedProbe(IFeedReader reader) : IFormPreparation
{
    public const string Field = "feedAddress";

    /// <summary>What came of it; null: nothing was looked at.</summary>
    public FeedLook? Look { get; private set; }

    public async Task PrepareAsync(FormSubmitted form, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (form.Action != DialogEngine.CancelAction && form.Inputs.TryGetValue(Field, out var typed))
        {
            await LookAsync(typed, cancellationToken);
        }
    }

    /// <summary>Fetches the feed, or the one that a web page at the address names.</summary>
    public async Task LookAsync(string typed, CancellationToken cancellationToken)
    {
        if (AddressOf(typed) is not { } address)
        {
            return;
        }

        Look = await reader.ReadAsync(address, known: null, cancellationToken);
        if (Look is FeedLook.NotRead { Instead: { } instead })
        {
            Look = await reader.ReadAsync(instead, known: null, cancellationToken);
        }
    }

    /// <summary>A web address as people type it: also <c>feed:</c> and without a scheme.</summary>
    public static Uri? AddressOf(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var text = CanonicalLink.FindIn(typed.Trim()) is (Link: { } link, Around: "") ? link : typed.Trim();
        text = text.StartsWith("feed://", StringComparison.OrdinalIgnoreCase) ? $"https://{text[7..]}"
            : text.StartsWith("feed:", StringComparison.OrdinalIgnoreCase) ? text[5..]
            : text;
        return ComposeValidation.WebAddress(text) ?? (text.Contains('.', StringComparison.Ordinal) && !text.Contains(':', StringComparison.Ordinal) ? ComposeValidation.WebAddress($"https://{text}") : null);
    }
}

/// <summary>Adds a feed that was looked at. Runs in the caller's transaction.</summary>
public sealed class AddFeed(AdvocacyDb db, FeedIntake intake, AuditLog audit)
{
    /// <summary>Feeds of one workspace.</summary>
    public const int Most = 50;

    /// <summary>Why an address cannot be added as it stands, or null.</summary>
    public static string? Problem(string typed, FeedLook? look, Texts t)
    {
        ArgumentNullException.ThrowIfNull(t);
        return FeedProbe.AddressOf(typed) is null || look is null
            ? t["Feeds.AddressBroken"]
            : look is FeedLook.NotRead not ? FeedWords.Problem(not.Reason.ToString(), not.Detail, t) : null;
    }

    /// <returns>The feed and what its first look brought; no yield where it was there already; null where there are too many.</returns>
    public async Task<(Feed? Feed, FeedYield? Yield)> RunAsync(FeedLook.Found look, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(turn);
        var key = CanonicalLink.Key(turn.Workspace.Id, look.Address);
        if (await db.Feeds.FirstOrDefaultAsync(f => f.Key == key, cancellationToken) is { } there)
        {
            return (there, null);
        }

        if (await db.Feeds.CountAsync(f => f.WorkspaceId == turn.Workspace.Id, cancellationToken) >= Most)
        {
            return (null, null);
        }

        var feed = new Feed
        {
            WorkspaceId = turn.Workspace.Id,
            ConversationId = turn.Conversation.Id,
            Address = look.Address.AbsoluteUri,
            Key = key,
            Title = look.Address.Host,
            NextAt = turn.Now,
            CreatedAt = turn.Now,
        };
        db.Feeds.Add(feed);
        await db.SaveChangesAsync(cancellationToken);
        var yield = await intake.RunAsync(feed, look, turn.Now, cancellationToken);
        audit.Note(turn, AuditActions.FeedAdded, feed.Id, null, null);
        return (feed, yield);
    }
}
