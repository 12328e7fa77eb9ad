using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Networks;

/// <summary>What people read about a network (<c>Networks.resx</c>).</summary>
public static class NetworkTexts
{
    /// <summary>Label of the button that opens the composer, or copies where there is none.</summary>
    public static string Open(Network network, Language language)
    {
        var texts = Texts.In(language);
        if (network.Template is null)
        {
            return texts["Networks.CopyText"];
        }

        return network.Template.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            ? texts["Networks.OpenEmail"]
            : texts.Format("Networks.Open", ("network", network.Name(language)));
    }

    /// <summary>Why the text does not fit and by how much, or null where it does.</summary>
    public static string? TooLong(Network network, TextCount count, Language language)
    {
        if (count.Fits)
        {
            return null;
        }

        var texts = Texts.In(language);
        return network.Rule == CountRule.Address
            ? texts.Format("Networks.TooLongAddress", ("network", network.Name(language)), ("used", count.Used), ("limit", count.Limit))
            : texts.Plural("Networks.TooLong", count.Over, ("network", network.Name(language)), ("used", count.Used), ("limit", count.Limit));
    }

    /// <summary>That the text has to be pasted, for a network whose composer does not take it; null for the others.</summary>
    public static string? CopyFirst(Network network, Language language) =>
        network.Template is null || network.PrefillsText
            ? null
            : Texts.In(language).Format("Networks.CopyFirst", ("network", network.Name(language)));

    /// <summary>One line on the network's customs; null where the catalogue names none, or one that this version has no text for.</summary>
    public static string? Manners(Network network, Language language) =>
        network.Manners is null ? null : Texts.In(language).Find($"Networks.{network.Manners}");
}
