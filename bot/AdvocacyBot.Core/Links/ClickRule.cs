using System.Buffers;
using System.Text.Json;

namespace AdvocacyBot.Core.Links;

/// <summary>What a user agent's text says, whoever sends it: <see cref="ClickClass.Human"/>, <see cref="ClickClass.Crawler"/> or <see cref="ClickClass.Robot"/>.</summary>
/// <param name="Network">
/// For a crawler, whose previews it makes: a key of the network catalogue where the catalogue has it (<c>facebook</c> stands for all of
/// Meta's: Facebook, Instagram, Messenger, Threads), otherwise a name such as <c>slack</c> or <c>imessage</c>. Null for the others.
/// </param>
public readonly record struct AgentVerdict(ClickClass Class, string? Network);

/// <summary>Lists of the rule, as <c>click-rule.json</c> has them.</summary>
/// <param name="Version">Higher with every change.</param>
/// <param name="RepeatMinutes">Within which a visitor's further requests for a link are repeats.</param>
/// <param name="Previews">Fetchers of previews, in the order they are looked for.</param>
/// <param name="Robots">Parts of agents of named robots, libraries and monitors.</param>
/// <param name="People">Parts of agents of apps' own browsers.</param>
/// <param name="Signs">Marks that unknown robots usually carry.</param>
public sealed record PublishedRule(
    int Version, int RepeatMinutes, IReadOnlyList<PublishedPreview> Previews, IReadOnlyList<string> Robots, IReadOnlyList<string> People, IReadOnlyList<string> Signs);

/// <summary>How one fetcher of previews is known; all that is named must fit.</summary>
/// <param name="Network">Whose previews it makes.</param>
/// <param name="Is">The whole agent.</param>
/// <param name="Starts">How it begins.</param>
/// <param name="All">Parts that must all be there.</param>
public sealed record PublishedPreview(string Network, string? Is, string? Starts, IReadOnlyList<string> All);

/// <summary>
/// The published rule (<c>click-rule.json</c>, <c>docs/click-rule.md</c>) by which requests to tracked links are sorted. A user agent is
/// judged once, and the verdict kept by its text; what is left for each request is a handful of comparisons.
/// </summary>
public sealed class ClickRule
{
    /// <summary>Only so many characters of a user agent are stored and looked at, so that judging again gives what judging at once gave.</summary>
    public const int AgentLength = 256;

    private const string ResourceName = "AdvocacyBot.Core.Links.click-rule.json";

    private readonly PreviewAgent[] previews;
    private readonly SearchValues<string> robots;
    private readonly SearchValues<string> people;
    private readonly SearchValues<string> signs;

    private ClickRule(ClickRuleFile file)
    {
        Published = new PublishedRule(
            file.Version,
            file.RepeatMinutes,
            [.. file.Previews.Select(preview => new PublishedPreview(preview.Network, preview.Is, preview.Starts, preview.All ?? []))],
            file.Robots,
            file.People,
            file.Signs);
        Version = file.Version;
        RepeatWindow = TimeSpan.FromMinutes(file.RepeatMinutes);
        previews = [.. file.Previews];
        robots = SearchValues.Create([.. file.Robots], StringComparison.OrdinalIgnoreCase);
        people = SearchValues.Create([.. file.People], StringComparison.OrdinalIgnoreCase);
        signs = SearchValues.Create([.. file.Signs], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Stored beside each verdict.</summary>
    public int Version { get; }

    /// <summary>What it goes by, for everybody to read.</summary>
    public PublishedRule Published { get; }

    /// <summary>A visitor's further requests for the same link within this time after a counted one are repeats.</summary>
    public TimeSpan RepeatWindow { get; }

    /// <summary>The rule that comes with the product.</summary>
    public static ClickRule Load()
    {
        using var stream = typeof(ClickRule).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"'{ResourceName}' is not embedded in {typeof(ClickRule).Assembly.GetName().Name}.");
        return Load(stream, "click-rule.json");
    }

    /// <param name="stream">JSON as <c>click-rule.json</c>, UTF-8.</param>
    /// <param name="source">What to call it in an error, such as the file's name.</param>
    /// <exception cref="InvalidDataException">What is wrong with the file.</exception>
    public static ClickRule Load(Stream stream, string source)
    {
        ClickRuleFile? file;
        try
        {
            file = JsonSerializer.Deserialize(stream, ClickRuleJson.Default.ClickRuleFile);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{source}: {exception.Message}", exception);
        }

        return file?.Problem() switch
        {
            null when file is not null => new ClickRule(file),
            var problem => throw new InvalidDataException($"{source}: {problem ?? "holds null; it must be one object."}"),
        };
    }

    /// <summary>
    /// Judges a user agent's text. In this order, the first that fits: blank → robot; a preview fetcher → crawler; a named robot → robot;
    /// an app's own browser → human; a robot's usual marks → robot; anything else → human. Pure: keep the answer per text.
    /// </summary>
    public AgentVerdict Judge(string userAgent)
    {
        var agent = userAgent.AsSpan(0, Math.Min(userAgent.Length, AgentLength));
        if (agent.IsWhiteSpace())
        {
            return new(ClickClass.Robot, Network: null);
        }

        foreach (var preview in previews)
        {
            if (preview.Fits(agent))
            {
                return new(ClickClass.Crawler, preview.Network);
            }
        }

        if (agent.ContainsAny(robots))
        {
            return new(ClickClass.Robot, Network: null);
        }

        return new(agent.ContainsAny(people) || !agent.ContainsAny(signs) ? ClickClass.Human : ClickClass.Robot, Network: null);
    }

    /// <summary>
    /// Sorts one request. In this order: HEAD (whoever asks); crawler or robot; prefetch; the sharer; a repeat; otherwise a person.
    /// Branches only, nothing is allocated.
    /// </summary>
    /// <param name="verdict">Of the request's user agent.</param>
    /// <param name="flags"><see cref="ClickFlags.NoAcceptLanguage"/> and <see cref="ClickFlags.Navigate"/> are kept for later versions; this one does not look at them.</param>
    /// <param name="repeat">The visitor was counted on this link within <see cref="RepeatWindow"/>.</param>
    public static ClickClass Classify(AgentVerdict verdict, ClickFlags flags, bool repeat)
    {
        if ((flags & ClickFlags.Head) != ClickFlags.None)
        {
            return ClickClass.Head;
        }

        if (verdict.Class != ClickClass.Human)
        {
            return verdict.Class;
        }

        if ((flags & ClickFlags.Prefetch) != ClickFlags.None)
        {
            return ClickClass.Prefetch;
        }

        if ((flags & ClickFlags.Sharer) != ClickFlags.None)
        {
            return ClickClass.Sharer;
        }

        return repeat ? ClickClass.Repeat : ClickClass.Human;
    }
}
