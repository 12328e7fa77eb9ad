using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Chat;

/// <summary>
/// Answers to <c>Action.Execute</c>. A card in the answer is shown to the presser in the pressed card's place and is stored nowhere: what everybody sees changes
/// only when the message is updated, which the outbox does.
/// </summary>
internal sealed class ActionAnswers(Messenger messenger, TeamsCards cards)
{
    public async Task<InvokeResponse> AnswerAsync(Reply reply, TeamsTurn turn, Interaction press, CancellationToken cancellationToken)
    {
        var inForm = press is FormSubmitted;
        switch (reply)
        {
            case ReplaceCardReply { Card: var card }:
                return inForm ? await StepAsync(card, turn, cancellationToken) : Answers.Card(cards.Write(card));

            // A form in the chat goes on, and ends, in its own place.
            case PrivateReply { Card: var card } when inForm:
                return await StepAsync(card, turn, cancellationToken);
            case PrivateReply { Card: var card }:
                return await PrivateAsync(card, turn, cancellationToken);
            case OpenFormReply { Form: var form } when inForm:
                return await StepAsync(FormCards.Card(form, CardPlace.Message, refused: null), turn, cancellationToken);

            // The pressed card may be everybody's: a form gets a message of its own.
            case OpenFormReply { Form: var form }:
                return await PrivateAsync(FormCards.Card(form, CardPlace.Message, refused: null), turn, cancellationToken);
            case FormErrorsReply { Form: { } form, Errors: var errors } when press is FormSubmitted sent:
                return Answers.Card(cards.Write(FormCards.Card(form, CardPlace.Message, new RefusedForm(sent.Inputs, errors))));
            case PublicReply { Card: var card }:
                await messenger.SendAsync(card, turn, cancellationToken);
                return Answers.Message(Text(card, "TeamsChat.Posted"));
            default:
                return Answers.Message(Texts.In(Language.First(turn.Locale))["TeamsChat.Done"]);
        }
    }

    /// <summary>Only the presser sees it: in a line below the card where one line is all, else in a message of their own, else in the card's place.</summary>
    private async Task<InvokeResponse> PrivateAsync(AdaptiveCard card, TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (PlainText.Of(card) is { } line)
        {
            return Answers.Message(line);
        }

        return await messenger.SendPrivatelyAsync(card, turn, cancellationToken) switch
        {
            PrivateDelivery.Here => Answers.Message(Text(card, "TeamsChat.AnsweredHere")),
            PrivateDelivery.PersonalChat => Answers.Message(Text(card, "TeamsChat.AnsweredPersonally")),
            _ => Answers.Card(cards.Write(card)),
        };
    }

    /// <summary>
    /// The message that holds the form is changed as well: it is the presser's alone, and would otherwise show the old step again when the chat is opened anew.
    /// </summary>
    private async Task<InvokeResponse> StepAsync(AdaptiveCard card, TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (TeamsTurn.Clean(turn.Activity.ReplyToId) is { Length: > 0 } message)
        {
            await messenger.TryReplacePrivateAsync(card, message, turn, cancellationToken);
        }

        return Answers.Card(cards.Write(card));
    }

    private static string Text(AdaptiveCard card, string key) => Texts.In(Language.First(card.Lang))[key];
}
