using System.Text;
using AdvocacyBot.Core.Conversions;

namespace AdvocacyBot.Core.Links;

/// <summary>What the destination's analytics is told; written as <see cref="Utm.Value"/> makes them, an empty one not at all.</summary>
/// <param name="Source">The network's <c>utmSource</c>.</param>
/// <param name="Medium">The network's <c>utmMedium</c>: <c>social</c> and <c>email</c> are what GA4 sorts into Organic Social and Email.</param>
/// <param name="Campaign">Stable and opaque, such as the campaign's code.</param>
/// <param name="Content">Variant of the post; never anything that names a person.</param>
/// <param name="Reference">
/// What an applicant system or a CRM hands back (<see cref="Conversions.LinkReference"/>): letters and digits, written as it is. Null: none.
/// </param>
public readonly record struct UtmValues(string Source, string Medium, string Campaign, string? Content = null, string? Reference = null);

/// <summary>Campaign parameters on a destination address.</summary>
public static class Utm
{
    /// <summary>Characters; longer addresses break in some chat programs, mail programs and servers.</summary>
    public const int LongestAddress = 2000;

    /// <summary>
    /// Adds <c>utm_source</c>, <c>utm_medium</c>, <c>utm_campaign</c>, <c>utm_content</c> and the reference after the query that is there and before the fragment. A
    /// parameter that the author set stays as it is and is not added, in whatever case it is written. Tagging again changes nothing.
    /// </summary>
    /// <param name="destination">Absolute; one that is neither http nor https is returned as it is.</param>
    /// <returns>
    /// An address in ASCII (host in Punycode, the rest percent-encoded): tagged, or untagged where it would get longer than
    /// <see cref="LongestAddress"/>. An address that is plain ASCII already keeps every character it has.
    /// </returns>
    public static Uri Tag(Uri destination, UtmValues values)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (!destination.IsAbsoluteUri || !(destination.Scheme == Uri.UriSchemeHttp || destination.Scheme == Uri.UriSchemeHttps))
        {
            return destination;
        }

        var address = IsPlain(destination.OriginalString) ? destination.OriginalString : Ascii(destination);
        var hash = address.IndexOf('#', StringComparison.Ordinal);
        var beforeFragment = hash < 0 ? address : address[..hash];
        var mark = beforeFragment.IndexOf('?', StringComparison.Ordinal);
        var query = mark < 0 ? "" : beforeFragment[(mark + 1)..];

        var tagged = new StringBuilder(beforeFragment);
        var next = mark < 0 ? "?" : query.Length == 0 || query.EndsWith('&') ? "" : "&";
        foreach (var (name, value) in Pairs(values))
        {
            if (value.Length > 0 && !Has(query, name))
            {
                tagged.Append(next).Append(name).Append('=').Append(value);
                next = "&";
            }
        }

        tagged.Append(hash < 0 ? "" : address[hash..]);
        return new Uri(tagged.Length > LongestAddress ? address : tagged.ToString());
    }

    /// <summary>Lower case, and only <c>a-z 0-9 . _ -</c>: each run of other characters becomes one <c>-</c>, none at the ends.</summary>
    public static string Value(string? text)
    {
        var value = new StringBuilder();
        foreach (var c in text ?? "")
        {
            var lower = char.ToLowerInvariant(c);
            if (char.IsAsciiLetterLower(lower) || char.IsAsciiDigit(lower) || lower is '.' or '_')
            {
                value.Append(lower);
            }
            else if (value.Length > 0 && value[^1] != '-')
            {
                value.Append('-');
            }
        }

        return value.ToString().Trim('-');
    }

    private static IEnumerable<(string Name, string Value)> Pairs(UtmValues values) =>
    [
        ("utm_source", Value(values.Source)),
        ("utm_medium", Value(values.Medium)),
        ("utm_campaign", Value(values.Campaign)),
        ("utm_content", Value(values.Content)),
        (LinkReference.Parameter, values.Reference ?? ""),
    ];

    private static bool Has(string query, string name)
    {
        foreach (var part in query.AsSpan().Split('&'))
        {
            var parameter = query.AsSpan(part);
            var equals = parameter.IndexOf('=');
            var written = equals < 0 ? parameter : parameter[..equals];
            if (Uri.UnescapeDataString(written).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPlain(string address) => !address.AsSpan().ContainsAnyExceptInRange('!', '~') && !address.Contains('\\', StringComparison.Ordinal);

    private static string Ascii(Uri address)
    {
        // IdnHost drops the brackets of an IPv6 address.
        var host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        var user = address.UserInfo.Length == 0 ? "" : address.UserInfo + "@";
        var port = address.IsDefaultPort ? "" : $":{address.Port}";
        return $"{address.Scheme}://{user}{host}{port}{address.PathAndQuery}{address.Fragment}";
    }
}
