using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Chat;

/// <summary>Handles one kind of interaction inside a database transaction that the router opens, commits and, on a repeat, drops.</summary>
public interface IInteractionHandler<in T>
    where T : Interaction
{
    /// <summary>Slow work that must not hold the transaction (a page to fetch) goes here; runs before it is opened.</summary>
    Task PrepareAsync(T interaction, TurnContext turn, CancellationToken cancellationToken) => Task.CompletedTask;

    Task<Reply> HandleAsync(T interaction, TurnContext turn, CancellationToken cancellationToken);
}

/// <summary>A chat command, <c>/advocate …</c>.</summary>
public interface ICommandHandler : IInteractionHandler<CommandInvoked>;

/// <summary>A button that needs the transaction.</summary>
public interface IActionHandler
{
    Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken);
}

/// <summary>
/// A button that only appends to the ledger: it decides without a transaction, the entries are committed together with others', and their unique keys
/// make a repeated press count once.
/// </summary>
public interface IAppendingActionHandler
{
    ValueTask<Appending> DecideAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken);
}

/// <param name="Entries">To append; none where there is nothing to record.</param>
/// <param name="Reply">Makes the answer from whether the first entry was new.</param>
public sealed record Appending(IReadOnlyList<LedgerEvent> Entries, Func<bool, Reply> Reply)
{
    public static Appending Nothing(Reply reply) => new([], _ => reply);
}
