namespace AdvocacyBot.Slack.Api;

internal enum ApiVerdict
{
    Ok = 0,

    /// <summary>Slack said why not: <see cref="ApiResult{T}.Error"/>.</summary>
    Refused = 1,

    /// <summary>To be asked again after <see cref="ApiResult{T}.RetryAfter"/>.</summary>
    Limited = 2,

    /// <summary>The request never arrived.</summary>
    Unreached = 3,

    /// <summary>It may have been carried out.</summary>
    InDoubt = 4,
}

/// <summary>What became of a call; nothing is thrown for it.</summary>
/// <param name="Verdict">In one word.</param>
/// <param name="Value">With <see cref="ApiVerdict.Ok"/>.</param>
/// <param name="Error">Slack's word, e.g. <c>channel_not_found</c>, or ours for what happened on the way.</param>
/// <param name="RetryAfter">With <see cref="ApiVerdict.Limited"/>.</param>
internal readonly record struct ApiResult<T>(ApiVerdict Verdict, T? Value, string Error, TimeSpan RetryAfter)
    where T : ApiResponse
{
    public bool IsOk => Verdict == ApiVerdict.Ok;

    public static ApiResult<T> Ok(T value) => new(ApiVerdict.Ok, value, "", TimeSpan.Zero);

    public static ApiResult<T> Refused(string error) => new(ApiVerdict.Refused, null, error, TimeSpan.Zero);

    public static ApiResult<T> Limited(TimeSpan after) => new(ApiVerdict.Limited, null, "ratelimited", after);

    public static ApiResult<T> Unreached(string what) => new(ApiVerdict.Unreached, null, what, TimeSpan.Zero);

    public static ApiResult<T> InDoubt(string what) => new(ApiVerdict.InDoubt, null, what, TimeSpan.Zero);

    /// <summary>The same failure of a call that would have answered something else.</summary>
    public ApiResult<TOther> As<TOther>()
        where TOther : ApiResponse => new(Verdict, null, Error, RetryAfter);
}
