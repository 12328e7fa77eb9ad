using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.People;

namespace AdvocacyBot.Core.Chat;

/// <summary>All commands and buttons, in one visible place per host.</summary>
public sealed class RouteTable
{
    private readonly Dictionary<string, CommandRoute> commands;
    private readonly Dictionary<string, ActionRoute> actions;

    /// <exception cref="ArgumentException">Two routes have the same name.</exception>
    public RouteTable(IEnumerable<CommandRoute> commands, IEnumerable<ActionRoute> actions)
    {
        Commands = [.. commands];
        this.commands = Commands.ToDictionary(route => route.Name, StringComparer.OrdinalIgnoreCase);
        this.actions = actions.ToDictionary(route => route.Verb, StringComparer.Ordinal);
    }

    /// <summary>In the order help shows them.</summary>
    public IReadOnlyList<CommandRoute> Commands { get; }

    public IEnumerable<ActionRoute> Actions => actions.Values;

    public CommandRoute? Command(string name) => commands.GetValueOrDefault(name);

    public ActionRoute? Action(string verb) => actions.GetValueOrDefault(verb);

    public IEnumerable<CommandRoute> CommandsFor(PersonInfo person) => Commands.Where(route => Allows(route, person));

    public static bool Allows(CommandRoute route, PersonInfo person)
    {
        ArgumentNullException.ThrowIfNull(route);
        ArgumentNullException.ThrowIfNull(person);
        return route.For == Roles.None || person.Has(route.For);
    }

    /// <summary>The command that was probably meant, or null where none is near.</summary>
    public string? Nearest(string typed, PersonInfo person)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return CommandsFor(person)
            .Select(route => (route.Name, Distance: EditDistance(typed, route.Name)))
            .Where(candidate => candidate.Distance <= Math.Max(1, candidate.Name.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>Levenshtein's, letters compared without case.</summary>
    internal static int EditDistance(string a, string b)
    {
        if (a.Length > 64)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
