using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Templates;

/// <summary>The templates of a programme: its own where it has changed one, else those that come with the product.</summary>
public sealed class ProgrammeTemplates(IReadOnlyDictionary<ContentType, TemplateWords> own)
{
    public static readonly ProgrammeTemplates Defaults = new(new Dictionary<ContentType, TemplateWords>());

    public bool IsOwn(ContentType type) => own.ContainsKey(type);

    public ContentTemplate For(ContentType type) => own.TryGetValue(type, out var words) ? words.Template(type) : ContentTemplates.For(type);

    /// <summary>Every text that is or was offered by a template, so that an example nobody touched is told from own words.</summary>
    /// <param name="first">Whose examples come first.</param>
    public HashSet<DraftText> Offered(Language first) =>
        [.. ContentTemplates.All.Concat(own.Select(o => o.Value.Template(o.Key))).SelectMany(template => ContentTemplates.Offer(template, first))];
}

/// <summary>Reads the templates of a workspace's programme.</summary>
public static class ReadTemplates
{
    public static async Task<ProgrammeTemplates> TemplatesAsync(this AdvocacyDb db, long workspaceId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var own = await db.OwnTemplates.AsNoTracking().Where(o => o.WorkspaceId == workspaceId).ToDictionaryAsync(o => o.ContentType, o => o.Words, cancellationToken);
        return own.Count == 0 ? ProgrammeTemplates.Defaults : new ProgrammeTemplates(own.ToDictionary(o => o.Key, o => TemplateWords.Parse(o.Value)));
    }
}
