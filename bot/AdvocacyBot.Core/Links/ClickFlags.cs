namespace AdvocacyBot.Core.Links;

/// <summary>What a request showed beside its agent; kept raw so that the rule can be run again. The numbers are stored.</summary>
[Flags]
public enum ClickFlags
{
    None = 0,
    Head = 1,

    /// <summary><c>Sec-Purpose</c>, <c>Purpose</c> or <c>X-Moz</c> said prefetch.</summary>
    Prefetch = 2,
    NoAcceptLanguage = 4,

    /// <summary><c>Sec-Fetch-Mode: navigate</c> was sent.</summary>
    Navigate = 8,

    /// <summary>The same visitor as on the share's private pages that day.</summary>
    Sharer = 16,
}

/// <summary>The rule's verdict on a request; the numbers are stored.</summary>
public enum ClickClass
{
    /// <summary>A person came in.</summary>
    Human = 0,

    /// <summary>A network's preview crawler.</summary>
    Crawler = 1,
    Head = 2,
    Prefetch = 3,

    /// <summary>A person who was counted on this link within the rule's window.</summary>
    Repeat = 4,

    /// <summary>The sharer trying the link.</summary>
    Sharer = 5,

    /// <summary>A declared robot, library or monitor that is no preview crawler.</summary>
    Robot = 6,
}
