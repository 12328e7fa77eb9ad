using System.CommandLine;
using AdvocacyBot.Slack;

namespace AdvocacyBot.Host.CommandLine;

/// <summary><c>manifest slack --url=… [--socket]</c>: prints what the platform's page for new apps takes.</summary>
internal static class SlackManifestCommand
{
    private const string ExampleUrl = "https://share.example.com";

    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = "The bot's public address, as PublicUrl.", DefaultValueFactory = _ => ExampleUrl };
        var socket = new Option<bool>("--socket") { Description = "For Socket Mode, which needs no public address." };
        var slack = new Command("slack", "Prints the manifest of the Slack app.") { url, socket };
        slack.SetAction(async (parsed, cancellationToken) =>
        {
            if (!Uri.TryCreate(parsed.GetValue(url)!.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            {
                await Console.Error.WriteLineAsync($"--url is '{parsed.GetValue(url)}'. Slack calls only absolute https addresses: write it like {ExampleUrl}.");
                return Startup.Refused;
            }

            await Console.Out.WriteAsync(SlackManifest.Write(address, parsed.GetValue(socket)).AsMemory(), cancellationToken);
            return 0;
        });
        return slack;
    }
}
