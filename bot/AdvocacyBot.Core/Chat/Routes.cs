using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Chat;

/// <summary>A command people can type.</summary>
/// <param name="Name">The word after <c>/advocate</c>.</param>
/// <param name="Handler">An <see cref="ICommandHandler"/>.</param>
/// <param name="For">Roles that may use it; <see cref="Roles.None"/>: everybody.</param>
/// <param name="Usage">What follows the name, e.g. <c>&lt;link&gt;</c>; shown as it is in every language.</param>
/// <param name="Writes">False: runs without a transaction.</param>
public sealed record CommandRoute(string Name, Type Handler, Roles For = Roles.None, string Usage = "", bool Writes = true)
{
    /// <summary>Key of the one-line description.</summary>
    public string DescriptionKey => $"Commands.{Name}";
}

/// <summary>A button's verb and its handler: an <see cref="IActionHandler"/> or an <see cref="IAppendingActionHandler"/>.</summary>
/// <param name="Verb">Stands in the button's token.</param>
/// <param name="Handler">Its type, resolved for each press.</param>
/// <param name="For">Roles that may press it; <see cref="Roles.None"/>: everybody who has the button.</param>
public sealed record ActionRoute(string Verb, Type Handler, Roles For = Roles.None);
