using System.CommandLine;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace AdvocacyBot.Host.CommandLine;

/// <summary><c>manifest teams</c>: the app package that is uploaded to Teams, from <c>manifests/teams</c>.</summary>
internal static class TeamsManifest
{
    /// <summary>Files of the package, as they are embedded.</summary>
    internal const string Resources = "manifests/teams/";

    private const string ManifestFile = "manifest.json";

    // The same contents make the same file.
    private static readonly DateTimeOffset Written = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static Command Create()
    {
        var appId = new Option<string>("--app-id") { Description = "Microsoft App ID of the Azure Bot (a GUID).", Required = true };
        var url = new Option<string?>("--url") { Description = "Your company's or the bot's https address, shown as the app's website; PublicUrl where it is set." };
        var privacy = new Option<string?>("--privacy-url") { Description = "Your privacy statement; --url where it is left out." };
        var terms = new Option<string?>("--terms-url") { Description = "Your terms of use; --url where it is left out." };
        var output = new Option<string>("--out") { Description = "The file to write.", DefaultValueFactory = _ => "advocacybot-teams.zip" };
        var command = new Command("teams", "Writes the app package for Microsoft Teams.") { appId, url, privacy, terms, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var website = parsed.GetValue(url) ?? ConfiguredUrl();
            var problem = Problem(parsed.GetValue(appId)!, website, parsed.GetValue(privacy), parsed.GetValue(terms));
            if (problem is not null)
            {
                await Console.Error.WriteLineAsync(problem);
                return Startup.Refused;
            }

            return await WriteAsync(
                parsed.GetValue(output)!,
                new TeamsApp(Guid.Parse(parsed.GetValue(appId)!), website!, parsed.GetValue(privacy) ?? website!, parsed.GetValue(terms) ?? website!),
                cancellationToken);
        });
        return command;
    }

    /// <summary>The package's bytes.</summary>
    internal static byte[] Package(TeamsApp app)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in Files())
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = Written;
                using var into = entry.Open();
                into.Write(name == ManifestFile ? Manifest(app) : Read(name));
            }
        }

        return bytes.ToArray();
    }

    private static async Task<int> WriteAsync(string path, TeamsApp app, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(path, Package(app), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            await Console.Error.WriteLineAsync($"{path} cannot be written: {e.Message} Choose another place with --out.");
            return Startup.Refused;
        }

        await Console.Out.WriteLineAsync($"{path} is ready. Upload it in Teams: Apps, Manage your apps, Upload an app; or in the Teams admin centre: Teams apps, Manage apps, Upload.");
        return 0;
    }

    private static string? ConfiguredUrl() =>
        new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().Build()["PublicUrl"];

    private static string? Problem(string appId, string? url, string? privacy, string? terms)
    {
        if (!Guid.TryParseExact(appId, "D", out _))
        {
            return $"--app-id '{appId}' is no Microsoft App ID. It is a GUID such as 11111111-2222-3333-4444-555555555555 and stands in the Azure portal under Azure Bot, Configuration.";
        }

        if (string.IsNullOrWhiteSpace(url))
        {
            return "Teams wants the address of the app's website. Give it with --url=https://share.example.com, or set PublicUrl.";
        }

        foreach (var (option, address) in new[] { ("--url", url), ("--privacy-url", privacy), ("--terms-url", terms) })
        {
            if (address is not null && (!Uri.TryCreate(address, UriKind.Absolute, out var parsed) || parsed.Scheme != Uri.UriSchemeHttps))
            {
                return $"{option} '{address}' is no https address, which Teams insists on. Give one such as https://share.example.com.";
            }
        }

        return null;
    }

    private static byte[] Manifest(TeamsApp app)
    {
        var manifest = JsonNode.Parse(Read(ManifestFile))!.AsObject();
        var id = app.AppId.ToString("D");
        manifest["id"] = id;
        manifest["bots"]![0]!["botId"] = id;
        manifest["composeExtensions"]![0]!["botId"] = id;
        var developer = manifest["developer"]!;
        developer["websiteUrl"] = app.Website;
        developer["privacyUrl"] = app.Privacy;
        developer["termsOfUseUrl"] = app.Terms;
        return JsonSerializer.SerializeToUtf8Bytes(manifest, Readable);
    }

    private static IEnumerable<string> Files() => typeof(TeamsManifest).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Resources, StringComparison.Ordinal)).Select(name => name[Resources.Length..]).Order(StringComparer.Ordinal);

    private static byte[] Read(string name)
    {
        using var stream = typeof(TeamsManifest).Assembly.GetManifestResourceStream(Resources + name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <param name="AppId">Microsoft App ID; the app in Teams has the same id.</param>
/// <param name="Website">https.</param>
/// <param name="Privacy">https.</param>
/// <param name="Terms">https.</param>
internal sealed record TeamsApp(Guid AppId, string Website, string Privacy, string Terms);
