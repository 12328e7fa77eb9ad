using AdvocacyBot.Core.Cards;

namespace AdvocacyBot.Core.Chat;

/// <summary>What a handler answers: data, rendered by the adapter the interaction came from.</summary>
public abstract record Reply
{
    /// <summary>Nothing to show.</summary>
    public static readonly Reply None = new NoReply();

    /// <summary>A card that only the person sees (Slack ephemeral, Teams targeted or personal, Web "only you see this").</summary>
    public static Reply Private(AdaptiveCard card) => new PrivateReply(card);

    /// <summary>As <see cref="Private"/>, and where we keep messages ourselves this one is not kept: it holds what is good for a moment, or goes to nobody any more.</summary>
    public static Reply Passing(AdaptiveCard card) => new PrivateReply(card) { IsKept = false };

    /// <summary>A card for everybody in the conversation.</summary>
    public static Reply Public(AdaptiveCard card) => new PublicReply(card);

    /// <summary>
    /// A new version of the card whose button was pressed. From a form: the card that the form was opened from, else a private reply.
    /// </summary>
    public static Reply ReplaceCard(AdaptiveCard card) => new ReplaceCardReply(card);

    /// <summary>Opens a form; in answer to a form, takes its place.</summary>
    public static Reply OpenForm(Form form) => new OpenFormReply(form);

    /// <summary>The form stays open with what was typed; each message stands at its field. The key "" is about the form as a whole.</summary>
    /// <param name="errors">Messages by input id.</param>
    /// <param name="form">The form as it was shown, for platforms that have to show it again.</param>
    public static Reply FormErrors(IReadOnlyDictionary<string, string> errors, Form? form = null) => new FormErrorsReply(errors, form);
}

public sealed record NoReply : Reply;

public sealed record PrivateReply(AdaptiveCard Card) : Reply
{
    public bool IsKept { get; init; } = true;

    /// <summary>The card says that something went wrong: the database could not be reached or refused, nothing was stored, and the same may be delivered again.</summary>
    public bool NotStored { get; init; }
}

public sealed record PublicReply(AdaptiveCard Card) : Reply;

public sealed record ReplaceCardReply(AdaptiveCard Card) : Reply;

public sealed record OpenFormReply(Form Form) : Reply;

public sealed record FormErrorsReply(IReadOnlyDictionary<string, string> Errors, Form? Form = null) : Reply;

/// <summary>A card with inputs and the buttons that send it. Slack: a modal; Teams: a dialog or a card in the chat; Web: a panel.</summary>
public sealed record Form
{
    /// <summary>Comes back in <see cref="FormSubmitted.Token"/>.</summary>
    public required string Token { get; init; }

    /// <summary>At most 24 characters, so that it fits Slack's modal title.</summary>
    public required string Title { get; init; }

    /// <summary>Body with inputs; carries no actions of its own that submit.</summary>
    public required AdaptiveCard Card { get; init; }

    /// <summary>The first is the primary one.</summary>
    public required IReadOnlyList<FormAction> Actions { get; init; }
}

/// <param name="Id">Comes back in <see cref="FormSubmitted.Action"/>.</param>
/// <param name="Title">At most 24 characters.</param>
/// <param name="Validates">False for buttons such as "Back" and "Cancel" that must work whatever stands in the fields.</param>
/// <param name="Destructive">Shown in the platform's warning style.</param>
public sealed record FormAction(string Id, string Title, bool Validates = true, bool Destructive = false);
