using AdvocacyBot.Core;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.CommandLine;
using AdvocacyBot.Slack;
using AdvocacyBot.Slack.Data;
using AdvocacyBot.Slack.OAuth;
using AdvocacyBot.Tests.Data;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Slack;

/// <summary>Settings, tables and manifests.</summary>
public sealed class SlackStartTests
{
    [Theory]
    [InlineData("Slack:SigningSecret is missing", SlackMode.Http, null, "xoxb-1", null)]
    [InlineData("Slack:SigningSecret is missing", SlackMode.Http, "", "xoxb-1", null)]
    [InlineData("Slack:AppToken is missing", SlackMode.Socket, null, "xoxb-1", null)]
    [InlineData("Slack:AppToken is not an app-level token", SlackMode.Socket, null, "xoxb-1", "xoxb-2")]
    [InlineData("Slack:BotToken is missing", SlackMode.Http, "secret", null, null)]
    [InlineData("Slack:BotToken is not a bot token", SlackMode.Http, "secret", "xoxp-1", null)]
    public void What_is_missing_is_named_with_where_it_stands(string said, SlackMode mode, string? secret, string? bot, string? app)
    {
        var options = new SlackOptions { Enabled = true, Mode = mode, SigningSecret = secret, BotToken = bot, AppToken = app };

        var problem = Assert.Single(SlackOptionsValidation.Problems(options));

        Assert.Contains(said, problem, StringComparison.Ordinal);
        options.Enabled = false;
        Assert.True(new SlackOptionsValidation().Validate(null, options).Succeeded);
    }

    [Theory]
    [InlineData("http://slack.example.com/api/")]
    [InlineData("https://slack.com/api")]
    public void The_Web_API_is_called_by_https_alone(string address) => Assert.Contains(
        "Slack:ApiBaseUrl", Assert.Single(SlackOptionsValidation.Problems(new SlackOptions { Enabled = true, SigningSecret = "s", BotToken = "xoxb-1", ApiBaseUrl = new Uri(address) })), StringComparison.Ordinal);

