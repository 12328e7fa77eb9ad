using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Teams.Chat;

/// <summary>Answers to messages: no dialog can be opened from one, so a form is a card in the chat that only the person sees.</summary>
internal sealed class ChatReplies(Messenger messenger)
{
    public Task WriteAsync(Reply reply, TeamsTurn turn, Interaction interaction, CancellationToken cancellationToken) => reply switch
    {
        PublicReply { Card: var card } => messenger.SendAsync(card, turn, cancellationToken),
        PrivateReply { Card: var card } => PrivateAsync(card, turn, interaction, cancellationToken),
        ReplaceCardReply { Card: var card } => PrivateAsync(card, turn, interaction, cancellationToken),
        OpenFormReply { Form: var form } => PrivateAsync(FormCards.Card(form, CardPlace.Message, refused: null), turn, interaction, cancellationToken),
        FormErrorsReply { Form: { } form, Errors: var errors } when interaction is FormSubmitted sent =>
            PrivateAsync(FormCards.Card(form, CardPlace.Message, new RefusedForm(sent.Inputs, errors)), turn, interaction, cancellationToken),
        _ => Task.CompletedTask,
    };

    private async Task PrivateAsync(AdaptiveCard card, TeamsTurn turn, Interaction interaction, CancellationToken cancellationToken)
    {
        // A form that was sent from the personal chat goes on in its own place.
        if (interaction is FormSubmitted { Message: { } form } && turn.IsPersonal && await messenger.TryReplacePrivateAsync(card, form.MessageId, turn, cancellationToken))
        {
            return;
        }

        if (await messenger.SendPrivatelyAsync(card, turn, cancellationToken) == PrivateDelivery.Failed)
        {
            await messenger.SayUnreachableAsync(turn, cancellationToken);
        }
    }
}
