namespace AdvocacyBot.Core.Links;

/// <summary>A link code as a number: one for each code, so that finding a link touches no text.</summary>
internal static class LinkKey
{
    private static readonly byte[] Digits = MakeDigits();

    /// <param name="code">Of the form that <see cref="LinkCode.TryParse"/> lets through.</param>
    public static ulong Of(ReadOnlySpan<char> code)
    {
        // 10 digits to the base of 56 need 59 bits.
        var key = 0UL;
        foreach (var c in code)
        {
            key = (key * (ulong)LinkCode.Alphabet.Length) + Digits[c & 127];
        }

        return key;
    }

    private static byte[] MakeDigits()
    {
        var digits = new byte[128];
        for (var i = 0; i < LinkCode.Alphabet.Length; i++)
        {
            digits[LinkCode.Alphabet[i]] = (byte)i;
        }

        return digits;
    }
}
