using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AdvocacyBot.Core.Conversions;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.Conversions;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Conversions;

/// <summary><c>POST /api/conversions</c> from outside, and the ready examples against it.</summary>
public sealed class ConversionsApiTests : IAsyncLifetime, IDisposable
{
    private const string Lead = """{ "id": "L-1", "type": "lead" }""";

    private readonly HostFolder folder = new();
    private LiveHost host = null!;
    private HttpClient http = null!;
    private NewConversionKey key = null!;

    public async Task InitializeAsync()
    {
        host = LiveHost.Start(folder);
        http = host.Http();
        await using var db = await Contexts.CreateDbContextAsync();
        key = host.Services.GetRequiredService<ConversionKeys>().Add(db, await db.Workspaces.Select(w => w.Id).FirstAsync(), DateTimeOffset.FromUnixTimeSeconds(Now));
        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    public void Dispose()
    {
        http.Dispose();
        host.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task What_is_signed_is_taken_and_each_entry_answered()
    {
        using var answer = await PostAsync($$"""{ "conversions": [ {{Lead}}, {{Lead}}, { "id": "a b" }, { "id": "L-1", "reversed": true, "email": "jane@example.com" } ] }""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((1, 1, 1, 1), (json.GetProperty("recorded").GetInt32(), json.GetProperty("duplicates").GetInt32(), json.GetProperty("reversed").GetInt32(), json.GetProperty("rejected").GetInt32()));
        var results = json.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["recorded", "duplicate", "rejected", "reversed"], results.Select(r => r.GetProperty("status").GetString()));
        Assert.Equal(("no_reference", false), (results[0].GetProperty("reason").GetString(), results[0].GetProperty("attributed").GetBoolean()));
        Assert.Equal(2, results[2].GetProperty("index").GetInt32());
        Assert.Equal("email", results[3].GetProperty("ignored")[0].GetString());
        Assert.DoesNotContain("jane@", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(folder.Database)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_signed_as_it_should_be_is_nobodys()
    {
        var now = Now.ToString(CultureInfo.InvariantCulture);
        var good = ConversionSignature.OfRequest(key.Secret, now, Encoding.UTF8.GetBytes(Lead));
        (string? Key, string? Timestamp, string? Signature, string Body)[] forged =
        [
            (null, now, good, Lead),
            (key.PublicId, null, good, Lead),
            (key.PublicId, now, null, Lead),
            ("ck_unknown", now, good, Lead),
            (key.PublicId, now, good, Lead + " "),
            (key.PublicId, (Now + 1).ToString(CultureInfo.InvariantCulture), good, Lead),
            (key.PublicId, now, good.ToUpperInvariant(), Lead),
            (key.PublicId, now, good["sha256=".Length..], Lead),
            (key.PublicId, now, good[..^1], Lead),
            (key.PublicId, now, "sha256=" + new string('g', 64), Lead),
            (key.PublicId, now, ConversionSignature.OfRequest("cs_guess", now, Encoding.UTF8.GetBytes(Lead)), Lead),
            (key.PublicId, now, good, "not even JSON"),
        ];
        foreach (var (id, timestamp, signature, body) in forged)
        {
            using var answer = await SendAsync(body, id, timestamp, signature);
            Assert.Equal((HttpStatusCode.Unauthorized, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }

        foreach (var off in new[] { -301, 301 })
        {
            var then = (Now + off).ToString(CultureInfo.InvariantCulture);
            using var answer = await SendAsync(Lead, key.PublicId, then, ConversionSignature.OfRequest(key.Secret, then, Encoding.UTF8.GetBytes(Lead)));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.Equal(0, await folder.QueryAsync(db => db.Conversions.CountAsync()));
    }

    [Fact]
    public async Task A_request_that_is_repeated_word_for_word_counts_once()
    {
        var now = Now.ToString(CultureInfo.InvariantCulture);
        var signature = ConversionSignature.OfRequest(key.Secret, now, Encoding.UTF8.GetBytes(Lead));
        for (var i = 0; i < 3; i++)
        {
            using var answer = await SendAsync(Lead, key.PublicId, now, signature);
            Assert.Contains($"\"status\":\"{(i == 0 ? "recorded" : "duplicate")}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(1, await folder.QueryAsync(db => db.Conversions.CountAsync()));
    }

    [Fact]
    public async Task What_cannot_be_read_is_answered_with_why()
    {
        using var broken = await PostAsync("{ \"conversions\": [ ");
        using var tooMany = await PostAsync($$"""{ "conversions": [ {{string.Join(',', Enumerable.Range(0, 501).Select(n => $$"""{ "id": "L-{{n}}", "type": "lead" }"""))}} ] }""");
        using var tooLong = await PostAsync(new string(' ', ConversionsEndpoint.MostBytes + 1));
        using var xml = await PostAsync(Lead, "application/xml");
        using var get = await http.GetAsync(new Uri(ConversionsEndpoint.Path, UriKind.Relative));

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.MethodNotAllowed],
            new[] { broken, tooMany, tooLong, xml, get }.Select(answer => answer.StatusCode));
        Assert.Contains("not valid JSON (line 1", await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("501 entries; 1 to 500", await tooMany.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await folder.QueryAsync(db => db.Conversions.CountAsync()));
    }

    [Fact]
    public async Task A_file_can_be_posted_as_well_and_errors_stand_by_their_lines()
    {
        using var answer = await PostAsync("id,type\nL-1,lead\nL 2,lead\n", "text/csv; charset=utf-8");

        var results = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("results");
        Assert.Equal((2, 3), (results[0].GetProperty("line").GetInt32(), results[1].GetProperty("line").GetInt32()));
        Assert.Equal("rejected", results[1].GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_ready_examples_work()
    {
        var share = await ShareAsync();
        string[] environment = [$"ADVOCACY_URL={host.Address}", $"ADVOCACY_KEY={key.PublicId}", $"ADVOCACY_SECRET={key.Secret}"];
        var scripts = Repository.Folder("docs", "conversions");
        var landing = await FollowAsync(share);
        Assert.Contains($"advocacy_ref={share.Code}k", landing, StringComparison.Ordinal);

        var applications = JsonSerializer.Serialize(new object[]
        {
            new { applicationId = "A-1", landingPage = landing, submittedAt = DateTimeOffset.FromUnixTimeSeconds(Now), name = "Jane Doe" },
            new { applicationId = "A-2", landingPage = landing, submittedAt = DateTimeOffset.FromUnixTimeSeconds(Now) },
            new { applicationId = "A-2", withdrawn = true },
        });
        var applicants = await Tool.RunAsync("env", [.. environment, "node", "report-applicants.mjs"], scripts, applications);
        var lead = await Tool.RunAsync("env", [.. environment, "bash", "report-lead.sh", "L-1", landing, "", "12500", "EUR"], scripts);
        var reversed = await Tool.RunAsync("env", [.. environment, "bash", "report-lead.sh", "L-9", "--reverse"], scripts);
        var wrong = await Tool.RunAsync("env", [.. environment, "bash", "report-lead.sh", "L 1", landing], scripts);
        var forged = await Tool.RunAsync("env", [.. environment, "ADVOCACY_SECRET=cs_wrong", "bash", "report-lead.sh", "L-1", landing], scripts);

        Assert.Equal((0, """{"recorded":2,"duplicates":0,"reversed":1,"rejected":0}"""), (applicants.ExitCode, applicants.Output.Trim()));
        Assert.True(lead.ExitCode == 0 && lead.Output.Contains("\"attributed\":true", StringComparison.Ordinal), lead.Output);
        Assert.True(reversed.ExitCode == 0 && reversed.Output.Contains("\"status\":\"reversed\"", StringComparison.Ordinal), reversed.Output);
        Assert.Contains("\"status\":\"rejected\"", wrong.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, forged.ExitCode);
        Assert.Contains("401", forged.Output, StringComparison.Ordinal);
        var stored = await folder.QueryAsync(db => db.Conversions.Where(c => c.ReversedAt == null).OrderBy(c => c.ExternalId).Select(c => new { c.ExternalId, c.ShareId, c.Amount }).ToListAsync());
        Assert.Equal(new (string, long, decimal?)[] { ("A-1", share.Id, null), ("L-1", share.Id, 12500m) }, stored.Select(c => (c.ExternalId, c.ShareId!.Value, c.Amount)));
    }

    [Fact]
    public async Task A_signed_file_is_imported_beside_the_serving_host()
    {
        var share = await ShareAsync();
        var file = Path.Combine(folder.Path, "leads.csv");
        await File.WriteAllTextAsync(file, $"id,type,ref,e-mail\nL-1,lead,{share.Code}x,jane@example.com\nL 2,lead,,\nL-3,lead,2222222222,\n");
        var unsigned = await HostProcess.RunAsync("Development", folder.Path, "import-conversions", "leads.csv");
        var signed = await Tool.RunAsync("env", [$"ADVOCACY_KEY={key.PublicId}", $"ADVOCACY_SECRET={key.Secret}", "bash", "sign-csv.sh", file], Repository.Folder("docs", "conversions"));

        var first = await HostProcess.RunAsync("Development", folder.Path, "import-conversions", "leads.csv", "--Programme:Name=Ambassadors");
        var again = await HostProcess.RunAsync("Development", folder.Path, "import-conversions", "leads.csv", "--signature", "leads.csv.sig");
        await File.AppendAllTextAsync(file, "L-4,lead,,\n");
        var changed = await HostProcess.RunAsync("Development", folder.Path, "import-conversions", "leads.csv");
        var content = "id,type\nL-5,lead\n"u8.ToArray();
        await File.WriteAllBytesAsync(file, [.. content, .. Encoding.ASCII.GetBytes($"#signature,{key.PublicId},{ConversionSignature.OfFile(key.Secret, content)}\n")]);
        File.Delete(file + ".sig");
        var inside = await HostProcess.RunAsync("Development", folder.Path, "import-conversions", "leads.csv");

        Assert.Equal((2, 0), (unsigned.ExitCode, signed.ExitCode));
        Assert.Contains("The file is not signed.", unsigned.Output, StringComparison.Ordinal);
        Assert.True(first.ExitCode == 1, first.Output);
        Assert.Contains("line 3: id: may have", first.Output, StringComparison.Ordinal);
        Assert.Contains("Recorded: 2 (without a personal link: 1). Known already: 0. Reversed: 0. Wrong lines: 1.", first.Output, StringComparison.Ordinal);
        Assert.Contains("neither read nor stored: e-mail.", first.Output, StringComparison.Ordinal);
        Assert.Contains("Recorded: 0 (without a personal link: 0). Known already: 2.", again.Output, StringComparison.Ordinal);
        Assert.True(changed.ExitCode == 2 && changed.Output.Contains("The signature does not fit", StringComparison.Ordinal), changed.Output);
        Assert.True(inside.ExitCode == 0 && inside.Output.Contains("Recorded: 1", StringComparison.Ordinal), inside.Output);
        Assert.Equal(3, await folder.QueryAsync(db => db.Conversions.CountAsync()));
    }

    private IDbContextFactory<AdvocacyDb> Contexts => host.Services.GetRequiredService<IDbContextFactory<AdvocacyDb>>();

    private long Now => host.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();

    private Task<HttpResponseMessage> PostAsync(string body, string type = "application/json")
    {
        var now = Now.ToString(CultureInfo.InvariantCulture);
        return SendAsync(body, key.PublicId, now, ConversionSignature.OfRequest(key.Secret, now, Encoding.UTF8.GetBytes(body)), type);
    }

    private async Task<HttpResponseMessage> SendAsync(string body, string? id, string? timestamp, string? signature, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ConversionsEndpoint.Path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in new[] { (ConversionsEndpoint.KeyHeader, id), (ConversionsEndpoint.TimestampHeader, timestamp), (ConversionsEndpoint.SignatureHeader, signature) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await http.SendAsync(request);
    }

    private async Task<Share> ShareAsync()
    {
        await new ChatPerson(http, "carmen").PublishAsync("Jobs");
        var employee = new ChatPerson(http, "alice");
        await employee.ShareAsync(await employee.AwaitPromptAsync("Jobs"));
        return await folder.QueryAsync(db => db.Shares.SingleAsync());
    }

    private async Task<string> FollowAsync(Share share)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/l/{share.Code}k");
        request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        using var answer = await http.SendAsync(request);
        return answer.Headers.GetValues("Location").Single();
    }
}
