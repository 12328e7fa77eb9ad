using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Links;

/// <summary>The built host, killed with -9 under load: the promise of the redirect is kept.</summary>
public sealed partial class KilledLinksTests : IAsyncLifetime
{
    private const int Kills = 3;
    private const int Visitors = 24;
    private const int AnsweredBeforeKill = 400;

    private readonly string folder = Directory.CreateTempSubdirectory("advocacy-kill-").FullName;

    [Fact]
    public async Task No_click_is_lost_that_a_browser_was_answered_for()
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            using var host = Start();
            var address = await ReadyAsync(host);
            var codes = await CodesAsync();

            var answered = new ConcurrentBag<string>();
            await Task.WhenAll(Enumerable.Range(0, Visitors).Select(visitor => VisitAsync(address, codes[visitor], $"kill/{kill}/{visitor}", answered, host)));
            await host.WaitForExitAsync();

            await using var db = Open();
            var written = (await (from click in db.Clicks join agent in db.UserAgents on click.UserAgentId equals agent.Id select agent.Text).ToListAsync()).ToHashSet();
            Assert.True(answered.Count >= AnsweredBeforeKill);
            Assert.DoesNotContain(answered, agent => !written.Contains(agent));
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>One request after the other, each with an agent of its own, until the host is gone.</summary>
    private static async Task VisitAsync(Uri address, string code, string name, ConcurrentBag<string> answered, Process host)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = address };
        try
        {
            for (var i = 0; ; i++)
            {
                var agent = $"{name}/{i}";
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/l/{code}");
                request.Headers.TryAddWithoutValidation("User-Agent", agent);
                using var answer = await client.SendAsync(request);
                Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
                answered.Add(agent);
                if (answered.Count == AnsweredBeforeKill)
                {
                    host.Kill();
                }
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }

    private static async Task<Uri> ReadyAsync(Process host)
    {
        while (await host.StandardOutput.ReadLineAsync() is { } line)
        {
            if (ReadyLine().Match(line) is { Success: true } ready)
            {
                // A pipe that nobody reads would stop the host.
                host.BeginErrorReadLine();
                _ = host.StandardOutput.ReadToEndAsync();
                return new Uri(ready.Groups[1].Value);
            }
        }

        throw new InvalidOperationException($"The host ended: {await host.StandardError.ReadToEndAsync()}");
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "AdvocacyBot.Host.dll"),
                "--urls=http://127.0.0.1:0",
                "--PublicUrl=http://localhost/",
                "--Web:Enabled=false",
                "--Links:PerVisitorPerSecond=0",
                $"--Database:ConnectionString={ConnectionString}",
            },
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        return Process.Start(start)!;
    }

    private string ConnectionString => $"Data Source={Path.Combine(folder, "test.db")};Pooling=False";

    private AdvocacyDb Open()
    {
        var options = new DbContextOptionsBuilder<AdvocacyDb>();
        new Database(Options.Create(new DatabaseOptions { ConnectionString = ConnectionString })).Configure(options, "none", "none");
        return new AdvocacyDb(options.Options);
    }

    private async Task<List<string>> CodesAsync()
    {
        await using var db = Open();
        if (!await db.Shares.AnyAsync())
        {
            var workspace = new Workspace { Platform = "web", ExternalId = "w", Name = "W", Language = "en", TimeZone = "UTC" };
            db.Add(workspace);
            await db.SaveChangesAsync();
            var people = Enumerable.Range(0, Visitors).Select(i => new Person { WorkspaceId = workspace.Id, ExternalId = $"{i}", Name = "P" }).ToList();
            var conversation = new Conversation { WorkspaceId = workspace.Id, ExternalId = "c", Name = "C" };
            db.AddRange(people);
            db.Add(conversation);
            await db.SaveChangesAsync();
            var campaign = new Campaign { WorkspaceId = workspace.Id, AuthorId = people[0].Id, Code = "c", Title = "T", Link = "https://example.com/", Language = "en" };
            db.Add(campaign);
            await db.SaveChangesAsync();
            db.AddRange(people.Select(person => new Share
            {
                WorkspaceId = workspace.Id,
                CampaignId = campaign.Id,
                ConversationId = conversation.Id,
                PersonId = person.Id,
                Text = "T",
                Language = "en",
                Code = LinkCode.New(),
                PrivateCode = LinkCode.New() + LinkCode.New(),
            }));
            await db.SaveChangesAsync();
        }

        return await db.Shares.OrderBy(share => share.Id).Select(share => share.Code).ToListAsync();
    }

    [GeneratedRegex("AdvocacyBot is ready.*?(http://[^ /]+/)")]
    private static partial Regex ReadyLine();
}
