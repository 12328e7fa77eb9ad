using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Programme;

/// <summary>The social-media policy that holds in a workspace.</summary>
/// <param name="Version">What people acknowledge.</param>
/// <param name="Texts">By language code; a language that is missing has the built-in text.</param>
/// <param name="Changes">What changed since the version before, by language code.</param>
/// <param name="PublishedAt">Null: it stands in the settings and has never been another.</param>
public sealed record CurrentPolicy(
    string Version, IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, string> Changes, DateTimeOffset? PublishedAt)
{
    public string TextIn(Language language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return Texts.TryGetValue(language.Code, out var text) && !string.IsNullOrWhiteSpace(text) ? text : Localization.Texts.In(language)["Programme.DefaultPolicy"];
    }

    /// <summary>What changed; in another language where this one was left out, null where nothing was said.</summary>
    public string? ChangesIn(Language language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return Changes.TryGetValue(language.Code, out var text) && !string.IsNullOrWhiteSpace(text) ? text : Changes.Values.FirstOrDefault(other => !string.IsNullOrWhiteSpace(other));
    }
}

/// <summary>What a version of the policy changed.</summary>
public sealed record PolicyChange(string Version, string Changes);

/// <summary>Reads the policy: the newest version that an owner published in chat or that came with the settings.</summary>
public sealed class Policies(QuickReads reads, IOptions<ProgrammeOptions> options)
{
    public const int MostChanges = 5;

    // So that Hebrew stays readable in the database.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>As it stands committed.</summary>
    public async ValueTask<CurrentPolicy> CurrentAsync(long workspaceId, CancellationToken cancellationToken)
    {
        var stored = await reads.FirstAsync(
            new(
                """SELECT "Version", "Texts", "Changes", "FromSettings", "PublishedAt" FROM policy_versions WHERE "WorkspaceId" = $1 ORDER BY "Id" DESC LIMIT 1""",
                workspaceId),
            static row => new PolicyVersion
            {
                Version = row.Text(0)!,
                Texts = row.Text(1)!,
                Changes = row.Text(2)!,
                FromSettings = row.Number(3) != 0,
                PublishedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Number(4)),
            },
            cancellationToken);
        var settings = options.Value;

        // The settings' own wording may be mended without a new version.
        return stored is null || (stored.FromSettings && stored.Version == settings.PolicyVersion)
            ? new CurrentPolicy(settings.PolicyVersion, settings.Policy, settings.PolicyChanges, stored?.PublishedAt)
            : new CurrentPolicy(stored.Version, Read(stored.Texts), Read(stored.Changes), stored.PublishedAt);
    }

    /// <summary>What changed since the version that somebody acknowledged, so that who missed a version is told of it too.</summary>
    /// <param name="db">To read with.</param>
    /// <param name="workspaceId">Of the row in <c>workspaces</c>.</param>
    /// <param name="acknowledged">The version; null, or one that is not known any more: what the newest version changed.</param>
    /// <param name="language">To say it in, as <see cref="CurrentPolicy.ChangesIn"/>.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The oldest first, at most <see cref="MostChanges"/>.</returns>
    public async Task<IReadOnlyList<PolicyChange>> ChangesSinceAsync(AdvocacyDb db, long workspaceId, string? acknowledged, Language language, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var current = await CurrentAsync(workspaceId, cancellationToken);
        var published = await db.PolicyVersions.AsNoTracking().Where(v => v.WorkspaceId == workspaceId).OrderBy(v => v.Id)
            .Select(v => new { v.Version, v.Texts, v.Changes }).ToListAsync(cancellationToken);
        var seen = published.FindLastIndex(v => v.Version == acknowledged);
        var missed = seen < 0
            ? [current]
            : published.Skip(seen + 1).Select(v => v.Version == current.Version ? current : new CurrentPolicy(v.Version, Read(v.Texts), Read(v.Changes), null)).ToList();
        return [.. missed.Select(v => (v.Version, Changes: v.ChangesIn(language))).Where(v => v.Changes is not null).Select(v => new PolicyChange(v.Version, v.Changes!)).TakeLast(MostChanges)];
    }

    internal static string Write(IReadOnlyDictionary<string, string> byLanguage) => JsonSerializer.Serialize(byLanguage, Json);

    /// <summary>A row for what stands in the settings.</summary>
    internal static PolicyVersion FromSettings(long workspaceId, ProgrammeOptions settings, DateTimeOffset now) => new()
    {
        WorkspaceId = workspaceId,
        Version = settings.PolicyVersion,
        Texts = Write(settings.Policy),
        Changes = Write(settings.PolicyChanges),
        FromSettings = true,
        PublishedAt = now,
    };

    private static Dictionary<string, string> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json, Json) ?? [];
}
