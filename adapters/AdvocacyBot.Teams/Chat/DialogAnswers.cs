using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Teams.Protocol;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Teams.Chat;

/// <summary>Answers that are shown in a dialog, which only the person sees: forms, and cards with all their buttons.</summary>
internal sealed class DialogAnswers(Messenger messenger, IOptions<ProgrammeOptions> programme)
{
    private const int ManyInputs = 4;
    private const int MaxTitle = 64;

    /// <param name="reply">What the router says.</param>
    /// <param name="turn">The invoke.</param>
    /// <param name="sent">What was made of it.</param>
    /// <param name="opening">The dialog is not open yet, so something has to be shown.</param>
    /// <param name="cancellationToken">Cancels the turn.</param>
    public async Task<InvokeResponse> AnswerAsync(Reply reply, TeamsTurn turn, Interaction sent, bool opening, CancellationToken cancellationToken)
    {
        switch (reply)
        {
            case PrivateReply { Card: var card }:
                return Show(card);
            case ReplaceCardReply { Card: var card }:
                return Show(card);
            case OpenFormReply { Form: var form }:
                return Show(form, refused: null);
            case FormErrorsReply { Form: { } form, Errors: var errors } when sent is FormSubmitted typed:
                return Show(form, new RefusedForm(typed.Inputs, errors));
            case PublicReply { Card: var card }:
                await messenger.SendAsync(card, turn, cancellationToken);
                return opening ? Answers.DialogMessage(Texts.In(Language.First(card.Lang))["TeamsChat.Posted"]) : Answers.Empty;
            default:
                return opening ? Answers.DialogMessage(Texts.In(Language.First(turn.Locale))["TeamsChat.Done"]) : Answers.Empty;
        }
    }

    private InvokeResponse Show(AdaptiveCard card) =>
        Answers.Dialog(Cut(programme.Value.Name), card, PlainText.Of(card) is null ? DialogSize.Card : DialogSize.Note);

    private static InvokeResponse Show(Form form, RefusedForm? refused) => Answers.Dialog(
        Cut(form.Title), FormCards.Card(form, CardPlace.Dialog, refused), FormCards.CountInputs(form) >= ManyInputs ? DialogSize.LongForm : DialogSize.Card);

    private static string Cut(string title) => title.Length <= MaxTitle ? title : title[..(MaxTitle - 1)] + "…";
}