    [Fact]
    public async Task A_host_without_a_secret_does_not_start()
    {
        using var folder = new HostFolder();

        var exit = await HostProcess.RunAsync("Development", folder.Path, "--urls=http://127.0.0.1:0", "--Slack:Enabled=true", "--Slack:BotToken=xoxb-1");

        Assert.Equal(Startup.Refused, exit.ExitCode);
        Assert.Contains("Slack:SigningSecret is missing", exit.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Database));
    }

    [Fact]
    public async Task Doctor_tries_the_token()
    {
        using var folder = new HostFolder();
        await using var slack = await FakeSlack.StartAsync();
        string[] settings = ["doctor", "--Slack:Enabled=true", "--Slack:SigningSecret=x", $"--Slack:ApiBaseUrl={slack.Api}"];

        var good = await HostProcess.RunAsync("Development", folder.Path, [.. settings, $"--Slack:BotToken={FakeSlack.BotToken}"]);
        var bad = await HostProcess.RunAsync("Development", folder.Path, [.. settings, "--Slack:BotToken=xoxb-nobodys"]);

        Assert.Equal(0, good.ExitCode);
        Assert.Contains($"BotToken works: workspace Example ({FakeSlack.Team})", good.Output, StringComparison.Ordinal);
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("BotToken does not work: invalid_auth", bad.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("xoxb-nobodys", bad.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("manifest.yaml")]
    [InlineData("manifest.socket.yaml", "--socket")]
    public async Task The_manifest_files_are_what_the_command_prints(string file, params string[] arguments)
    {
        using var folder = new HostFolder();

        var exit = await HostProcess.RunAsync("Production", folder.Path, ["manifest", "slack", "--url=https://share.example.com", .. arguments]);

        Assert.Equal(0, exit.ExitCode);
        Assert.Equal((await File.ReadAllTextAsync(Repository.Folder("manifests", "slack", file))).ReplaceLineEndings("\n").Trim(), exit.Output.ReplaceLineEndings("\n").Trim());
    }

    [Fact]
    public async Task A_manifest_for_an_address_that_Slack_would_not_call_is_refused()
    {
        using var folder = new HostFolder();

        var exit = await HostProcess.RunAsync("Production", folder.Path, "manifest", "slack", "--url=http://share.example.com");

        Assert.Equal(Startup.Refused, exit.ExitCode);
        Assert.Contains("https", exit.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_names_every_scope_and_keeps_to_Slacks_limits()
    {
        var yaml = SlackManifest.Write(new Uri("https://share.example.com/"), socket: false);

        Assert.All(SlackScopes.All, scope => Assert.Contains($"- {scope}\n", yaml, StringComparison.Ordinal));

        // The fake refuses every method that is not in its list, so that these are all that are ever called.
        Assert.All(FakeSlack.NeededScopes, scope => Assert.Contains(scope, SlackScopes.All));
        Assert.Equal(["channels:history"], FakeSlack.NeededScopes.Except(SlackScopes.Required));
        Assert.Contains("request_url: https://share.example.com/slack/events\n", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", SlackManifest.Write(new Uri("https://share.example.com/"), socket: true), StringComparison.Ordinal);
        Assert.All(yaml.Split('\n').Where(line => line.Contains("  description: ", StringComparison.Ordinal)), line => Assert.True(line.Split("description: ")[1].Length <= 140, line));
    }

    [Fact]
    public async Task The_usage_hint_of_the_manifest_names_every_command_that_exists()
    {
        await using var services = new ServiceCollection().AddAdvocacyCore().BuildServiceProvider();
        var hint = SlackManifest.Write(new Uri("https://share.example.com/"), socket: false).Split('\n').Single(line => line.Contains("usage_hint", StringComparison.Ordinal)).Split('"')[1];

        var commands = services.GetRequiredService<RouteTable>().Commands.Select(route => $"{route.Name} {route.Usage}".TrimEnd());

        Assert.Equal(commands.Order(StringComparer.Ordinal), hint.Split(", ").Order(StringComparer.Ordinal));
        Assert.InRange(hint.Length, 1, 1000);
    }

    /// <summary>The scope that each event needs (docs.slack.dev/reference/events); none where anybody may hear of it.</summary>
    [Fact]
    public void Every_event_of_the_manifest_has_its_scope_there_too()
    {
        var yaml = SlackManifest.Write(new Uri("https://share.example.com/"), socket: false);
        var events = yaml.Split("bot_events:\n")[1].Split("interactivity:")[0].Split('\n').Select(line => line.Trim().TrimStart('-').Trim()).Where(line => line.Length > 0).ToList();

        Assert.Equal(21, events.Count);
        Assert.All(events, name => Assert.True(Needed(name) is not { } scope || SlackScopes.Required.Contains(scope), name));

        static string? Needed(string name) => name switch
        {
            "app_mention" => "app_mentions:read",
            "message.im" => "im:history",
            "reaction_added" or "reaction_removed" => "reactions:read",
            "team_join" or "user_change" => "users:read",
            "member_joined_channel" or "member_left_channel" => "channels:read",
            _ when name.StartsWith("channel_", StringComparison.Ordinal) => "channels:read",
            _ when name.StartsWith("group_", StringComparison.Ordinal) => "groups:read",
            "app_home_opened" or "app_uninstalled" or "tokens_revoked" => null,
            _ => "no scope is known for it",
        };
    }

    [Fact]
    public async Task The_migrations_make_the_models_schema()
    {
        await using var world = await SlackWorld.StartAsync();
        var file = Path.Combine(world.Folder.Path, "model.db");
        await using (var model = new SlackDb(new DbContextOptionsBuilder<SlackDb>().UseSqlite($"Data Source={file};Pooling=False").Options))
        {
            await model.Database.EnsureCreatedAsync();
        }

        Assert.Equal(await TablesAsync(file), await TablesAsync(world.Folder.Database));
    }

    private static async Task<IReadOnlyList<string>> TablesAsync(string file)
    {
        await using var database = new Database(Options.Create(new DatabaseOptions { ConnectionString = $"Data Source={file};Pooling=False" }));
        var lines = (await Schema.ReadAsync(database)).Where(line => line.Contains("slack_", StringComparison.Ordinal) && !line.Contains("__slack", StringComparison.Ordinal)).ToList();
        Assert.True(lines.Count > 15);
        return lines;
    }
}
