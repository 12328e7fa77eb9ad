using System.Net;
using System.Text;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Host.InProcess;

/// <summary>The audit log, fetched as an owner's browser fetches it.</summary>
public sealed class AuditFileTests
{
    [Fact]
    public async Task The_log_is_a_file_that_an_owner_opens_from_chat()
    {
        using var folder = new HostFolder();
        await using var host = LiveHost.Start(folder);
        using var http = host.Http();
        var olivia = new ChatPerson(http, "olivia");
        var settings = (await olivia.SayAsync(ChatJourneys.General, "/advocate settings")).Form!;
        await olivia.SubmitAsync(ChatJourneys.General, settings, "save", ("hour", "11"));
        var card = ChatPerson.CardOf((await olivia.SayAsync(ChatJourneys.General, "/advocate audit")).Message!);
        var address = new Uri(CardReader.Actions(card).OfType<OpenUrlAction>().Single().Url);

        using var file = await http.GetAsync(address.PathAndQuery);

        Assert.Equal((HttpStatusCode.OK, "text/csv"), (file.StatusCode, file.Content.Headers.ContentType?.MediaType));
        Assert.Equal("attachment; filename=audit.csv", file.Content.Headers.ContentDisposition?.ToString());
        Assert.True(file.Headers.CacheControl?.NoStore);
        var bytes = await file.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("at,platform,workspace,actor,action,subject,before,after", lines[0]);
        Assert.Contains("web,demo,olivia,conversation.settings_changed", lines[^1], StringComparison.Ordinal);
        foreach (var wrong in new[] { $"{address.PathAndQuery}x", "/audit/nothing" })
        {
            using var refused = await http.GetAsync(wrong);
            Assert.Equal((HttpStatusCode.NotFound, "text/html"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
            Assert.Contains("/advocate audit", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }
}
