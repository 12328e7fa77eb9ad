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

    /// <summary>Optimal string alignment: letters put in, left out, changed, or two neighbours swapped; case is not looked at.</summary>
    internal static int EditDistance(string a, string b)
    {
        if (a.Length > 64)
        {
            return int.MaxValue;
        }

        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var change = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                rows[i, j] = Math.Min(rows[i - 1, j - 1] + change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];

        static bool Same(char x, char y) => char.ToUpperInvariant(x) == char.ToUpperInvariant(y);
    }
}
