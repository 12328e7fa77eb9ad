namespace AdvocacyBot.Core.Chat;

/// <summary>
/// Something a person (or the platform) did, already verified by the adapter. A closed set: adapters translate into it,
/// <see cref="InteractionRouter"/> routes it, handlers answer with a <see cref="Reply"/>.
/// </summary>
public abstract record Interaction
{
    public required WorkspaceRef Workspace { get; init; }

    public required ConversationRef Conversation { get; init; }

    public required PersonRef Person { get; init; }

    /// <summary>BCP 47 tag the platform reports for the person, or null.</summary>
    public string? Locale { get; init; }

    /// <summary>
    /// Equal for two deliveries of the same thing, different otherwise. Slack: <c>event_id</c>, <c>trigger_id</c> or view id and hash;
    /// Teams: conversation, activity id, type and name; Web: the id the client made.
    /// </summary>
    public required string DedupKey { get; init; }

    /// <summary>When it happened by the platform's clock where it tells, otherwise when it arrived.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary><c>/advocate {Name} {Arguments}</c>, or the same by mention or in a personal chat.</summary>
public sealed record CommandInvoked : Interaction
{
    /// <summary>Lower case, without the slash; empty for a bare <c>/advocate</c>.</summary>
    public required string Name { get; init; }

    public string Arguments { get; init; } = "";
}

/// <summary>A button on a card in a message. <see cref="Token"/> is ours and opaque; nothing else in the card is believed.</summary>
public sealed record ActionPressed : Interaction
{
    public required string Token { get; init; }

    /// <summary>Inputs of the card the button stands on, by input id.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = EmptyInputs.Value;

    /// <summary>The message the card is in, where the platform says (it does not for Slack's ephemeral ones).</summary>
    public MessageRef? Message { get; init; }
}

/// <summary>A form (Slack modal, Teams dialog, Web panel, or a card with inputs in the chat) was sent.</summary>
public sealed record FormSubmitted : Interaction
{
    public required string Token { get; init; }

    /// <summary>Which of the form's <see cref="Form.Actions"/> was pressed.</summary>
    public required string Action { get; init; }

    /// <summary>Values by input id; several choices are joined with commas, as Adaptive Cards does.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = EmptyInputs.Value;

    public MessageRef? Message { get; init; }
}

/// <summary>Plain text to the bot that is no command: an answer to an open prompt, or small talk.</summary>
public sealed record MessageReceived : Interaction
{
    public required string Text { get; init; }
}

/// <summary>A reaction on one of our messages; <see cref="Interaction.At"/> decides when add and remove arrive reversed.</summary>
public sealed record ReactionChanged : Interaction
{
    public required MessageRef Message { get; init; }

    /// <summary>The platform's name for it, or the emoji itself; an open set.</summary>
    public required string Reaction { get; init; }

    public required bool Added { get; init; }
}

/// <summary><see cref="Interaction.Person"/> joined or left <see cref="Interaction.Conversation"/>.</summary>
public sealed record MemberChanged : Interaction
{
    public required bool Joined { get; init; }
}

/// <summary>The bot was added to <see cref="Interaction.Conversation"/>.</summary>
public sealed record BotInstalled : Interaction;

/// <summary>The bot was removed from <see cref="Interaction.Conversation"/>, or from the workspace where <see cref="WholeWorkspace"/>.</summary>
public sealed record BotRemoved : Interaction
{
    public required bool WholeWorkspace { get; init; }
}

internal static class EmptyInputs
{
    public static readonly IReadOnlyDictionary<string, string> Value = new Dictionary<string, string>();
}
