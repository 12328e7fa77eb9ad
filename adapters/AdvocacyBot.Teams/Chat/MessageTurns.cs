using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Teams.Chat;

/// <summary>What people write to the bot, and buttons of cards that arrive as messages without text (<c>Action.Submit</c>).</summary>
internal sealed class MessageTurns(InteractionRouter router, RouteTable routes, ChatReplies replies)
{
    public async Task HandleAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (Interaction(turn) is { } interaction)
        {
            await replies.WriteAsync(await router.DispatchAsync(interaction, cancellationToken), turn, interaction, cancellationToken);
        }
    }

    private Interaction? Interaction(TeamsTurn turn)
    {
        if (string.IsNullOrEmpty(turn.Activity.Text) && turn.Activity.Value is { } value)
        {
            return CardData.Read(value) is { } data ? turn.Press(data) : null;
        }

        return TypedText.Read(turn.Activity, turn.IsPersonal, routes) switch
        {
            TypedText.Command command => turn.Command(command.Name, command.Arguments),
            TypedText.Words words => turn.Message(words.Text),
            _ => null,
        };
    }
}
