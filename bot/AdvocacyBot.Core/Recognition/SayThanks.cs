using System.Text.RegularExpressions;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Core.Recognition;

/// <summary><c>/advocate thanks @person words</c>: opens the form, filled in as far as what was typed says who and what for.</summary>
public sealed partial class SayThanks(AdvocacyDb db, DialogEngine dialogs) : ICommandHandler
{
    private const int LongestName = 4;

    public async Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(turn);
        var (person, words) = await ReadAsync(interaction.Arguments.Trim(), turn, cancellationToken);
        return await dialogs.BeginAsync(ThanksDialog.DialogId, ThanksDialog.With(person?.Id ?? 0, words), turn, cancellationToken);
    }

    /// <summary>A mention is one person; plain words are tried as a name of up to four words, the longest first.</summary>
    /// <returns>Nobody where it is not one person, and then all that was typed as words.</returns>
    private async Task<(Person? Person, string Words)> ReadAsync(string typed, TurnContext turn, CancellationToken cancellationToken)
    {
        if (Mention().Match(typed) is { Success: true } mention)
        {
            var found = await PersonNamed.FindAsync(db, turn.Workspace.Id, PersonNamed.Parse(mention.Value), 2, cancellationToken);
            return (found is [var one] ? one : null, typed[mention.Length..].Trim());
        }

        var parts = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var count = Math.Min(LongestName, parts.Length); count > 0; count--)
        {
            var name = PersonNamed.Parse(string.Join(' ', parts.Take(count)));
            var found = name.Length == 0 ? [] : await PersonNamed.FindAsync(db, turn.Workspace.Id, name, 2, cancellationToken);
            if (found is [var one])
            {
                return (one, string.Join(' ', parts.Skip(count)));
            }
        }

        return (null, typed.StartsWith('@') && parts.Length > 0 ? string.Join(' ', parts.Skip(1)) : typed);
    }

    [GeneratedRegex("^(<@[^>]*>|<at[^>]*>[^<]*</at>)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Mention();
}

/// <summary>A button that opens the form for one person.</summary>
public sealed class PressSayThanks(DialogEngine dialogs) : IActionHandler
{
    public Task<Reply> HandleAsync(ActionPressed press, ActionToken token, TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return dialogs.BeginAsync(ThanksDialog.DialogId, ThanksDialog.With(token.Subject, ""), turn, cancellationToken);
    }
}
