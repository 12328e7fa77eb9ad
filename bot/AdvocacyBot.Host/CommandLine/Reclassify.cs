using System.CommandLine;
using System.Globalization;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Evidence;
using AdvocacyBot.Core.Links;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Host.CommandLine;

/// <summary><c>reclassify [--apply] [--rule FILE]</c>: judges all stored requests to links again. May run beside a bot that serves.</summary>
internal static class Reclassify
{
    public const string Name = "reclassify";

    public static readonly Option<bool> Apply = new("--apply") { Description = "Write the new verdicts; without it, nothing is changed." };

    public static readonly Option<FileInfo?> Rule = new("--rule") { Description = "Another rule, as click-rule.json; only to look what it would change." };

    public static async Task<int> RunAsync(WebApplication app, bool apply, FileInfo? file, CancellationToken cancellationToken)
    {
        if (apply && file is not null)
        {
            await Console.Error.WriteLineAsync("--rule is for looking only: what is stored is judged by the rule that comes with the bot. Leave out --apply or --rule.");
            return Startup.Refused;
        }

        if (!await DatabaseReady.CheckAsync(app, cancellationToken))
        {
            return Startup.Refused;
        }

        ClickRule rule;
        try
        {
            rule = await ReadAsync(app, file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync($"The rule cannot be read: {e.Message}");
            return Startup.Refused;
        }

        var done = await app.Services.GetRequiredService<ReclassifyClicks>().RunAsync(rule, apply, actorId: null, cancellationToken);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>().CreateDbContextAsync(cancellationToken);
        var codes = await db.Campaigns.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Code, cancellationToken);
        await WriteAsync(Console.Out, done, codes);
        return 0;
    }

    /// <summary>Before and after, by campaign and rung.</summary>
    internal static async Task WriteAsync(TextWriter output, Reclassification done, IReadOnlyDictionary<long, string> codes)
    {
        var versions = string.Join(", ", done.ByVersion.OrderBy(v => v.Key).Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Value} by version {v.Key}")));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Click rule, version {done.RuleVersion}. Stored requests: {done.Requests}{(versions.Length == 0 ? "" : $" (judged {versions})")}."));
        foreach (var campaign in done.Campaigns.Where(c => c.Changed > 0 || c.Before.Fetched != c.After.Fetched))
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"campaign {campaign.CampaignId} ({codes.GetValueOrDefault(campaign.CampaignId, "?")}): fetched {campaign.Before.Fetched} -> {campaign.After.Fetched}, clicked {campaign.Before.Clicked} -> {campaign.After.Clicked}"));
            await output.WriteLineAsync($"    before: {Verdicts(campaign.Before)}");
            await output.WriteLineAsync($"    after:  {Verdicts(campaign.After)}");
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Campaigns: {done.Campaigns.Count}. Requests whose verdict {(done.Applied ? "was changed" : "would change")}: {done.Changed}."));
        await output.WriteLineAsync(done.Applied ? "Written, and noted in the audit log." : "Nothing was changed. With --apply it is written.");
    }

    private static string Verdicts(VerdictCounts counts) =>
        string.Join(", ", counts.All.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Verdict.ToString().ToLowerInvariant()} {v.Count}")));

    private static async Task<ClickRule> ReadAsync(WebApplication app, FileInfo? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return app.Services.GetRequiredService<ClickRule>();
        }

        using var content = new MemoryStream(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
        return ClickRule.Load(content, file.Name);
    }
}
