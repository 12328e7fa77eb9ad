namespace AdvocacyBot.Slack.Data;

/// <summary>The app in one workspace, or in a whole enterprise organisation.</summary>
internal sealed class SlackInstallation
{
    /// <summary>Enterprise id where the organisation installed it, otherwise the team's.</summary>
    public required string Id { get; init; }

    /// <summary>Null for a whole organisation.</summary>
    public string? TeamId { get; set; }

    public string? EnterpriseId { get; set; }

    public required string Name { get; set; }

    public required string BotUserId { get; set; }

    /// <summary>Encrypted with ASP.NET Data Protection.</summary>
    public required string BotToken { get; set; }

    /// <summary>Encrypted; null without token rotation.</summary>
    public string? RefreshToken { get; set; }

    /// <summary>Of <see cref="BotToken"/>; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public string Scopes { get; set; } = "";

    public DateTimeOffset InstalledAt { get; set; }

    /// <summary>Counts renewals; optimistic concurrency between hosts.</summary>
    public int Version { get; set; }

    /// <summary>Host that renews the tokens now, and until when the others leave it alone.</summary>
    public DateTimeOffset? RenewingUntil { get; set; }
}

/// <summary>What <c>users.info</c> said of a person.</summary>
internal sealed class SlackPerson
{
    public required string InstallationId { get; init; }

    public required string UserId { get; init; }

    public required string Name { get; set; }

    /// <summary>BCP 47.</summary>
    public string? Locale { get; set; }

    /// <summary>IANA id.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Neither bot nor guest nor deactivated nor of another organisation.</summary>
    public bool Colleague { get; set; }

    public DateTimeOffset RefreshedAt { get; set; }
}

/// <summary>A channel whose members are kept in step.</summary>
internal sealed class SlackChannelState
{
    public required string InstallationId { get; init; }

    public required string ChannelId { get; init; }

    /// <summary>When its members were last read from Slack.</summary>
    public DateTimeOffset CountedAt { get; set; }
}

/// <summary>A key of ASP.NET Data Protection, as XML.</summary>
internal sealed class SlackKey
{
    public long Id { get; init; }

    public required string Xml { get; init; }
}

/// <summary>An event that was acknowledged before it was carried out: whatever becomes of the host, it will be.</summary>
internal sealed class SlackEvent
{
    /// <summary>Equal for repeated deliveries.</summary>
    public required string Key { get; init; }

    /// <summary>The envelope as Slack sent it, JSON.</summary>
    public required string Payload { get; init; }

    public DateTimeOffset KeptAt { get; init; }

    /// <summary>When a host may take it; the one that has it moves this on.</summary>
    public DateTimeOffset DueAt { get; set; }
}
