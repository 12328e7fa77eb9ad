namespace AdvocacyBot.Teams.Protocol;

/// <summary>A mention or the client's particulars; of other kinds only the type is kept, whatever they hold.</summary>
internal sealed record Entity
{
    public const string MentionType = "mention";
    public const string ClientInfoType = "clientInfo";

    public required string Type { get; init; }

    /// <summary>Of a mention: who.</summary>
    public ChannelAccount? Mentioned { get; init; }

    /// <summary>Of a mention: how it stands in the message's text, e.g. <c>&lt;at&gt;Relay&lt;/at&gt;</c>.</summary>
    public string? Text { get; init; }

    /// <summary>Of the client: BCP 47.</summary>
    public string? Locale { get; init; }

    /// <summary>Of the client: IANA.</summary>
    public string? Timezone { get; init; }
}
