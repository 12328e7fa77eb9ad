using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json.Nodes;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Host.CommandLine;
using AdvocacyBot.Teams.Chat;
using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Teams.Manifest;

/// <summary>The app package for Teams.</summary>
public sealed class TeamsManifestTests
{
    private const string AppId = "11111111-2222-3333-4444-555555555555";

    private static readonly TeamsApp App = new(Guid.Parse(AppId), "https://share.example.com", "https://example.com/privacy", "https://example.com/terms");

    [Fact]
    public async Task It_is_valid_by_Microsofts_own_schema()
    {
        var files = Unzip(TeamsManifest.Package(App));
        var input = new JsonObject
        {
            ["manifest"] = Json(files["manifest.json"]),
            ["translations"] = new JsonObject { ["he.json"] = Json(files["he.json"]) },
        };

        var result = await NodeTools.RunAsync(Repository.Folder("tests", "conformance"), "check-manifest.mjs", input.ToJsonString());

        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Fact]
    public async Task A_manifest_that_is_wrong_is_found_so()
    {
        var manifest = Json(Unzip(TeamsManifest.Package(App))["manifest.json"]);
        manifest["bots"]![0]!["supportsMindReading"] = true;
        var input = new JsonObject { ["manifest"] = manifest, ["translations"] = new JsonObject { ["he.json"] = new JsonObject() } };

        var result = await NodeTools.RunAsync(Repository.Folder("tests", "conformance"), "check-manifest.mjs", input.ToJsonString());

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("supportsMindReading", result.Output, StringComparison.Ordinal);
        Assert.Contains("he.json", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void It_holds_what_it_names_and_carries_the_bots_id()
    {
        var files = Unzip(TeamsManifest.Package(App));
        var manifest = Json(files["manifest.json"]);

        Assert.Equal(["color.png", "he.json", "manifest.json", "outline.png"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((192, 192), Size(files[(string)manifest["icons"]!["color"]!]));
        Assert.Equal((32, 32), Size(files[(string)manifest["icons"]!["outline"]!]));
        Assert.All([manifest["id"], manifest["bots"]![0]!["botId"], manifest["composeExtensions"]![0]!["botId"]], id => Assert.Equal(AppId, (string?)id));
        Assert.Equal(("https://share.example.com", "https://example.com/terms"), ((string?)manifest["developer"]!["websiteUrl"], (string?)manifest["developer"]!["termsOfUseUrl"]));
    }

    [Fact]
    public void It_asks_for_no_permission()
    {
        var manifest = Json(Unzip(TeamsManifest.Package(App))["manifest.json"]);
        Assert.All(["permissions", "authorization", "webApplicationInfo", "devicePermissions", "validDomains"], name => Assert.False(manifest.ContainsKey(name), name));
    }

    [Fact]
    public void Its_commands_are_the_chats_commands_and_the_reverse_but_for_the_owners_rare_ones()
    {
        var manifest = Json(Unzip(TeamsManifest.Package(App))["manifest.json"]);
        var lists = manifest["bots"]![0]!["commandLists"]!.AsArray();
        var listed = lists.SelectMany(list => list!["commands"]!.AsArray()).Select(command => (string)command!["title"]!).ToHashSet(StringComparer.Ordinal);
        var routed = Routes().Commands.Select(route => route.Name);

        // Teams translates ten commands of a menu; these are typed.
        string[] typed =
        [
            "answers", "audit", "badges", "budget", "clicks", "disclosure", "feeds", "goals", "kickoff", "leaderboard", "link", "policy", "report", "resume", "rewards", "roles", "stop", "templates", "thanks",
        ];
        Assert.Equal(routed.Order(StringComparer.Ordinal), listed.Concat(typed).Order(StringComparer.Ordinal));
        Assert.All(lists, list => Assert.InRange(list!["commands"]!.AsArray().Count, 1, 10));
        Assert.Equal(ComposeExtensions.Commands, manifest["composeExtensions"]![0]!["commands"]!.AsArray().Select(command => (string)command!["id"]!));
        Assert.All(ComposeExtensions.Commands, command => Assert.Contains(command, listed));
    }

    [Fact]
    public void Every_description_is_translated()
    {
        var files = Unzip(TeamsManifest.Package(App));
        var hebrew = Json(files["he.json"]);
        var manifest = Json(files["manifest.json"]);
        foreach (var path in new[] { "bots[0].commandLists[0]", "bots[0].commandLists[1]", "composeExtensions[0]" })
        {
            var commands = At(manifest, path)["commands"]!.AsArray();
            for (var i = 0; i < commands.Count; i++)
            {
                Assert.Matches("[א-ת]", (string?)hebrew[$"{path}.commands[{i}].description"]);
            }
        }
    }

    [Fact]
    public async Task The_command_writes_the_package()
    {
        using var folder = new HostFolder();

        var exit = await HostProcess.RunAsync("Production", folder.Path, "manifest", "teams", "--app-id", AppId, "--url", "https://share.example.com", "--out", "app.zip");

        Assert.Equal(0, exit.ExitCode);
        Assert.Equal(4, Unzip(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "app.zip"))).Count);
    }

    [Theory]
    [InlineData("--app-id 'bot' is no Microsoft App ID", "--app-id=bot", "--url=https://share.example.com")]
    [InlineData("--url=https://share.example.com", "--app-id=" + AppId)]
    [InlineData("'http://share.example.com' is no https address", "--app-id=" + AppId, "--url=http://share.example.com")]
    [InlineData("cannot be written", "--app-id=" + AppId, "--url=https://share.example.com", "--out=/proc/nowhere/app.zip")]
    public async Task What_is_wrong_is_said_with_what_helps(string said, params string[] args)
    {
        using var folder = new HostFolder();

        var exit = await HostProcess.RunAsync("Production", folder.Path, ["manifest", "teams", .. args]);

        Assert.Equal(2, exit.ExitCode);
        Assert.Contains(said, exit.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", exit.Output, StringComparison.Ordinal);
    }

    private static RouteTable Routes()
    {
        var services = new ServiceCollection();
        Core.CoreServices.AddAdvocacyCore(services);
        return new RouteTable(
            services.Where(service => service.ServiceType == typeof(IEnumerable<CommandRoute>)).SelectMany(service => (IEnumerable<CommandRoute>)service.ImplementationInstance!), []);
    }

    private static JsonNode At(JsonNode json, string path) =>
        path.Split('.').Select(part => part.Split('[', ']')).Aggregate(json, (node, part) => node[part[0]]![int.Parse(part[1], System.Globalization.CultureInfo.InvariantCulture)]!);

    private static Dictionary<string, byte[]> Unzip(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    private static JsonObject Json(byte[] bytes) => JsonNode.Parse(bytes)!.AsObject();

    private static (int Width, int Height) Size(byte[] png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
}
