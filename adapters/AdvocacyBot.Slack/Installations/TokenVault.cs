using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace AdvocacyBot.Slack.Installations;

/// <summary>Tokens as they are stored: encrypted with ASP.NET Data Protection, whose keys are in the same database.</summary>
internal sealed class TokenVault(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("AdvocacyBot.Slack.Tokens");

    public string Lock(string token) => protector.Protect(token);

    /// <returns>Null: it was locked with a key that is gone.</returns>
    public string? Open(string locked)
    {
        try
        {
            return protector.Unprotect(locked);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
