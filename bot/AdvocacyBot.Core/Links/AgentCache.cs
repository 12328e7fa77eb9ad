using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AdvocacyBot.Core.Links;

/// <summary>A user agent's text as it is stored, and what it was judged to be.</summary>
internal sealed class KnownAgent(string text, long id, AgentVerdict verdict)
{
    public string Text { get; } = text;

    /// <summary>Made from the text, so that every host knows it without asking the database.</summary>
    public long Id { get; } = id;

    public AgentVerdict Verdict { get; } = verdict;

    /// <summary>Its row is in the database.</summary>
    public bool Stored { get; set; }
}

/// <summary>The agents seen lately.</summary>
internal sealed class AgentCache(ClickRule rule)
{
    private const int MostKept = 20_000;

    private readonly BoundedMap<string, KnownAgent> agents = new(MostKept);

    /// <param name="userAgent">As it came; only the first <see cref="ClickRule.AgentLength"/> characters count.</param>
    public KnownAgent Find(string userAgent)
    {
        if (userAgent.Length > ClickRule.AgentLength)
        {
            userAgent = userAgent[..ClickRule.AgentLength];
        }

        if (!agents.TryGet(userAgent, out var known))
        {
            // PostgreSQL has no NUL, and half of a surrogate pair has no UTF-8 form.
            var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(userAgent.Replace('\0', ' ')));
            known = new KnownAgent(text, Id(text), rule.Judge(text));
            agents.Set(userAgent, known);
        }

        return known;
    }

    private static long Id(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Math.Max(1, BinaryPrimitives.ReadInt64LittleEndian(hash) & long.MaxValue);
    }
}
