using System.Xml.Linq;
using AdvocacyBot.Core.Data;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Slack.Data;

/// <summary>Data Protection's keys beside what they protect, so that all hosts on one database read each other's tokens.</summary>
internal sealed class KeyRepository(Database database, IDbContextFactory<SlackDb> contexts) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.CreateDbContext();
        return [.. db.Keys.AsNoTracking().OrderBy(k => k.Id).Select(k => k.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        // The interface is synchronous; a key is made every ninety days.
        using var turn = database.EnterWriteAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        using var db = contexts.CreateDbContext();
        db.Keys.Add(new SlackKey { Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}
