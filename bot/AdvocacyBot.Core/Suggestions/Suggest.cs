using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Suggestions;

/// <summary>
/// <c>/advocate suggest [link or text]</c>, also what "Suggest for sharing" on a message comes to: opens the form, filled in from the page and from the words around
/// the link.
/// </summary>
public sealed class Suggest(AdvocacyDb db, DialogEngine dialogs, ILinkPreview previews, SuggestionCards cards) : ICommandHandler
{
    private LinkPreview? preview;
    private string? problem;

    public async Task PrepareAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        if (CanonicalLink.FindIn(interaction.Arguments).Link is not { } typed || ComposeValidation.WebAddress(typed) is not { } link)
        {
            return;
        }

        switch (await previews.FetchAsync(link, cancellationToken))
        {
            case LinkPreviewResult.Found found:
                preview = found.Preview;
                break;
            case LinkPreviewResult.NotFetched not:
                problem = $"Campaigns.Preview{not.Reason}";
                break;
        }
    }

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var (typed, rest) = CanonicalLink.FindIn(interaction.Arguments);
        var link = preview?.Link.AbsoluteUri ?? typed ?? "";
        var known = ComposeValidation.WebAddress(link) is { } address ? await KnownAsync(address, turn, cancellationToken) : null;
        if (known is { State: SuggestionState.Approved })
        {
            return Reply.Private(SuggestionCards.IsCampaign(known.Title, turn));
        }

        var mine = known is not null && await db.SuggestionCredits.AnyAsync(
            c => c.SuggestionId == known.Id && c.PersonId == turn.Person.Id && c.WithdrawnAt == null, cancellationToken);
        if (mine)
        {
            return Reply.Private(cards.Standing(known!, turn));
        }

        var language = Language.Find(preview?.Language) ?? turn.Language;
        var draft = new SuggestionDraft
        {
            Link = link,
            Title = preview?.Title is { } title ? Cut(title, ComposeValidation.MaxTitle) : "",
            Why = typed is null ? "" : Cut(rest, SuggestValidation.MaxWhy),
            Text = typed is null ? Cut(rest, SuggestValidation.MaxText) : "",
            Language = language.Code,
            ByName = turn.Person.AppearByName,
        };
        var note = known is not null ? turn.Texts["Suggestions.SomebodyToo"] : problem is null ? null : turn.Texts[problem];
        return await dialogs.BeginAsync(SuggestDialog.DialogId, SuggestDialog.With(draft, note), turn, cancellationToken);
    }

    /// <summary>The same link, open in the queue or running as a campaign.</summary>
    private async Task<Suggestion?> KnownAsync(Uri link, TurnContext turn, CancellationToken cancellationToken)
    {
        var key = CanonicalLink.Key(turn.Workspace.Id, link);
        var open = await db.Suggestions.AsNoTracking().FirstOrDefaultAsync(s => s.OpenKey == key, cancellationToken);
        if (open is not null)
        {
            return open;
        }

        var running = await db.Campaigns.AsNoTracking()
            .Where(c => c.WorkspaceId == turn.Workspace.Id && (c.State == CampaignState.Running || c.State == CampaignState.Scheduled))
            .Select(c => new { c.Id, c.Title, c.Link, c.Language }).ToListAsync(cancellationToken);
        var form = CanonicalLink.Of(link);
        return running.Find(c => ComposeValidation.WebAddress(c.Link) is { } its && CanonicalLink.Of(its) == form) is { } campaign
            ? new Suggestion { State = SuggestionState.Approved, Title = campaign.Title, Language = campaign.Language, CampaignId = campaign.Id }
            : null;
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}
