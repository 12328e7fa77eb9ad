namespace AdvocacyBot.Slack.Rendering;

/// <summary>Slack's limits, in UTF-16 units (which never count less than Slack's characters), and our own budgets below undocumented ones.</summary>
internal static class Limits
{
    public const int MessageBlocks = 50;
    public const int ViewBlocks = 100;

    /// <summary>
    /// All blocks of a message as JSON. Not documented: messages are refused (<c>msg_blocks_too_long</c>) from about 13,200 characters
    /// (slackapi/bolt-js issues 2509 and 2867).
    /// </summary>
    public const int MessageJson = 12_500;

    /// <summary>Of 250 kB that a view may have, in bytes.</summary>
    public const int ViewBytes = 200_000;

    /// <summary>A text may have 3000 characters, and fails near 2958 when it holds characters that Slack escapes.</summary>
    public const int Text = 2900;

    public const int Header = 150;
    public const int AltText = 2000;
    public const int Url = 3000;
    public const int Label = 2000;
    public const int Placeholder = 150;
    public const int InputValue = 3000;
    public const int ButtonText = 75;
    public const int ButtonValue = 2000;
    public const int ActionsElements = 25;
    public const int OptionText = 75;
    public const int OptionValue = 75;
    public const int SelectOptions = 100;
    public const int SelectGroups = 100;
    public const int BoxOptions = 10;
    public const int ViewTitle = 24;
    public const int PrivateMetadata = 3000;

    /// <summary>The line that notifications show and screen readers read; Slack recommends 4000 at most.</summary>
    public const int Summary = 1500;
}
