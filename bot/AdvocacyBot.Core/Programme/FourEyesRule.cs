using System.Globalization;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Programme;

/// <summary>Which campaigns another person has to approve; both lists narrow it.</summary>
/// <param name="Types">Only these kinds of content; empty: every kind.</param>
/// <param name="Channels">Only what goes to one of these conversations; empty: to whichever.</param>
public sealed record FourEyesRule(IReadOnlyList<ContentType> Types, IReadOnlyList<long> Channels)
{
    /// <summary>Among the channels: what goes to people by direct message.</summary>
    public const long DirectMessages = 0;

    public bool AppliesTo(ContentType type, IReadOnlyCollection<long> channels) =>
        (Types.Count == 0 || Types.Contains(type)) && (Channels.Count == 0 || Channels.Any(channels.Contains));

    /// <summary><c>types=News,Job;channels=3,12</c>, as it is stored and noted in the audit log.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"types={string.Join(',', Types)};channels={string.Join(',', Channels)}");

    /// <returns>Null for null: no rule. What cannot be read narrows nothing, so that a rule never gets lost.</returns>
    public static FourEyesRule? Parse(string? stored)
    {
        if (stored is null)
        {
            return null;
        }

        var parts = stored.Split(';').Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1].Split(','));
        return new FourEyesRule(
            [.. parts.GetValueOrDefault("types", []).Where(name => Enum.TryParse<ContentType>(name, out var type) && Enum.IsDefined(type)).Select(Enum.Parse<ContentType>)],
            [.. parts.GetValueOrDefault("channels", []).Where(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _)).Select(id => long.Parse(id, CultureInfo.InvariantCulture))]);
    }
}
