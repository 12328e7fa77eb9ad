using System.Runtime.InteropServices;
using System.Text;

namespace AdvocacyBot.Core.Reports.RollUp;

/// <summary>What is known of people for segments; personas as <c>|engineer|speaker|</c>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProfileKey(string? Department, string? Location, string? Personas);

/// <summary>
/// People by what is known of them, in whose place a report would have to read a row for each. Kept in blocks of ids, so that a change costs the reading of one block.
/// </summary>
internal sealed class ProfileGroups
{
    /// <summary>Ids of people in a block; the triggers on the profiles know this number as well.</summary>
    public const int BlockSize = 8192;

    private const byte Version = 1;

    private readonly Dictionary<ProfileKey, List<long>> groups = [];

    /// <summary>Each with its people.</summary>
    public IReadOnlyCollection<KeyValuePair<ProfileKey, List<long>>> All => groups;

    public void Add(long person, ProfileKey profile) => Of(profile).Add(person);

    /// <summary>Adds what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Bytes of another version.</exception>
    public void Add(ReadOnlySpan<byte> block)
    {
        if (block[0] != Version)
        {
            throw new InvalidDataException($"A block of profiles was written by another version ({block[0]}).");
        }

        var at = 1;
        var texts = new string?[Packed.Number(block, ref at) + 1];
        for (var i = 1; i < texts.Length; i++)
        {
            texts[i] = Encoding.UTF8.GetString(Packed.Block(block, ref at));
        }

        for (var left = Packed.Number(block, ref at); left > 0; left--)
        {
            var profile = new ProfileKey(texts[Packed.Number(block, ref at)], texts[Packed.Number(block, ref at)], texts[Packed.Number(block, ref at)]);
            var people = Of(profile);
            var person = 0L;
            for (var more = Packed.Number(block, ref at); more > 0; more--)
            {
                person += Packed.Signed(block, ref at);
                people.Add(person);
            }
        }
    }

    public byte[] Write()
    {
        var texts = groups.Keys.SelectMany(k => (string?[])[k.Department, k.Location, k.Personas]).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var numbers = texts.Index().ToDictionary(t => t.Item, t => t.Index + 1, StringComparer.Ordinal);
        var bytes = new PackedWriter();
        bytes.Byte(Version);
        bytes.Number(texts.Count);
        texts.ForEach(bytes.Text);
        bytes.Number(groups.Count);
        foreach (var (profile, people) in groups)
        {
            foreach (var text in (string?[])[profile.Department, profile.Location, profile.Personas])
            {
                bytes.Number(text is null ? 0 : numbers[text]);
            }

            bytes.Number(people.Count);
            var before = 0L;
            foreach (var person in people)
            {
                bytes.Signed(person - before);
                before = person;
            }
        }

        return bytes.ToArray();
    }

    private List<long> Of(ProfileKey profile)
    {
        ref var people = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, profile, out _);
        return people ??= [];
    }
}
