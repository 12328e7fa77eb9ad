using System.Text.Json;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Chat;

/// <summary>Presses of <c>Action.Execute</c>, dialogs and message extensions: what wants its answer in the same breath.</summary>
internal sealed class InvokeTurns(InteractionRouter router, ActionAnswers actions, DialogAnswers dialogs, ComposeExtensions extensions)
{
    private const string CardAction = "adaptiveCard/action";

    /// <returns>Null for an invoke that is not for us: 501.</returns>
    public async Task<InvokeResponse?> HandleAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(turn, cancellationToken);
        return answer is null || !MessageSize.IsTooLong(answer.Body) ? answer
            : turn.Activity.Name == CardAction ? Answers.Message(Text(turn, "TeamsChat.TooLong")) : Answers.DialogMessage(Text(turn, "TeamsChat.TooLong"));
    }

    private async Task<InvokeResponse?> AnswerAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        switch (turn.Activity.Name)
        {
            case CardAction:
                return await ActionAsync(turn, cancellationToken);
            case "task/fetch":
                return await DialogAsync(turn, opening: true, cancellationToken);
            case "task/submit":
                return await DialogAsync(turn, opening: false, cancellationToken);
            case ComposeExtensions.FetchTask:
                turn = await extensions.PlaceAsync(turn, cancellationToken);
                return ComposeExtensions.Read(turn) is { } command
                    ? await dialogs.AnswerAsync(await router.DispatchAsync(command, cancellationToken), turn, command, opening: true, cancellationToken)
                    : null;
            case ComposeExtensions.SubmitAction:
                turn = await extensions.PlaceAsync(turn, cancellationToken);
                return await DialogAsync(turn, opening: false, cancellationToken);
            default:
                return null;
        }
    }

    private async Task<InvokeResponse> ActionAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (CardData.Read(Member(Member(turn.Activity.Value, "action"), "data")) is not { } data)
        {
            return Answers.BadRequest(Text(turn, "TeamsChat.NotOurs"));
        }

        var press = turn.Press(data);
        return await actions.AnswerAsync(await router.DispatchAsync(press, cancellationToken), turn, press, cancellationToken);
    }

    private async Task<InvokeResponse> DialogAsync(TeamsTurn turn, bool opening, CancellationToken cancellationToken)
    {
        if (CardData.Read(Member(turn.Activity.Value, "data")) is not { } data)
        {
            return Answers.DialogMessage(Text(turn, "TeamsChat.NotOurs"));
        }

        var press = turn.Press(data);
        return await dialogs.AnswerAsync(await router.DispatchAsync(press, cancellationToken), turn, press, opening, cancellationToken);
    }

    private static string Text(TeamsTurn turn, string key) => Texts.In(Language.First(turn.Locale))[key];

    private static JsonElement? Member(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var value) ? value : null;
}
