using Microsoft.Extensions.Options;

namespace AdvocacyBot.Slack;

/// <summary>Says at start what is missing, by the key's name and where to find the value.</summary>
internal sealed class SlackOptionsValidation : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options)
    {
        var failures = options.Enabled ? Problems(options).ToList() : [];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>Everything that keeps Slack from working with these settings.</summary>
    public static IEnumerable<string> Problems(SlackOptions options)
    {
        if (options.Mode == SlackMode.Http && string.IsNullOrEmpty(options.SigningSecret))
        {
            yield return "Slack:SigningSecret is missing. Without it anybody could send requests in Slack's name: copy it from the app's page at https://api.slack.com/apps, Basic Information, App Credentials; or set Slack:Mode=Socket.";
        }

        if (options.Mode == SlackMode.Socket && string.IsNullOrEmpty(options.AppToken))
        {
            yield return "Slack:AppToken is missing. Socket Mode needs it: make one at https://api.slack.com/apps, Basic Information, App-Level Tokens, with the scope connections:write (it begins with xapp-).";
        }

        if (options.Mode == SlackMode.Socket && !string.IsNullOrEmpty(options.AppToken) && !options.AppToken.StartsWith("xapp-", StringComparison.Ordinal))
        {
            yield return "Slack:AppToken is not an app-level token: those begin with xapp-. It is made at https://api.slack.com/apps, Basic Information, App-Level Tokens.";
        }

        if (!string.IsNullOrEmpty(options.BotToken) && !options.BotToken.StartsWith("xoxb-", StringComparison.Ordinal))
        {
            yield return "Slack:BotToken is not a bot token: those begin with xoxb-. Copy the Bot User OAuth Token from the app's page, OAuth & Permissions, after installing the app.";
        }

        if (string.IsNullOrEmpty(options.BotToken) && (string.IsNullOrEmpty(options.ClientId) || string.IsNullOrEmpty(options.ClientSecret)))
        {
            yield return "Slack:BotToken is missing. For one workspace set it (the app's page, OAuth & Permissions); for many set Slack:ClientId and Slack:ClientSecret (Basic Information), and each installs the app at /slack/install.";
        }

        if (!options.ApiBaseUrl.IsAbsoluteUri || !options.ApiBaseUrl.AbsoluteUri.EndsWith('/') || (options.ApiBaseUrl.Scheme != Uri.UriSchemeHttps && !options.ApiBaseUrl.IsLoopback))
        {
            yield return "Slack:ApiBaseUrl must be an absolute https address that ends with a slash (http only on loopback). The real one is https://slack.com/api/.";
        }
    }
}
