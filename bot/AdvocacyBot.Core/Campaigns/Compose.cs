using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Campaigns;

/// <summary><c>/advocate campaign</c>: opens the compose dialog.</summary>
public sealed class Compose(DialogEngine dialogs) : ICommandHandler
{
    public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return dialogs.BeginAsync(
            ComposeDialog.DialogId, ComposeDialog.With(new CampaignDraft { Language = turn.Language.Code }, campaignId: null), turn, cancellationToken);
    }
}

/// <summary><c>/advocate broadcast &lt;link&gt;</c>: opens the compose dialog with what the page says of itself.</summary>
public sealed class Broadcast(DialogEngine dialogs, ILinkPreview previews) : ICommandHandler
{
    private LinkPreview? preview;
    private string? problem;

    public async Task PrepareAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        var typed = interaction.Arguments.Trim();
        if (ComposeValidation.WebAddress(typed) is not { } link)
        {
            problem = typed.Length == 0 ? "Campaigns.BroadcastMissing" : "Campaigns.LinkBroken";
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

    public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var language = Language.Find(preview?.Language) ?? turn.Language;
        var draft = new CampaignDraft
        {
            // A broken link stays as it was typed: the form says at its field what is wrong with it.
            Link = preview?.Link.AbsoluteUri ?? interaction.Arguments.Trim(),
            Title = preview?.Title ?? "",
            Summary = preview?.Description ?? "",
            ImageUrl = preview?.ImageUrl?.AbsoluteUri ?? "",
            ImageAlt = preview?.ImageUrl is null ? "" : preview.ImageAlt ?? preview.Title ?? "",
            Language = language.Code,
            Texts = preview?.Title is { } title ? [new DraftText(language.Code, title)] : [],
        };
        return dialogs.BeginAsync(ComposeDialog.DialogId, ComposeDialog.With(draft, campaignId: null, problem is null ? null : turn.Texts[problem]), turn, cancellationToken);
    }
}
