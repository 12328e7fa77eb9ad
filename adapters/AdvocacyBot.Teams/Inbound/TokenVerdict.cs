namespace AdvocacyBot.Teams.Inbound;

/// <summary>What became of the check of a token or of the activity it came with; <see cref="Fine"/> or why not.</summary>
internal enum TokenVerdict
{
    Fine = 0,

    // 401: nobody we know sent this.
    Missing,
    Malformed,
    WrongAlgorithm,
    WrongIssuer,
    UnknownKey,
    WrongSignature,
    Expired,
    NotYetValid,
    Invalid,

    // 403: the sender is known, and may not do this.
    WrongAudience,
    Skill,
    NoServiceUrl,
    NotEndorsed,
    WrongChannel,
    WrongServiceUrl,
    UntrustedHost,
    WrongTenant,
}

internal static class TokenVerdicts
{
    /// <summary>401 asks for a token, 403 refuses the one that came.</summary>
    public static int Status(this TokenVerdict verdict) => verdict switch
    {
        TokenVerdict.Fine => 200,
        < TokenVerdict.WrongAudience => 401,
        _ => 403,
    };
}
