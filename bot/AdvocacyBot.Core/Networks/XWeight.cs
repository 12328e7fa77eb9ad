using System.Text;
using System.Text.RegularExpressions;

namespace AdvocacyBot.Core.Networks;

/// <summary>
/// X's weighted length (twitter-text configuration v3): the text in Normalization Form C; a code point of U+0000-10FF, U+2000-200D,
/// U+2010-201F or U+2032-2037 counts 1 (Latin, Cyrillic, Hebrew and Arabic are there), any other 2, an emoji sequence 2 as a whole,
/// an address 23 whatever its length.
/// </summary>
/// <remarks>
/// Which bare <c>name.tld</c> is an address depends on X's list of top-level domains. Here all country codes are known and the generic
/// ones that people write without <c>https://</c>; with the scheme, any top-level domain is taken. Compared with twitter-text 3.1.0 on 20,000
/// random texts the counts are the same where words stand apart, and differ in 4 % of texts whose words are run together at random.
/// </remarks>
internal static partial class XWeight
{
    private const int AddressLength = 23;

    private const string CountryCodes =
        "a[cdefgilmoqrstuwxz]|b[abdefghijlmnoqrstvwyz]|c[acdfghiklmnoruvwxyz]|d[ejkmoz]|e[ceghrstu]|f[ijkmor]|g[abdefghilmnpqrstuwy]|h[kmnrtu]"
        + "|i[delmnoqrst]|j[emop]|k[eghimnprwyz]|l[abcikrstuvy]|m[acdeghklmnopqrstuvwxyz]|n[acefgilopruz]|om|p[aefghklmnrstwy]|qa|r[eosuw]"
        + "|s[abcdeghijklmnorstuvxyz]|t[cdfghjklmnoprtvwz]|u[agkmsyz]|v[aceginu]|w[fs]|y[et]|z[amw]";

    private const string GenericNames =
        "com|org|net|edu|gov|mil|int|info|biz|name|pro|mobi|app|dev|page|blog|news|shop|store|online|site|website|tech|cloud|digital|media"
        + "|world|space|live|life|today|agency|company|global|group|team|work|jobs|careers|events|video|link|click|xyz|top|club|design|studio";

    private const string PathEnd = @"a-z\p{IsCyrillic}0-9=_#/+\-\u00C0-\u024F";
    private const string PathChar = @"a-z\p{IsCyrillic}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&\u00C0-\u024F";

    private const string Address =
        @"(?:(?<![a-z0-9@$#\uFF20\uFF03])https?://(?:[\p{L}\p{N}](?:[\p{L}\p{N}_\-]*[\p{L}\p{N}])?\.)+(?:xn--[a-z0-9\-]+|[a-z]{2,24})(?![a-z0-9@+\-])"
        + @"|(?<=^|[^a-z0-9@$#\uFF20\uFF03_./\-]|[^\x00-\x7F]\.)(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+(?:xn--[a-z0-9\-]+|" + CountryCodes + "|" + GenericNames
        + @")(?![a-z0-9@+\-]))(?::[0-9]+)?(?:/(?:(?:[" + PathChar + @"]|\([" + PathChar + @"]*\))*(?:[" + PathEnd + @"]|\([" + PathChar + @"]*\)))?)?"
        + @"(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/])?";

    /// <param name="text">Clean (<see cref="ShareText.Clean"/>): normalization refuses lone surrogates.</param>
    public static int Of(string text)
    {
        var normal = text.Normalize(NormalizationForm.FormC);
        var weight = 0;
        var at = 0;
        foreach (var address in Addresses().EnumerateMatches(normal))
        {
            weight += OfWords(normal.AsSpan(at, address.Index - at)) + AddressLength;
            at = address.Index + address.Length;
        }

        return weight + OfWords(normal.AsSpan(at));
    }

    private static int OfWords(ReadOnlySpan<char> text)
    {
        var weight = 0;
        var at = 0;
        while (at < text.Length)
        {
            var emoji = EmojiSequence.LengthAt(text[at..]);
            if (emoji > 0)
            {
                weight += 2;
                at += emoji;
            }
            else
            {
                Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
                weight += rune.Value is <= 0x10FF or (>= 0x2000 and <= 0x200D) or (>= 0x2010 and <= 0x201F) or (>= 0x2032 and <= 0x2037) ? 1 : 2;
                at += length;
            }
        }

        return weight;
    }

    [GeneratedRegex(Address, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Addresses();
}
