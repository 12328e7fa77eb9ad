using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Core.Dialogs;

/// <summary>Slow work for an answered form, such as an address to look at, that must not hold the transaction. Scoped: a validator reads what it found.</summary>
public interface IFormPreparation
{
    /// <summary>Runs for every form whose token is good, before the transaction is opened. Never fails.</summary>
    Task PrepareAsync(FormSubmitted form, CancellationToken cancellationToken);
}
