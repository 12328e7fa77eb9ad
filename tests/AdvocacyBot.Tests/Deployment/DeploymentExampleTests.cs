using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Tests.Slack.Support;
using Microsoft.Extensions.Configuration;

namespace AdvocacyBot.Tests.Deployment;

/// <summary>The examples in <c>docs/deploy</c> are YAML, name settings that exist, start a host with them, and fit the image that the project builds.</summary>
[Collection(PostgresCollection.Name)]
public sealed partial class DeploymentExampleTests(PostgresFixture postgres)
{
    private static readonly string Folder = Repository.Folder("docs/deploy");
    private static readonly OptionalTool Yaml = new("Python with PyYAML", FindYaml(), "Install it (Debian: apt-get install python3-yaml).");

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("kubernetes.yaml")]
    public void Every_setting_in_it_exists(string file)
    {
        var known = new ConfigurationBuilder().AddJsonFile(Repository.Folder("appsettings.sample.json")).Build();
        var named = Setting().Matches(File.ReadAllText(Path.Combine(Folder, file))).Select(match => match.Groups["name"].Value.Replace("__", ":", StringComparison.Ordinal)).ToList();

        Assert.Contains("Database:Provider", named);
        Assert.All(named, name => Assert.True(known.GetSection(name) is var section && known.GetSection(section.Path[..section.Path.LastIndexOf(':')]).GetChildren().Any(child => child.Path == name), name));
    }

    [YamlFact]
    public async Task Three_hosts_share_one_database_and_stop_in_peace()
    {
        var compose = (await ReadAsync("compose.yaml"))[0]!;
        var bot = compose["services"]!["bot"]!;
        Assert.Equal(3, (int)bot["deploy"]!["replicas"]!);
        Assert.Equal("true", (string?)bot["environment"]!["Scheduler__Clustered"]);
        Assert.Equal("PostgreSql", (string?)bot["environment"]!["Database__Provider"]);
        Assert.Equal(bot["environment"]!.ToJsonString(), compose["services"]!["migrate"]!["environment"]!.ToJsonString());
        Assert.Contains("bot:3978", (string)compose["configs"]!["balancer"]!["content"]!, StringComparison.Ordinal);

        var objects = (await ReadAsync("kubernetes.yaml")).ToDictionary(o => (string)o!["kind"]!, o => o!);
        var pod = objects["Deployment"]["spec"]!["template"]!["spec"]!;
        var container = pod["containers"]![0]!;
        Assert.Equal(3, (int)objects["Deployment"]["spec"]!["replicas"]!);
        Assert.Equal("/health/ready", (string?)container["readinessProbe"]!["httpGet"]!["path"]);
        Assert.Equal("/health/live", (string?)container["livenessProbe"]!["httpGet"]!["path"]);
        Assert.Equal(3978, (int)container["ports"]![0]!["containerPort"]!);
        Assert.True((int)pod["terminationGracePeriodSeconds"]! > (int)container["lifecycle"]!["preStop"]!["sleep"]!["seconds"]! + 20);
        Assert.Equal("true", (string?)objects["ConfigMap"]["data"]!["Scheduler__Clustered"]);
        Assert.Null(objects["Service"]["spec"]!["sessionAffinity"]);
    }

    [HostFact]
    public async Task A_host_migrates_starts_and_is_ready_with_the_settings_of_each()
    {
        await using var slack = await FakeSlack.StartAsync();
        var compose = (await ReadAsync("compose.yaml"))[0]!["services"]!["bot"]!["environment"]!.AsObject();
        var map = (await ReadAsync("kubernetes.yaml")).Single(o => (string?)o!["kind"] == "ConfigMap")!["data"]!.AsObject();
        foreach (var environment in new[] { compose, map })
        {
            using var folder = new HostFolder();
            var database = await postgres.CreateDatabaseAsync();
            string[] settings =
            [
                .. environment.Where(pair => !pair.Key.StartsWith("ASPNETCORE_", StringComparison.Ordinal))
                    .Select(pair => $"--{pair.Key.Replace("__", ":", StringComparison.Ordinal)}={Variable().Replace((string)pair.Value!, match => match.Groups["otherwise"].Value)}"),
                $"--Database:ConnectionString={database}", "--PublicUrl=https://share.example.com",
                $"--Slack:ApiBaseUrl={slack.Api}", $"--Slack:BotToken={FakeSlack.BotToken}", $"--Slack:SigningSecret={FakeSlack.SigningSecret}",
            ];

            var migrated = await HostProcess.RunAsync("Production", folder.Path, ["migrate", .. settings]);
            Assert.True(migrated.ExitCode == 0, migrated.Output);
            await using var host = await HostProcess.ServeInAsync("Production", folder.Path, settings);
        }
    }

    [Fact]
    public void The_image_listens_where_the_examples_look_for_it()
    {
        var project = File.ReadAllText(Repository.Folder("bot/AdvocacyBot.Host/AdvocacyBot.Host.csproj"));
        Assert.Contains("<ContainerRepository>advocacybot</ContainerRepository>", project, StringComparison.Ordinal);
        Assert.Contains("<ContainerPort Include=\"3978\"", project, StringComparison.Ordinal);
        Assert.Contains("<ContainerEnvironmentVariable Include=\"urls\" Value=\"http://0.0.0.0:3978\"", project, StringComparison.Ordinal);
    }

    private static async Task<JsonArray> ReadAsync(string file)
    {
        const string script = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(sys.stdin))))";
        var read = await Tool.RunAsync(Yaml.Require(), ["-c", script], "/", await File.ReadAllTextAsync(Path.Combine(Folder, file)));
        Assert.True(read.ExitCode == 0, read.Output);
        return JsonNode.Parse(read.Output)!.AsArray();
    }

    private static string? FindYaml()
    {
        try
        {
            return Tool.RunAsync("python3", ["-c", "import yaml"], "/").GetAwaiter().GetResult().ExitCode == 0 ? "python3" : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class YamlFactAttribute : FactAttribute
    {
        public YamlFactAttribute() => Skip = Yaml.SkipReason;
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class HostFactAttribute : FactAttribute
    {
        public HostFactAttribute() => Skip = Yaml.SkipReason ?? PostgresServer.Binaries.SkipReason;
    }

    /// <summary>What a file <c>.env</c> is to say, and what holds where it does not.</summary>
    [GeneratedRegex("\\$\\{[A-Z_]+(:[-?](?<otherwise>[^}]*))?\\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();

    /// <summary>Section and name, as environment variables are written.</summary>
    [GeneratedRegex("^\\s*(?<name>[A-Z][A-Za-z]+__[A-Za-z]+)\\s*:", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();
}
