using System.Text.Json;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Teams.Data;
using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Chat;

/// <summary>The commands of the message extension, named in <c>manifests/teams/manifest.json</c>: they are chat commands that are begun from a menu.</summary>
internal sealed class ComposeExtensions(IConversationReferences references)
{
    public const string FetchTask = "composeExtension/fetchTask";
    public const string SubmitAction = "composeExtension/submitAction";

    /// <summary>Commands by the manifest's ids; the same names as in the chat.</summary>
    public static readonly IReadOnlyList<string> Commands = ["suggest", "campaign"];

    private const string Prefix = "composeExtension/";

    public static bool IsFrom(Activity activity) => activity.Name?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <returns>Null for a command that the manifest does not name.</returns>
    public static CommandInvoked? Read(TeamsTurn turn)
    {
        if (turn.Activity.Value is not { ValueKind: JsonValueKind.Object } value
            || !value.TryGetProperty("commandId", out var field) || field.ValueKind != JsonValueKind.String
            || Commands.FirstOrDefault(command => command == field.GetString()) is not { } name)
        {
            return null;
        }

        return turn.Command(name, value.TryGetProperty("messagePayload", out var payload) ? SharedMessage.Suggestion(payload) : "");
    }

    /// <summary>
    /// A message extension works in every chat, also where the bot is not: there, what is begun belongs to the person's own chat with the bot, so that the
    /// programme knows of no conversation it cannot write to.
    /// </summary>
    public async Task<TeamsTurn> PlaceAsync(TeamsTurn turn, CancellationToken cancellationToken)
    {
        if (await references.FindAsync(turn.Workspace.Id, turn.Conversation.Id, cancellationToken) is { Blocked: null })
        {
            return turn;
        }

        var personal = await references.FindPersonalAsync(turn.Workspace.Id, turn.Person.Id, cancellationToken);
        return turn with
        {
            Conversation = new ConversationRef(
                personal?.ConversationId ?? $"personal:{turn.Person.Id}", ConversationKind.Personal, ServiceUrl: turn.Conversation.ServiceUrl),
        };
    }
}
