namespace AdvocacyBot.Teams.Outbound;

/// <summary>Why a message was not sent: stored with the delivery. Each has its sentence, <c>Teams.Reason_*</c>.</summary>
internal static class TeamsReason
{
    /// <summary>The bot is not installed there, or was removed.</summary>
    public const string NotInstalled = "teams_not_installed";

    /// <summary>The person blocked the bot.</summary>
    public const string Blocked = "teams_blocked";

    /// <summary>An administrator switched the app off.</summary>
    public const string DisabledByAdmin = "teams_disabled_by_admin";

    /// <summary>The conversation or message does not exist any more.</summary>
    public const string NotFound = "teams_not_found";

    /// <summary>Nobody has written to the bot there yet, so there is no address.</summary>
    public const string NoAddress = "teams_no_address";

    /// <summary>The bot may not do this in that conversation.</summary>
    public const string NotPermitted = "teams_not_permitted";

    /// <summary>Above 100 KB.</summary>
    public const string TooLarge = "teams_too_large";

    /// <summary>Teams does not understand the message: a fault of ours.</summary>
    public const string BadRequest = "teams_bad_request";

    /// <summary>Entra gives no token, or Teams does not take it.</summary>
    public const string NotRegistered = "teams_not_registered";

    /// <summary>The address is not one of Microsoft's.</summary>
    public const string UntrustedHost = "teams_untrusted_host";

    /// <summary>It may have arrived.</summary>
    public const string Interrupted = "teams_interrupted";

    /// <summary>Teams answered with something that was not expected.</summary>
    public const string Unexpected = "teams_unexpected";

    public static readonly IReadOnlyList<string> All =
    [
        NotInstalled, Blocked, DisabledByAdmin, NotFound, NoAddress, NotPermitted, TooLarge, BadRequest, NotRegistered, UntrustedHost, Interrupted, Unexpected,
    ];
}
