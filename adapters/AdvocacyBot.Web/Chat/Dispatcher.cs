using AdvocacyBot.Core.Chat;
using AdvocacyBot.Web.Api;
using AdvocacyBot.Web.Data;

namespace AdvocacyBot.Web.Chat;

/// <summary>What all interactions of one request have in common.</summary>
internal sealed record Turn(ConversationRef Conversation, string PersonId, string Locale, string DedupKey, DateTimeOffset At)
{
    private PersonRef Person => new(PersonId);

    public CommandInvoked Command(string name, string arguments) => new()
    {
        Workspace = RosterCache.Workspace,
        Conversation = Conversation,
        Person = Person,
        Locale = Locale,
        DedupKey = DedupKey,
        At = At,
        Name = name,
        Arguments = arguments,
    };

    public MessageReceived Message(string text) => new()
    {
        Workspace = RosterCache.Workspace,
        Conversation = Conversation,
        Person = Person,
        Locale = Locale,
        DedupKey = DedupKey,
        At = At,
        Text = text,
    };

    public ActionPressed Press(string token, IReadOnlyDictionary<string, string> inputs, string messageId) => new()
    {
        Workspace = RosterCache.Workspace,
        Conversation = Conversation,
        Person = Person,
        Locale = Locale,
        DedupKey = DedupKey,
        At = At,
        Token = token,
        Inputs = inputs,
        Message = new MessageRef(Conversation.Id, messageId),
    };

    public FormSubmitted Form(string token, string action, IReadOnlyDictionary<string, string> inputs, string? messageId) => new()
    {
        Workspace = RosterCache.Workspace,
        Conversation = Conversation,
        Person = Person,
        Locale = Locale,
        DedupKey = DedupKey,
        At = At,
        Token = token,
        Action = action,
        Inputs = inputs,
        Message = messageId is null ? null : new MessageRef(Conversation.Id, messageId),
    };

    public ReactionChanged Reaction(string reaction, bool added, string messageId) => new()
    {
        Workspace = RosterCache.Workspace,
        Conversation = Conversation,
        Person = Person,
        Locale = Locale,
        DedupKey = DedupKey,
        At = At,
        Reaction = reaction,
        Added = added,
        Message = new MessageRef(Conversation.Id, messageId),
    };
}

/// <summary>Hands interactions to the router and stores what it answers.</summary>
internal sealed class Dispatcher(InteractionRouter router, ReplyWriter replies, TimeProvider clock)
{
    /// <param name="call">The request.</param>
    /// <param name="conversation">Where it happens.</param>
    /// <param name="requestId">The client's; null: a new one.</param>
    public Turn Begin(ApiCall call, ConversationRef conversation, string? requestId) => new(
        conversation, call.PersonId, call.Texts.Language.Code, call.Key(requestId ?? Guid.NewGuid().ToString("N")), clock.GetUtcNow());

    public async Task<ReplyView> SendAsync(Turn turn, Interaction interaction, MessageHead? source, CancellationToken cancellationToken)
    {
        var reply = await router.DispatchAsync(interaction, cancellationToken);
        return await replies.WriteAsync(
            reply,
            new ReplyPlace(turn.Conversation.Id, turn.PersonId, turn.DedupKey) { Source = source, FromForm = interaction is FormSubmitted });
    }
}
