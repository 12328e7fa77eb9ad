using System.Buffers;
using System.Security.Cryptography;

namespace AdvocacyBot.Core.Links;

/// <summary>
/// Public part of a tracked link, <c>/l/{code}</c>: 10 characters of 56 (letters and digits without <c>0 O o 1 l I</c>), 58 bits from the
/// system's secure generator. As it is shared, one character more may follow: the letter of the network it was made for.
/// </summary>
public static class LinkCode
{
    /// <summary>Characters without the network's letter.</summary>
    public const int Length = 10;

    public const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";

    private static readonly SearchValues<char> InAlphabet = SearchValues.Create(Alphabet);

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>The code as it is shared to a network.</summary>
    /// <param name="letter">ASCII letter or digit.</param>
    public static string For(string code, char letter) => code + letter;

    /// <summary>
    /// Reads what arrived after <c>/l/</c>. Chat programs glue on what follows a link in a sentence (<c>.</c> <c>)</c> <c>"</c> <c>…</c>, direction
    /// marks): whatever comes after the code's letters and digits is ignored. Allocates nothing.
    /// </summary>
    /// <param name="received">Percent-decoded.</param>
    /// <param name="code">Part of <paramref name="received"/>; it has the form of a code, whether it exists is for storage to say.</param>
    /// <param name="network">The network's letter, which may be one the catalogue does not know; <c>'\0'</c> in a plain code.</param>
    /// <returns>False: this cannot be a code.</returns>
    public static bool TryParse(ReadOnlySpan<char> received, out ReadOnlySpan<char> code, out char network)
    {
        code = default;
        network = '\0';
        var length = 0;
        while (length < received.Length && length <= Length + 1 && char.IsAsciiLetterOrDigit(received[length]))
        {
            length++;
        }

        if (length is < Length or > Length + 1 || received[..Length].ContainsAnyExcept(InAlphabet))
        {
            return false;
        }

        code = received[..Length];
        network = length > Length ? received[Length] : '\0';
        return true;
    }
}
