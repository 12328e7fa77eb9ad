namespace AdvocacyBot.Core.Broadcasts;

/// <summary>E-mail addresses as they are compared.</summary>
public static class EmailAddress
{
    private const int Longest = 254;

    /// <returns>Trimmed and in lower case; null for what is no address.</returns>
    public static string? Clean(string? text)
    {
        var address = text?.Trim().ToLowerInvariant() ?? "";
        var at = address.IndexOf('@', StringComparison.Ordinal);
        var good = at > 0 && at == address.LastIndexOf('@') && address.IndexOf('.', at) > at + 1 && !address.EndsWith('.')
            && address.Length <= Longest && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>' or '"');
        return good ? address : null;
    }
}
