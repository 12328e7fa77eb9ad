using System.Net;
using System.Text;
using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Host.InProcess;

/// <summary>The delivery report's table, fetched as a browser fetches it.</summary>
public sealed class DeliveryFileTests
{
    [Fact]
    public async Task The_table_is_a_file_of_all_recipients_for_who_was_given_its_address_and_for_a_quarter_of_an_hour()
    {
        using var folder = new HostFolder();
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = LiveHost.Start(folder, clock);
        using var http = host.Http();
        var carmen = new ChatPerson(http, "carmen");
        var texts = (await carmen.DraftAsync("To everybody")).Form!;
        var schedule = (await carmen.SubmitAsync(ChatJourneys.General, texts, "next", ("text1", "Proud of it"))).Form!;
        var preview = (await carmen.SubmitAsync(ChatJourneys.General, schedule, "next", ("channels", ""), ("people", "direct"))).Form!;
        await carmen.SubmitAsync(ChatJourneys.General, preview, "publish");
        var audience = await folder.QueryAsync(db => db.Deliveries.CountAsync(d => d.Kind == DeliveryKind.Prompt && d.PersonId != null));

        var list = (await carmen.SayAsync(ChatJourneys.General, "/advocate campaigns")).Message!;
        var results = (await carmen.PressAsync(list, CampaignRoutes.Results)).Message!;
        var report = (await carmen.PressAsync(results, BroadcastRoutes.Report)).Message!;
        var address = new Uri(CardReader.Actions(ChatPerson.CardOf(report)).OfType<OpenUrlAction>().Single().Url);

        using var table = await http.GetAsync(address.PathAndQuery);
        Assert.Equal((HttpStatusCode.OK, "text/csv"), (table.StatusCode, table.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("attachment; filename=delivery-", table.Content.Headers.ContentDisposition?.ToString(), StringComparison.Ordinal);
        Assert.True(table.Headers.CacheControl?.NoStore);
        var bytes = await table.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("recipient,platform,workspace,channel,state,reason,attempts,created,updated,delivery", lines[0]);
        Assert.Equal(audience, lines.Count(line => line.StartsWith("person,web,", StringComparison.Ordinal)));
        Assert.DoesNotContain("Alice", string.Concat(lines), StringComparison.Ordinal);

        foreach (var wrong in new[] { $"{address.PathAndQuery}x", "/deliveries/nothing", $"/deliveries/{Uri.EscapeDataString("../../etc/passwd")}" })
        {
            using var refused = await http.GetAsync(wrong);
            Assert.Equal((HttpStatusCode.NotFound, "text/html"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        }

        clock.Advance(DeliveryCards.FileLifetime + TimeSpan.FromSeconds(1));
        using var late = await http.GetAsync(address.PathAndQuery);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }
}
