using System.Text.Json.Nodes;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.People;

/// <summary>Whose data it is.</summary>
/// <param name="Id">Of the row in <c>people</c>.</param>
/// <param name="WorkspaceId">Of the row in <c>workspaces</c>.</param>
/// <param name="Platform">One of <see cref="Chat.Platforms"/>; an adapter has something to do only for its own.</param>
/// <param name="WorkspaceExternalId">The platform's id of the workspace.</param>
/// <param name="ExternalId">The platform's id of the person.</param>
/// <param name="Name">As it is stored.</param>
public sealed record TracedPerson(long Id, long WorkspaceId, string Platform, string WorkspaceExternalId, string ExternalId, string Name);

/// <summary>
/// What one feature or adapter holds about people: every table or column that says something about a person is written to that person's export and erased with
/// them by exactly one of these. Register it as a scoped <see cref="IPersonTraces"/>. Tables of an adapter stand in the same database: reach them by SQL through the
/// context that is handed in, never through a context of your own, which would wait for the transaction that is open.
/// </summary>
public interface IPersonTraces
{
    /// <summary>Name of its part of the export file, in English camel case, e.g. <c>suggestions</c>; unique.</summary>
    string Section { get; }

    /// <summary>Everything that is held, for the person to read: their words, their numbers, instants as ISO 8601 in UTC. Nothing about anybody else.</summary>
    /// <param name="person">Who asks.</param>
    /// <param name="db">To read with.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Null where nothing is held.</returns>
    Task<JsonNode?> ExportAsync(TracedPerson person, AdvocacyDb db, CancellationToken cancellationToken);

    /// <summary>
    /// Takes out everything that says who it was, in the transaction that is open on <paramref name="db"/>. What totals are made of stays and moves to
    /// <paramref name="anonymousId"/>, a row in <c>people</c> without a name from which nothing leads to the person; the person's own row is deleted last of all, and
    /// with it what still refers to it by a foreign key.
    /// </summary>
    /// <param name="person">Who is erased.</param>
    /// <param name="anonymousId">Whom counted rows belong to from now on.</param>
    /// <param name="db">To change with; changes made through its entities are saved afterwards.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    Task EraseAsync(TracedPerson person, long anonymousId, AdvocacyDb db, CancellationToken cancellationToken);

    /// <summary>Drops what is kept in memory; called after the erasing is committed.</summary>
    void Forget(TracedPerson person)
    {
    }
}
