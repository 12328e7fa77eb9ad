using System.Security.Cryptography;
using System.Text;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.People;

/// <summary>
/// Who was erased and has not come back by doing something: platforms go on listing them as members of their channels, and that must not store them again. Kept as
/// keyed hashes, which tell nobody's id, and only whether an id that is at hand is one of them.
/// </summary>
public sealed class ErasedBook(QuickReads reads, byte[] key)
{
    private const char Separator = '\u001F';

    /// <summary>Whether what a platform reports of this person is to be passed over.</summary>
    public async ValueTask<bool> HasAsync(WorkspaceRef workspace, string externalId, CancellationToken cancellationToken) => await reads.FirstAsync(
        new("""SELECT 1 FROM erased_people WHERE "Hash" = $1""", Hash(workspace, externalId)), static row => row.Number(0) != 0, cancellationToken);

    /// <summary>64 characters of lower-case hex.</summary>
    internal string Hash(WorkspaceRef workspace, string externalId)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return Convert.ToHexStringLower(HMACSHA256.HashData(
            key, Encoding.UTF8.GetBytes($"erased{Separator}{workspace.Platform}{Separator}{workspace.Id}{Separator}{externalId}")));
    }
}
